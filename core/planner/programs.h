// SPDX-License-Identifier: GPL-3.0-or-later
// The linear programs of one candidate. One 0/1 column per choice, exactly one of them chosen: exact for any
// worth of the counts, concave or not, and without the symmetry of one column per node, on
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
double network_margin(const Candidate& candidate);

/// The most valuable of `choices` (of the candidate) whose price is within `budget`, USD/h.
LinearProgram best_program(const Candidate& candidate, std::span<const Choice> choices, base::Money budget);

/// The candidate's whole program: every choice, and a row for every limit. For people and other programs to
/// read; its optimum is the candidate's best plan. The objective is in the request's unit: of a job, which
/// costs or takes so much, it is minimised.
LinearProgram full_program(const Problem& problem, const Candidate& candidate, base::Money budget);

/// The same with all columns free to take fractions.
LinearProgram relaxed(LinearProgram program);

/// The choice that a solution of such a program makes, rounded from the solver's floating point: its index.
std::size_t chosen(const Solution& solution, std::size_t choices);

}  // namespace deepvm::planner
