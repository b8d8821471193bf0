// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/quotas.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "words/plans.h"

namespace deepvm::words {
namespace {

std::string percent_text(double percent) {
    return percent < 0.05 ? "less than 0.1 %" : fmt::format("{:.1f} %", percent);
}

// "gain 18.0 %".
std::string step_gain(problem::Objective objective, const explain::QuotaStep& step, Style style) {
    if (!step.gain_percent) return "a cluster fits: " + machines(step.plan, style);
    const auto percent = percent_text(*step.gain_percent);
    if (objective == problem::Objective::job_cost) return fmt::format("save {} of the cost", percent);
    if (objective == problem::Objective::job_time) return fmt::format("save {} of the time", percent);
    return "gain " + percent;
}

}  // namespace

std::string quota_title(std::string_view quota_class, problem::Purchase purchase) {
    return fmt::format("{} {}", quota_class, problem::name(purchase));
}

std::string use_words(const explain::QuotaGain& gain) {
    return fmt::format("{} vCPU{}, {} in use", gain.vcpus, gain.vcpus == 1 ? "" : "s", gain.used);
}

std::string gain_words(problem::Objective objective, const explain::QuotaGain& gain, Style style) {
    if (!gain.least) return "more of it alone brings nothing at this budget";
    auto words =
        fmt::format("ask for {} more and {}", gain.least->more, step_gain(objective, *gain.least, style));
    if (gain.most)
        words += fmt::format("; with {} more {}", gain.most->more, step_gain(objective, *gain.most, style));
    return words + ", and beyond that nothing at this budget";
}

std::string unlimited_classes(const model::Market& market, const problem::Request& request) {
    constexpr std::size_t few = 6;
    std::vector<std::string> free;
    for (const auto& each : problem::quota_classes(market))
        for (const auto purchase : problem::all_purchases)
            if ((purchase == problem::Purchase::on_demand || each.spot) &&
                !problem::quota(market, request, purchase, each.name))
                free.push_back(quota_title(each.name, purchase));
    if (free.empty()) return {};
    if (free.size() > few) return fmt::format("no limit given for {} others", free.size());
    return fmt::format("no limit given: {}", fmt::join(free, ", "));
}

}  // namespace deepvm::words
