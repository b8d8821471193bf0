// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows and columns of a program mean, for people: the window and the comments of an exported
// program say it in the same words. Apart from the program itself, so that the thousands of programs that
// only lp_solve reads carry none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::explain {

struct ColumnWords {
    std::string meaning;    ///< "1 when the cluster has 17 nodes"
    std::string_view unit;  ///< "nodes", "remotes" or "choice"
};

struct RowWords {
    std::string_view title;  ///< "Budget"
    std::string meaning;     ///< "hourly price of all machines"
    std::string formula;     ///< "0.1578 n + 0.17 m <= 2.90": n nodes, o of them of the second type, m remote
                             ///< nodes or servers, without the unit
    std::string_view unit;   ///< of both sides: "USD/h", "nodes", "remotes", "GiB" or "choice"
    std::string_view unit_one;  ///< of one more: "USD/h", "node", "remote", "GiB", "choice"
    std::optional<problem::Limit>
        limit;  ///< the limit of a plan that it speaks of; nothing for the choice of one count
};

struct ProgramWords {
    std::string objective;            ///< "8600000 E(n)": the worth of one ideal node, times effective nodes
    std::string objective_meaning;    ///< "FLOPP of one g4dn.xlarge x effective nodes"
    std::string_view objective_unit;  ///< "FLOP/$", "TFLOP/s" or "published units"
    std::string choices;  ///< of all columns nodes_k at once: "1 when the cluster has k nodes, else 0"
    std::vector<ColumnWords> columns;  ///< in the program's order
    std::vector<RowWords> rows;        ///< in the program's order
};

/// `program` is whole_program(problem, candidate, budget).
ProgramWords describe(const problem::Problem& problem, const problem::Candidate& candidate,
                      base::Money budget, const solver::LinearProgram& program);

}  // namespace deepvm::explain
