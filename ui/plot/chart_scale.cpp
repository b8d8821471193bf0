// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/chart_scale.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace deepvm::ui::plot {
namespace {

constexpr double tolerance = 1e-9;  // of a step: absorbs the rounding of powers of ten

double powerOfTen(double value) {
    return std::pow(10.0, std::floor(std::log10(value) + tolerance));
}

double niceAtLeast(double value, std::initializer_list<double> mantissas) {
    const double power = powerOfTen(value);
    for (const double mantissa : mantissas)
        if (mantissa * power >= value * (1 - tolerance)) return mantissa * power;
    return 10 * power;
}

double niceAtMost(double value) {
    const double power = powerOfTen(value);
    for (const double mantissa : {5.0, 2.0})
        if (mantissa * power <= value * (1 + tolerance)) return mantissa * power;
    return power;
}

// The 1-2-5 number that is nearest in ratio.
double niceNear(double value) {
    const double below = niceAtMost(value);
    const double above = niceAtLeast(value, {1, 2, 5});
    return value / below < above / value ? below : above;
}

std::vector<double> ticksEvery(double step, double to) {
    std::vector<double> ticks;
    const auto count = std::lround(to / step);
    for (long i = 0; i <= count; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

}  // namespace

Scale linearScale(double highest, int intervals) {
    constexpr double headroom = 1.03;  // a line must not run along the upper edge
    if (!(highest > 0) || !std::isfinite(highest)) highest = 1;
    const double reach = highest * headroom;
    Scale scale;
    scale.step = niceAtLeast(reach / std::max(1, intervals), {1, 2, 2.5, 5});
    scale.to = std::ceil(reach / scale.step - tolerance) * scale.step;
    scale.ticks = ticksEvery(scale.step, scale.to);
    return scale;
}

Scale fallingScale(double least, double most, int intervals) {
    constexpr double many = 6;
    constexpr double headroom = 0.06;  // of the range: no line runs along an edge
    if (!(least > 0) || !(most >= least) || !std::isfinite(most)) return linearScale(1, intervals);
    if (most > many * least) return logScale(least, most, intervals + 1);
    const double room = std::max(headroom * (most - least), 0.01 * most);
    const double low = least - room;
    const double high = most + room;
    Scale scale;
    scale.step = niceAtLeast((high - low) / std::max(1, intervals - 1), {1, 2, 2.5, 5});
    scale.from = std::max(0.0, std::floor(low / scale.step + tolerance) * scale.step);
    scale.to = std::ceil(high / scale.step - tolerance) * scale.step;
    for (long i = std::lround(scale.from / scale.step); i <= std::lround(scale.to / scale.step); ++i)
        scale.ticks.push_back(static_cast<double>(i) * scale.step);
    return scale;
}

Scale linearScaleTo(double to, int intervals) {
    Scale scale;
    scale.to = to;
    scale.step = to;
    for (double step = to; to / step <= std::max(1, intervals) + tolerance;) {
        const double count = to / step;
        if (std::abs(count - std::round(count)) < tolerance * count) scale.step = step;
        step = niceAtMost(step * 0.99);
    }
    scale.ticks = ticksEvery(scale.step, to);
    return scale;
}

Scale linearScaleAround(double least, double most, int intervals) {
    if (!std::isfinite(least) || !std::isfinite(most) || most < least) least = most = 0;
    const double size = std::max(std::abs(least), std::abs(most));
    // One value alone still lies on an axis, and in its middle.
    const double range = std::max(1.04 * (most - least), size > 0 ? size / 25 : 1);
    const double pad = (range - (most - least)) / 2;
    most += pad;
    least = least >= 0 ? std::max(0.0, least - pad) : least - pad;
    Scale scale;
    scale.step = niceAtLeast(range / std::max(1, intervals), {1, 2, 2.5, 5});
    scale.from = std::floor(least / scale.step + tolerance) * scale.step;
    scale.to = std::max(std::ceil(most / scale.step - tolerance) * scale.step, scale.from + scale.step);
    const auto count = std::lround((scale.to - scale.from) / scale.step);
    for (long i = 0; i <= count; ++i)
        scale.ticks.push_back(scale.from + static_cast<double>(i) * scale.step);
    return scale;
}

Scale logScale(double least, double most, int labels) {
    Scale scale;
    scale.logarithmic = true;
    if (!(least > 0) || !(most >= least) || !std::isfinite(most)) least = most = 1;
    constexpr double margin = 1.15;  // a marker must not be cut in half by the edge
    scale.from = niceAtMost(least / margin);
    scale.to = niceAtLeast(most * margin, {1, 2, 5});
    if (scale.to / scale.from < 10 * (1 - tolerance)) {
        scale.from = powerOfTen(scale.from);
        scale.to = std::max(niceAtLeast(scale.to, {1}), 10 * scale.from);
    }
    std::vector<double> powers;
    std::vector<double> fine;
    const double low = scale.from * (1 - tolerance);
    const double high = scale.to * (1 + tolerance);
    for (double power = powerOfTen(scale.from); power <= high; power *= 10)
        for (const double mantissa : {1.0, 2.0, 5.0}) {
            const double tick = mantissa * power;
            if (tick < low || tick > high) continue;
            fine.push_back(tick);
            if (mantissa == 1.0) powers.push_back(tick);
        }
    scale.ticks = powers.size() < 2 || static_cast<int>(fine.size()) <= labels ? fine : powers;
    return scale;
}

double budgetWindow(double budget, double previous, double last) {
    constexpr double smallest = 1;
    constexpr double reach = 3.5;
    constexpr double crowded = 0.65;  // of the axis: beyond it there is too little to look forward to
    constexpr double lost = 0.15;     // of the axis: below it the curves left of the budget are squeezed
    const double most = std::max(smallest, niceAtLeast(std::max(last, smallest), {1, 2, 5}));
    if (!(budget > 0)) return std::min(std::max(previous, smallest), most);
    const double share = previous > 0 ? budget / previous : 0;
    const bool keep = share <= crowded && (share >= lost || previous <= smallest);
    if (previous > 0 && previous <= most && keep) return previous;
    return std::clamp(std::max(niceNear(reach * budget), niceAtLeast(budget, {1, 2, 5})), smallest, most);
}

double dragStep(double window) {
    return powerOfTen(window / 500);
}

double PixelMap::toPixel(double value) const {
    const double share =
        logarithmic ? std::log(value / from) / std::log(to / from) : (value - from) / (to - from);
    return first + share * (last - first);
}

double PixelMap::toValue(double pixel) const {
    const double share = (pixel - first) / (last - first);
    return logarithmic ? from * std::pow(to / from, share) : from + share * (to - from);
}

PixelMap pixelMap(const Scale& scale, double first, double last) {
    return {scale.from, scale.to, scale.logarithmic, first, last};
}

}  // namespace deepvm::ui::plot
