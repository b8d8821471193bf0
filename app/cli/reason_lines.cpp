// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/reason_lines.h"

#include <fmt/format.h>

#include "planner/decision.h"
#include "words/answers.h"
#include "words/obstacles.h"
#include "words/reasons.h"
#include "words/remarks.h"

namespace deepvm::cli {
namespace {

// What the first plan does, and what else to know of it.
std::string speed_lines(const problem::Problem& problem, const problem::Plan& plan) {
    std::string text;
    if (const auto speed = words::speed(plan); !speed.empty()) text += "trains " + speed + "\n";
    for (const auto& remark : words::remarks(problem, plan))
        text += remark + "\n";
    return text;
}

std::string limit_lines(const problem::Problem& problem, const problem::Plan& plan) {
    std::string text;
    if (plan.binding == std::vector{problem::Limit::scaling}) text = words::binding(plan) + "\n";
    text += "What is left:\n";
    for (const auto& limit : words::limits(plan, problem, style))
        text += fmt::format("  {}: {}\n", limit.name, limit.left);
    return text;
}

std::string step_lines(const problem::Problem& problem, const planner::Decision& decision) {
    std::string text;
    for (const auto& step : words::steps(decision.ranked.front(), decision, problem, style))
        text += fmt::format("{}{}: {}{}\n", step.heading,
                            step.budget ? " to " + words::cost_per_hour(*step.budget) : "", step.how,
                            step.effect.empty() ? "" : ", " + step.effect);
    if (const auto price = words::shadow_price(decision, problem, style); !price.empty())
        text += price + "\n";
    return text;
}

// What could have been chosen instead of the first plan, and what it is worth beside it.
std::string rival_lines(const problem::Problem& problem, const planner::Decision& decision) {
    std::string text = "Worth, against the first choice:\n";
    for (const auto& rival : words::rivals(decision, problem, style))
        text += fmt::format("  {}: {}{}\n", rival.name, rival.percent,
                            rival.share ? fmt::format(", {}, {}", rival.cluster, rival.gap)
                            : rival.off ? " (--architectures)"
                                        : "");
    return text;
}

}  // namespace

std::string reason_lines(const problem::Problem& problem, const planner::Decision& decision) {
    const auto [verdict, detail] = words::proof(decision, problem, style);
    const auto proof = fmt::format("{}: {}\n", verdict, detail);
    if (decision.ranked.empty())
        return fmt::format("{} {}\n{}", words::nothing_fits(decision),
                           words::cheapest_that_fits(decision, problem, style), proof);
    const auto& first = decision.ranked.front();
    const auto left_out = words::not_considered_line(problem);
    const auto unknown = words::unknown_revocations(problem, style);
    return speed_lines(problem, first) + limit_lines(problem, first) + step_lines(problem, decision) +
           rival_lines(problem, decision) + (left_out.empty() ? "" : left_out + "\n") +
           (unknown.empty() ? "" : unknown + "\n") + proof;
}

}  // namespace deepvm::cli
