// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/least_squares.h"

#include <algorithm>

namespace deepvm::base {

void NonNegativeLeastSquares::add(double x, double y, double target) {
    xx_ += x * x;
    xy_ += x * y;
    yy_ += y * y;
    xt_ += x * target;
    yt_ += y * target;
}

// The squared errors less those of (0, 0).
double NonNegativeLeastSquares::loss(FigurePair at) const {
    const auto [a, b] = at;
    return a * a * xx_ + 2 * a * b * xy_ + b * b * yy_ - 2 * (a * xt_ + b * yt_);
}

// The loss is convex: its minimum is inside, on an edge or in the corner.
FigurePair NonNegativeLeastSquares::minimum() const {
    constexpr double singular = 1e-12;  // of the product of the diagonal
    const double determinant = xx_ * yy_ - xy_ * xy_;
    if (determinant > singular * xx_ * yy_) {
        const FigurePair inside{(xt_ * yy_ - yt_ * xy_) / determinant, (yt_ * xx_ - xt_ * xy_) / determinant};
        if (inside.first >= 0 && inside.second >= 0) return inside;
    }
    const FigurePair first_only{xx_ > 0 ? std::max(0.0, xt_ / xx_) : 0, 0};
    const FigurePair second_only{0, yy_ > 0 ? std::max(0.0, yt_ / yy_) : 0};
    return loss(first_only) <= loss(second_only) ? first_only : second_only;
}

}  // namespace deepvm::base
