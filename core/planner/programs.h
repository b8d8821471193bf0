// SPDX-License-Identifier: GPL-3.0-or-later
// The linear programs of one candidate. One 0/1 column per node count that is worth choosing, exactly one of
// them chosen: exact for any table E(n), concave or not, and without the symmetry of one column per node, on
// which lp_solve does not come to an end.
#pragma once

#include <optional>
#include <span>

#include "planner/bounds.h"
#include "planner/linear_program.h"
#include "planner/problem.h"

namespace deepvm::planner {

/// The most valuable of `counts` (each within the candidate's bounds) whose price is within `budget`, USD/h.
LinearProgram best_program(const Problem& problem, const Candidate& candidate, std::span<const int> counts,
                           base::Money budget);

/// The cheapest of `counts`.
LinearProgram cheapest_program(const Candidate& candidate, std::span<const int> counts);

/// The node count that a solution of either program chooses, rounded from the solver's floating point.
int chosen_nodes(const Solution& solution, std::span<const int> counts);

}  // namespace deepvm::planner
