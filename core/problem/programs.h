// SPDX-License-Identifier: GPL-3.0-or-later
// The linear program of one candidate: how many machines of each role, in whole numbers, under every limit.
// What counts are worth together is no linear function of them, so the program chooses one of the tabulated
// choices and its role columns say of how many machines that is. Exact for any worth, concave or not, and
// without the symmetry of one column per node, on which lp_solve does not come to an end.
#pragma once

#include <optional>

#include "problem/bounds.h"
#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::problem {

/// Where the columns of a candidate's program stand; in this order, then those of its choices.
struct ProgramColumns {
    std::size_t nodes = 0;
    std::optional<std::size_t> others;   ///< of the nodes those of the second type
    std::optional<std::size_t> remotes;  ///< remote nodes or parameter servers
    std::size_t dearer = 0;   ///< 1 where the choice costs more than the budget, for which it takes away the
                              ///< most that any choice is worth
    std::size_t choices = 0;  ///< of the first choice; whole by itself, as every choice keeps all limits but
                              ///< the budget
};
ProgramColumns columns_of(const Candidate& candidate);

/// By how much a program keeps n below m saturation, which whole n and m must stay strictly below: its row is
/// n <= m saturation - margin.
double network_margin(const Candidate& candidate);

/// The program that is solved, shown and exported: its optimum is the candidate's best plan at `budget`. The
/// objective is in the request's unit: of a job, which costs or takes so much, it is minimised. Refuses
/// nothing: without choices there is no solution.
solver::LinearProgram whole_program(const Problem& problem, const Candidate& candidate, base::Money budget);

/// At which budget the program is asked for these counts, an answer at `budget`: at their own price where the
/// rest of the budget buys more of the same machines, but too little to be told apart.
base::Money asked_budget(const Problem& problem, const Candidate& candidate, Counts counts,
                         base::Money budget);

/// The same program at another budget.
void set_budget(solver::LinearProgram& program, const Candidate& candidate, base::Money budget);

/// The same with the choice made; what is left to choose is the cheapest number of remote nodes. Minimises
/// USD/h of them.
solver::LinearProgram cheapest_program(solver::LinearProgram program, const Candidate& candidate,
                                       std::size_t choice);

/// The same with all columns free to take fractions, and mixtures with what is dearer than the budget.
solver::LinearProgram relaxed(solver::LinearProgram program);

/// The choice that an optimal solution makes, rounded from the solver's floating point: its index.
std::size_t chosen(const Candidate& candidate, const solver::Solution& solution);

/// How many machines an optimal solution says, rounded likewise.
Counts counts_of(const Candidate& candidate, const solver::Solution& solution);

}  // namespace deepvm::problem
