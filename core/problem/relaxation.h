// SPDX-License-Identifier: GPL-3.0-or-later
// The linear relaxation of a candidate's whole program: what fractions of machines could do.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::problem {

/// The optimum of relaxed(whole_program(...)), a corner of its polytope.
struct Relaxation {
    double nodes = 0;
    double remotes = 0;       ///< 0 without remote nodes
    double objective = 0;     ///< in the request's unit; no plan of the candidate is worth more
    double shadow_price = 0;  ///< dual of the budget row, objective per USD/h; at a corner where several are
                              ///< right, one of them
    std::vector<double> duals;  ///< of all rows of the program, in its order, of the same corner

    bool operator==(const Relaxation&) const = default;
};

/// How the program is solved: by solve(), by a Search that counts it, ...
using Solve = std::function<solver::Solution(const solver::LinearProgram&)>;

/// Nothing when not even fractions fit, or the solver does not prove its answer.
std::optional<Relaxation> relax(const Problem& problem, const Candidate& candidate, base::Money budget,
                                const Solve& solve);

}  // namespace deepvm::problem
