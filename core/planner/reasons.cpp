// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/reasons.h"

#include <algorithm>

#include "planner/programs.h"

namespace deepvm::planner {
namespace {

// The dual of the budget row in the LP relaxation of the winner's own program. Integer programs have no
// shadow price; this one is said to be the relaxation's wherever it is shown.
std::optional<double> shadow_price(const Problem& problem, const Plan& winner, base::Money budget,
                                   Search& search) {
    const Candidate* candidate = candidate_of(problem, winner);
    if (!candidate) return std::nullopt;
    const LinearProgram program = relaxed(full_program(problem, *candidate, budget));
    const Solution solution = search.solve_counted(program);
    const auto row = std::find_if(program.rows.begin(), program.rows.end(),
                                  [](const Row& candidate_row) { return candidate_row.name == "budget"; });
    if (solution.status != SolveStatus::optimal || solution.duals.empty() || row == program.rows.end())
        return std::nullopt;
    return solution.duals[static_cast<std::size_t>(row - program.rows.begin())];
}

std::optional<StepDown> step_down(const Problem& problem, const Plan& winner, Search& search) {
    auto plan = best_overall(problem, search, winner.hourly_price - base::Money::from_micro(1));
    if (!plan) return std::nullopt;
    const auto saved = winner.hourly_price - plan->hourly_price;
    const double loss = (1 - plan->objective / winner.objective) * 100;
    return StepDown{std::move(*plan), saved, loss};
}

// The best of the lists that is not the winner; with one plan a list, an architecture's second is still to
// find.
std::optional<Plan> runner_up(const Decision& decision, Search& search) {
    const Plan& winner = decision.ranked.front();
    if (decision.ranked.size() > 1) return decision.ranked[1];
    auto second = search.best(winner.architecture, decision.budget, 2);
    std::optional<Plan> best;
    if (second.size() > 1) best = std::move(second[1]);
    for (const auto& [architecture, plans] : decision.by_architecture)
        if (architecture != winner.architecture && !plans.empty() && (!best || better(plans.front(), *best)))
            best = plans.front();
    return best;
}

}  // namespace

std::optional<Plan> best_overall(const Problem& problem, Search& search, base::Money budget) {
    std::optional<Plan> best;
    for (const auto architecture : problem.request.architectures) {
        auto plans = search.best(architecture, budget, 1);
        if (!plans.empty() && (!best || better(plans.front(), *best))) best = std::move(plans.front());
    }
    return best;
}

Reasons find_reasons(const Problem& problem, Search& search, const Decision& decision) {
    const Plan& winner = decision.ranked.front();
    Reasons reasons;
    reasons.step_down = step_down(problem, winner, search);
    reasons.runner_up = runner_up(decision, search);
    if (reasons.runner_up)
        reasons.runner_up_gap_percent = (1 - reasons.runner_up->objective / winner.objective) * 100;
    for (const auto& [architecture, plans] : decision.by_architecture)
        reasons.percent_of_best[architecture] =
            plans.empty() ? 0 : plans.front().objective / winner.objective * 100;
    reasons.shadow_price = shadow_price(problem, winner, decision.budget, search);
    return reasons;
}

}  // namespace deepvm::planner
