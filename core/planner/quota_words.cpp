// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/quota_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deepvm::planner {
namespace {

std::string percent_text(double percent) {
    return percent < 0.05 ? "less than 0.1 %" : fmt::format("{:.1f} %", percent);
}

// "gain 18.0 %".
std::string step_gain(Objective objective, const QuotaStep& step) {
    if (!step.gain_percent) return "a cluster fits: " + machines(step.plan);
    const auto percent = percent_text(*step.gain_percent);
    if (objective == Objective::job_cost) return fmt::format("save {} of the cost", percent);
    if (objective == Objective::job_time) return fmt::format("save {} of the time", percent);
    return "gain " + percent;
}

}  // namespace

std::string quota_title(std::string_view quota_class, Purchase purchase) {
    return fmt::format("{} {}", quota_class, name(purchase));
}

std::string use_words(const QuotaGain& gain) {
    return fmt::format("{} vCPU{}, {} in use", gain.vcpus, gain.vcpus == 1 ? "" : "s", gain.used);
}

std::string gain_words(Objective objective, const QuotaGain& gain) {
    if (!gain.least) return "more of it alone brings nothing at this budget";
    auto words = fmt::format("ask for {} more and {}", gain.least->more, step_gain(objective, *gain.least));
    if (gain.most)
        words += fmt::format("; with {} more {}", gain.most->more, step_gain(objective, *gain.most));
    return words + ", and beyond that nothing at this budget";
}

std::string no_limit_words(const model::Market& market, const Request& request) {
    constexpr std::size_t few = 6;
    std::vector<std::string> free;
    for (const auto& each : quota_classes(market))
        for (const auto purchase : all_purchases)
            if ((purchase == Purchase::on_demand || each.spot) &&
                !quota(market, request, purchase, each.name))
                free.push_back(quota_title(each.name, purchase));
    if (free.empty()) return {};
    if (free.size() > few) return fmt::format("no limit given for {} others", free.size());
    return fmt::format("no limit given: {}", fmt::join(free, ", "));
}

}  // namespace deepvm::planner
