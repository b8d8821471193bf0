// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/relaxation.h"

#include <algorithm>

#include "problem/programs.h"

namespace deepvm::problem {

std::optional<Relaxation> relax(const Problem& problem, const Candidate& candidate, base::Money budget,
                                const Solve& solve) {
    if (candidate.choices.empty()) return std::nullopt;
    const solver::LinearProgram program = relaxed(whole_program(problem, candidate, budget));
    const solver::Solution solution = solve(program);
    if (solution.status != solver::SolveStatus::optimal) return std::nullopt;
    const auto at = columns_of(candidate);
    const auto row = std::ranges::find(program.rows, "budget", &solver::Row::name);
    Relaxation found;
    found.nodes = solution.values[at.nodes];
    found.remotes = at.remotes ? solution.values[*at.remotes] : 0;
    found.objective = solution.objective;
    found.shadow_price = solution.duals[static_cast<std::size_t>(row - program.rows.begin())];
    found.duals = solution.duals;
    return found;
}

}  // namespace deepvm::problem
