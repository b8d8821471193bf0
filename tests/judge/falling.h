// SPDX-License-Identifier: GPL-3.0-or-later
// Integrals of functions that never rise: these need no smoothness, and know how far they may be off.
#pragma once

namespace deepvm::tests::judge {

struct Point {
    double at;
    double value;
};

/// Of `function` between two points of it, by trapezoids each of which is off by less than `tolerance`.
template <typename Function>
double integral_of_falling(const Point& from, const Point& to, double tolerance, const Function& function) {
    const double width = to.at - from.at;
    if (width * (from.value - to.value) <= 2 * tolerance) return width * (from.value + to.value) / 2;
    const double middle = from.at + width / 2;
    const Point between{middle, function(middle)};
    return integral_of_falling(from, between, tolerance, function) +
           integral_of_falling(between, to, tolerance, function);
}

}  // namespace deepvm::tests::judge
