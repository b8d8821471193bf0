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

/// By how much a program keeps n below m saturation, which whole n and m must stay strictly below: its row is
/// n <= m saturation - margin.
double network_margin(double saturation);

/// The most valuable of `counts` (each within the candidate's bounds) whose price is within `budget`, USD/h.
LinearProgram best_program(const Problem& problem, const Candidate& candidate, std::span<const int> counts,
                           base::Money budget);

/// The candidate's whole program: every count that is worth choosing, and a row for every limit. For people
/// and other programs to read; its optimum is the candidate's best plan. The objective is in the request's
/// unit.
LinearProgram full_program(const Problem& problem, const Candidate& candidate, base::Money budget);

/// The same with all columns free to take fractions.
LinearProgram relaxed(LinearProgram program);

/// The node count that a solution of best_program chooses, rounded from the solver's floating point.
int chosen_nodes(const Solution& solution, std::span<const int> counts);

}  // namespace deepvm::planner
