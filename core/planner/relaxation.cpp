// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/relaxation.h"

#include <algorithm>

#include "planner/programs.h"

namespace deepvm::planner {

std::optional<Relaxation> relax(const Problem& problem, const Candidate& candidate, base::Money budget,
                                const Solve& solve) {
    if (candidate.choices.empty()) return std::nullopt;
    const LinearProgram program = relaxed(whole_program(problem, candidate, budget));
    const Solution solution = solve(program);
    if (solution.status != SolveStatus::optimal) return std::nullopt;
    const auto at = columns_of(candidate);
    const auto row = std::ranges::find(program.rows, "budget", &Row::name);
    Relaxation found;
    found.nodes = solution.values[at.nodes];
    found.remotes = at.remotes ? solution.values[*at.remotes] : 0;
    found.objective = solution.objective;
    found.shadow_price = solution.duals[static_cast<std::size_t>(row - program.rows.begin())];
    found.duals = solution.duals;
    return found;
}

}  // namespace deepvm::planner
