// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/reasons.h"

#include <algorithm>

#include "planner/comparison.h"
#include "planner/decision.h"
#include "problem/relaxation.h"

namespace deepvm::planner {
namespace {

// Integer programs have no shadow price; this one is said to be the relaxation's wherever it is shown.
std::optional<double> shadow_price(const problem::Problem& problem, const problem::Plan& winner,
                                   base::Money budget, Search& search) {
    const problem::Candidate* candidate = candidate_of(problem, winner);
    if (!candidate) return std::nullopt;
    const auto relaxation = relax(problem, *candidate, budget, [&](const solver::LinearProgram& program) {
        return search.solve_counted(program);
    });
    if (!relaxation) return std::nullopt;
    return relaxation->shadow_price;
}

std::optional<StepDown> step_down(const problem::Problem& problem, const problem::Plan& winner,
                                  Search& search) {
    auto plan = search.best(problem.request.architectures, winner.hourly_price - base::Money::from_micro(1));
    if (!plan) return std::nullopt;
    const auto saved = winner.hourly_price - plan->hourly_price;
    const double loss = -gain_percent(problem.request.objective, winner, *plan);
    return StepDown{std::move(*plan), saved, loss};
}

// The second of the list. With one plan a list it is another architecture's first or the winner's own second.
std::optional<problem::Plan> runner_up(const problem::Problem& problem, const Decision& decision,
                                       Search& search) {
    if (decision.ranked.size() > 1) return decision.ranked[1];
    if (problem.request.top > 1) return std::nullopt;
    const problem::Plan& winner = decision.ranked.front();
    auto own = search.best(Architectures(&winner.architecture, 1), decision.budget, 2);
    std::optional<problem::Plan> second;
    if (own.size() > 1) second = std::move(own[1]);
    for (const auto& [architecture, plans] : decision.by_architecture)
        if (architecture != winner.architecture && !plans.empty() &&
            (!second || better(plans.front(), *second)))
            second = plans.front();
    return second;
}

}  // namespace

Reasons find_reasons(const problem::Problem& problem, Search& search, const Decision& decision) {
    const problem::Plan& winner = decision.ranked.front();
    Reasons reasons;
    reasons.step_down = step_down(problem, winner, search);
    reasons.runner_up = runner_up(problem, decision, search);
    if (reasons.runner_up)
        // What cannot be told apart may be worth a hair more, and dearer.
        reasons.runner_up_gap_percent =
            std::max(0.0, -gain_percent(problem.request.objective, winner, *reasons.runner_up));
    for (const auto& [architecture, plans] : decision.by_architecture)
        reasons.percent_of_best[architecture] = plans.empty() ? 0 : percent_of(plans.front(), winner);
    reasons.shadow_price = shadow_price(problem, winner, decision.budget, search);
    return reasons;
}

}  // namespace deepvm::planner
