// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/grid.h"

#include <algorithm>
#include <cmath>

namespace deepvm::tests::judge {
namespace {

// Of the density e^-t from 0 to x the integral, the first and the second moment.
struct Moments {
    double mass;
    double first;
    double second;
};

Moments moments(double x) {
    const double mass = -std::expm1(-x);
    if (x < 0.02)  // nothing would be left of the differences
        return {mass, x * x * (1.0 / 2 - x / 3 + x * x / 8 - x * x * x / 30),
                x * x * x * (1.0 / 3 - x / 4 + x * x / 10 - x * x * x / 36)};
    const double first = mass - x * std::exp(-x);
    return {mass, first, 2 * first - x * x * std::exp(-x)};
}

// To the ends of two steps that begin at `place`; moments are about their beginning, in steps.
void share(Steps& likely, std::size_t place, const Moments& of) {
    const auto add = [&](std::size_t i, double mass) {
        if (i < likely.size()) likely[i] += mass;
    };
    add(place, of.mass - 1.5 * of.first + of.second / 2);
    add(place + 1, 2 * of.first - of.second);
    add(place + 2, (of.second - of.first) / 2);
}

}  // namespace

Steps cut_off(double rate, double length, std::size_t cells) {
    Steps likely(cells + 1, 0.0);
    const double all = -std::expm1(-rate * length);
    for (std::size_t i = 0; i <= cells; i += 2) {
        const double from = static_cast<double>(i);
        if (!(length > from)) break;
        const Moments here = moments(rate * std::min(2.0, length - from));
        const double scale = std::exp(-rate * from) / all;
        share(likely, i, {scale * here.mass, scale * here.first / rate, scale * here.second / rate / rate});
    }
    return likely;
}

Steps certain(double steps, std::size_t cells) {
    Steps likely(cells + 1, 0.0);
    if (steps > static_cast<double>(cells)) return likely;
    const double place = std::floor(steps);
    const double rest = steps - place;
    share(likely, static_cast<std::size_t>(place), {1, rest, rest * rest});
    return likely;
}

Steps sum_of(const Steps& a, const Steps& b) {
    Steps likely(a.size(), 0.0);
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; a[i] != 0 && i + j < a.size(); ++j)
            likely[i + j] += a[i] * b[j];
    return likely;
}

Compound failures_before(double passes, double fails, const Steps& one) {
    const double none = passes * (std::log1p(-fails) - std::log1p(-fails * one[0]));
    Compound sum;
    constexpr double least = -600;  // what e to it still is a number with all its digits
    sum.shift = std::max(0.0, least - none);
    sum.steps.assign(one.size(), 0.0);
    sum.steps[0] = std::exp(none + sum.shift);
    Steps weighted(one.size());
    for (std::size_t i = 0; i < one.size(); ++i)
        weighted[i] = static_cast<double>(i) * one[i];
    for (std::size_t j = 1; j < one.size(); ++j) {
        double plain = 0;
        double by_place = 0;
        for (std::size_t i = 1; i <= j; ++i) {
            plain += one[i] * sum.steps[j - i];
            by_place += weighted[i] * sum.steps[j - i];
        }
        sum.steps[j] =
            fails * (plain + (passes - 1) * by_place / static_cast<double>(j)) / (1 - fails * one[0]);
    }
    return sum;
}

}  // namespace deepvm::tests::judge
