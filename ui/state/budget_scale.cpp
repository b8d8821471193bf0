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

LogScale::LogScale(std::int64_t least, std::int64_t most, int steps, Round round)
    : least_(least), most_(most), steps_(steps), round_(round) {}

double LogScale::fraction(std::int64_t value) const {
    const auto clamped = static_cast<double>(std::clamp(value, least_, most_));
    const auto least = static_cast<double>(least_);
    return std::log(clamped / least) / std::log(static_cast<double>(most_) / least);
}

int LogScale::position(std::int64_t value) const {
    return static_cast<int>(std::lround(fraction(value) * steps_));
}

std::int64_t LogScale::at(int position) const {
    if (position <= 0) return least_;
    if (position >= steps_) return most_;
    const auto least = static_cast<double>(least_);
    return round_(least *
                  std::pow(static_cast<double>(most_) / least, static_cast<double>(position) / steps_));
}

const LogScale& budgetScale() {
    static const LogScale scale(least_budget.micro(), most_budget.micro(), 800, roundBudget);
    return scale;
}

const LogScale& nodesScale() {
    static const LogScale scale(2, 256, 254, roundCount);
    return scale;
}

}  // namespace deepvm::ui::state
