// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/scales.h"

#include <algorithm>
#include <cmath>

#include "session/exploration.h"

namespace deepvm::ui::panels {
namespace {

constexpr int positions_of_a_decade = 200;
constexpr double least_ratio = 4;  // of the ends of a slider: half of one budget to twice as much

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
std::int64_t roundEnd(double value, bool up) {
    const double grid = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::llround((up ? std::ceil(value / grid) : std::floor(value / grid)) * grid);
}

QString budgetName(std::int64_t micro) {
    constexpr double cent = 10'000;
    constexpr std::int64_t dollar = 1'000'000;
    if (micro < dollar) return QStringLiteral("%1¢").arg(static_cast<double>(micro) / cent);
    if (micro % dollar == 0) return QStringLiteral("$%1").arg(micro / dollar);
    return QStringLiteral("$%1").arg(static_cast<double>(micro) / static_cast<double>(dollar), 0, 'f', 2);
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
    const auto first = static_cast<double>(steps.front().hourly_price.micro());
    const auto last = static_cast<double>(steps.back().hourly_price.micro());
    // Who sees one cluster alone wants to see that less buys none, and more no other one.
    const double around = std::max(1.0, std::sqrt(least_ratio * first / last));
    const auto least = std::max<std::int64_t>(1, roundEnd(first / around, false));
    const auto most = std::max(least + 1, roundEnd(last * around, true));
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
    const auto apart = [&](std::int64_t low, std::int64_t high) {
        constexpr double least_apart = 0.11;  // of the slider: as wide as a label
        return scale.fraction(high) - scale.fraction(low) > least_apart;
    };
    std::vector<widgets::LogSlider::Tick> ticks;
    for (std::int64_t decade = cent; decade <= scale.most(); decade *= 10)
        for (const int digit : digits) {
            const std::int64_t micro = digit * decade;
            if (micro >= scale.least() && micro <= scale.most()) ticks.push_back({micro, budgetName(micro)});
        }
    if (ticks.empty() || apart(scale.least(), ticks.front().value))
        ticks.insert(ticks.begin(), {scale.least(), budgetName(scale.least())});
    if (apart(ticks.back().value, scale.most())) ticks.push_back({scale.most(), budgetName(scale.most())});
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
