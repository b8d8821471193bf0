// SPDX-License-Identifier: GPL-3.0-or-later
// The program that decided, solved once more as a whole and readable: every column and row with its meaning,
// its unit and what became of it at the optimum.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "explain/program_words.h"
#include "problem/plan.h"

namespace deepvm::explain {

struct SolvedColumn {
    std::string name;  ///< as in the exported program: "nodes_17"
    ColumnWords words;
    double objective = 0;  ///< what one of it adds to the objective, in its unit
    double value = 0;      ///< at the optimum, a whole number of words.unit
};

struct SolvedRow {
    std::string name;  ///< as in the exported program: "spot_quota_of_nodes"
    RowWords words;
    solver::Sense sense = solver::Sense::at_most;
    double right_hand_side = 0;  ///< words.unit, as the next two
    double activity = 0;         ///< what the left side comes to at the optimum
    double slack = 0;            ///< what is left of it, never negative at an optimum; 0 for an equality
    /// Nothing usable is left: of nodes and remote nodes not one more, of USD/h and GiB nothing at all.
    bool used_up = false;
    /// One of the plan's binding limits: it keeps these machines from the next number of nodes that is worth
    /// more, though the rest of it may be more than nothing. A row can be used up and not binding (the step
    /// does not need more of it, or fails elsewhere anyway), and the other way round.
    bool binding = false;
    /// Objective that one more words.unit_one on the right would add in the relaxation, in which machines can
    /// be split; nothing when that was not solved, and for an equality, which nobody can move. Whole machines
    /// have no such price.
    std::optional<double> relaxed_price;
};

struct SolvedProgram {
    problem::Plan plan;                    ///< the one that it decides for
    base::Money budget;                    ///< the one that it was asked at; see asked_budget()
    std::optional<double> value_per_node;  ///< what one ideal node adds to the objective, in objective_unit;
                                           ///< nothing where the objective is a job's
    bool maximise = true;
    std::string objective;
    std::string objective_meaning;  ///< these three as in ProgramWords
    std::string_view objective_unit;
    std::size_t choices = 0;  ///< columns nodes_k, the last ones
    std::vector<SolvedColumn> columns;
    std::vector<SolvedRow> rows;
    double optimum = 0;                     ///< of the columns' values, in objective_unit
    std::optional<double> relaxed_optimum;  ///< with split machines: no plan of these machines is above it
    bool proven = false;                    ///< lp_solve's optimum is the plan, to the last machine
    std::string doubt;                      ///< why not; the values are then the plan's own
    std::chrono::nanoseconds elapsed{};     ///< in lp_solve, for the program itself
};

/// Solves the whole program of the plan's machines at `budget`. Where more remote nodes than needed would be
/// worth the same, the cheapest of its optima counts, which is what the planner promises. Refuses a plan that
/// is none of this problem; ErrorCode::cancelled after a stop. Thread-safe.
base::Result<SolvedProgram> solve_program(const problem::Problem& problem, const problem::Plan& plan,
                                          base::Money budget, const std::stop_token& stop);

}  // namespace deepvm::explain
