// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps a plan from doing more: every limit is taken away in turn and the same machines are looked at
// anew. Internal to the planner.
#pragma once

#include <optional>
#include <vector>

#include "problem/problem.h"

namespace deepvm::problem {

struct Binding {
    std::vector<Limit> limits;       ///< as Plan::binding
    std::vector<LimitState> states;  ///< as Plan::limits
};

/// Every limit on the candidate with what the counts leave of it; none is said to bind.
std::vector<LimitState> limit_states(const Problem& problem, const Candidate& candidate, Counts counts,
                                     base::Money budget);

/// Of the counts, which keep every limit of the candidate at `budget`.
Binding find_binding(const Problem& problem, const Candidate& candidate, Counts counts, base::Money budget);

}  // namespace deepvm::problem
