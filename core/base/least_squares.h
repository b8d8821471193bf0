// SPDX-License-Identifier: GPL-3.0-or-later
// Least squares for two figures that cannot be negative, such as two kinds of cost.
#pragma once

namespace deepvm::base {

struct FigurePair {
    double first = 0;
    double second = 0;

    bool operator==(const FigurePair&) const = default;
};

/// Sums up equations x first + y second = target and solves them for figures not below 0. Divide an equation
/// by its target where relative errors count. Equations that do not determine both figures leave the whole
/// of them to one, the other is 0.
class NonNegativeLeastSquares {
  public:
    /// Finite numbers.
    void add(double x, double y, double target);
    FigurePair minimum() const;

  private:
    double loss(FigurePair at) const;

    double xx_ = 0, xy_ = 0, yy_ = 0, xt_ = 0, yt_ = 0;
};

}  // namespace deepvm::base
