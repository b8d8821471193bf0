// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/scales.h"

#include <algorithm>
#include <cmath>

#include "session/exploration.h"

namespace deepvm::ui::panels {
namespace {

constexpr int positions_of_a_decade = 200;

/// To a hundredth of the decade, below two to half of that: fine enough that no two positions meet.
std::int64_t roundBudget(double micro) {
    const double decade = std::pow(10.0, std::floor(std::log10(micro)));
    const double grid = decade * (micro < 2 * decade ? 0.005 : 0.01);
    return std::llround(std::round(micro / grid) * grid);
}

std::int64_t roundCount(double count) {
    return std::llround(count);
}

// To two digits, away from what lies between the ends.
std::int64_t roundEnd(std::int64_t micro, bool up) {
    const double value = static_cast<double>(micro);
    const double grid = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::llround((up ? std::ceil(value / grid) : std::floor(value / grid)) * grid);
}

}  // namespace

const widgets::LogScale& budgetScale() {
    static const widgets::LogScale scale(session::least_budget.micro(), session::most_budget.micro(), 800,
                                         roundBudget);
    return scale;
}

std::unique_ptr<widgets::LogScale> budgetScaleOf(const planner::Frontier& frontier) {
    const auto& steps = frontier.overall;
    if (steps.empty() || steps.front().hourly_price.micro() <= 0) return nullptr;
    const auto least = roundEnd(steps.front().hourly_price.micro(), false);
    const auto most = roundEnd(steps.back().hourly_price.micro(), true);
    if (most <= least) return nullptr;
    const double decades = std::log10(static_cast<double>(most) / static_cast<double>(least));
    const int positions = std::max(1, static_cast<int>(positions_of_a_decade * decades));
    return std::make_unique<widgets::LogScale>(least, most, positions, roundBudget);
}

std::vector<widgets::LogSlider::Tick> budgetTicks(const widgets::SliderScale& scale) {
    // The fewer decades, the more numbers of each.
    const double decades = std::log10(static_cast<double>(scale.most()) / static_cast<double>(scale.least()));
    const std::vector<int> digits = decades > 3     ? std::vector{5}
                                    : decades > 1.8 ? std::vector{1, 5}
                                                    : std::vector{1, 2, 5};
    constexpr std::int64_t cent = 10'000;
    constexpr std::int64_t dollar = 100 * cent;
    std::vector<widgets::LogSlider::Tick> ticks;
    for (std::int64_t decade = cent; decade <= scale.most(); decade *= 10)
        for (const int digit : digits) {
            const std::int64_t micro = digit * decade;
            if (micro < scale.least() || micro > scale.most()) continue;
            ticks.push_back({micro, micro < dollar ? QStringLiteral("%1¢").arg(micro / cent)
                                                   : QStringLiteral("$%1").arg(micro / dollar)});
        }
    return ticks;
}

const widgets::LogScale& nodesScale() {
    static const widgets::LogScale scale(2, 256, 254, roundCount);
    return scale;
}

const widgets::EvenScale& revocationScale() {
    static const widgets::EvenScale scale(0, 990, 99);
    return scale;
}

}  // namespace deepvm::ui::panels
