// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/budget_scale.h"

#include <algorithm>
#include <cmath>

#include "state/exploration.h"

namespace deepvm::ui::state {
namespace {

/// To a hundredth of the decade, below two to half of that: fine enough that no two positions meet.
std::int64_t roundBudget(double micro) {
    const double decade = std::pow(10.0, std::floor(std::log10(micro)));
    const double grid = decade * (micro < 2 * decade ? 0.005 : 0.01);
    return std::llround(std::round(micro / grid) * grid);
}

std::int64_t roundCount(double count) {
    return std::llround(count);
}

}  // namespace

int SliderScale::position(std::int64_t value) const {
    return static_cast<int>(std::lround(fraction(value) * steps_));
}

double EvenScale::fraction(std::int64_t value) const {
    const auto inside = std::clamp(value, least(), most()) - least();
    return static_cast<double>(inside) / static_cast<double>(most() - least());
}

std::int64_t EvenScale::at(int position) const {
    return least() + (most() - least()) * std::clamp(position, 0, steps()) / steps();
}

double LogScale::fraction(std::int64_t value) const {
    const auto clamped = static_cast<double>(std::clamp(value, least(), most()));
    const auto first = static_cast<double>(least());
    return std::log(clamped / first) / std::log(static_cast<double>(most()) / first);
}

std::int64_t LogScale::at(int position) const {
    if (position <= 0) return least();
    if (position >= steps()) return most();
    const auto first = static_cast<double>(least());
    return round_(first *
                  std::pow(static_cast<double>(most()) / first, static_cast<double>(position) / steps()));
}

const LogScale& budgetScale() {
    static const LogScale scale(least_budget.micro(), most_budget.micro(), 800, roundBudget);
    return scale;
}

const LogScale& nodesScale() {
    static const LogScale scale(2, 256, 254, roundCount);
    return scale;
}

const EvenScale& revocationScale() {
    static const EvenScale scale(0, 990, 99);
    return scale;
}

}  // namespace deepvm::ui::state
