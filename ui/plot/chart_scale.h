// SPDX-License-Identifier: GPL-3.0-or-later
// Axis ranges, ticks and the way between values and pixels. No Qt Charts here: all of it is tested as
// arithmetic.
#pragma once

#include <vector>

namespace deepvm::ui::plot {

/// The range of an axis and where its ticks are. from < to; a logarithmic range is positive.
struct Scale {
    double from = 0;
    double to = 1;
    bool logarithmic = false;
    double step = 0;  ///< distance of two ticks, 0 on a logarithmic axis
    std::vector<double> ticks;

    bool operator==(const Scale&) const = default;
};

/// From 0 to a nice number a little above `highest`, with at most `intervals` intervals of 1, 2, 2.5 or 5 x
/// 10^k.
Scale linearScale(double highest, int intervals);

/// Around the values from `least` to `most`, both positive, for what is better the less it is:
/// logarithmic where the most is many times the least, else even, from below the least instead of 0.
Scale fallingScale(double least, double most, int intervals);

/// From 0 to exactly `to` (1, 2 or 5 x 10^k), with at most `intervals` intervals.
Scale linearScaleTo(double to, int intervals);

/// Around the values from `least` to `most`, from one nice number to another of 1, 2, 2.5 or 5 x 10^k, with
/// at most `intervals` + 1 intervals.
Scale linearScaleAround(double least, double most, int intervals);

/// Around the positive values from `least` to `most`, widened to 1, 2 or 5 x 10^k and to a decade at the
/// least, so that there are always ticks; powers of ten, or 1-2-5 where `labels` of them fit.
Scale logScale(double least, double most, int labels);

/// The upper end of a budget axis from 0: 1, 2 or 5 x 10^k dollars, at least 1, about 3.5 times the budget.
/// Keeps `previous` (0: there is none) while the budget lies well inside it, so that dragging does not
/// jitter. Does not exceed what is needed to show `last`, the budget at which the curves end.
double budgetWindow(double budget, double previous, double last);

/// The budgets that a drag offers on an axis that ends at `window`: a round step of about a pixel.
double dragStep(double window);

/// Where a value lies on the screen.
struct PixelMap {
    double from = 0;  ///< value at `first`
    double to = 1;    ///< value at `last`
    bool logarithmic = false;
    double first = 0;  ///< pixels
    double last = 1;

    double toPixel(double value) const;
    double toValue(double pixel) const;
};

PixelMap pixelMap(const Scale& scale, double first, double last);

}  // namespace deepvm::ui::plot
