// SPDX-License-Identifier: GPL-3.0-or-later
// The simple strategies that DeepVM is compared with: closed forms, no program to solve.
#pragma once

#include <optional>
#include <vector>

#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::planner {

enum class Policy {
    cost_first,         ///< the type with the most nodes; the first in catalog order on ties
    performance_first,  ///< the type with the highest rate that can have an anchor and a spot worker
};

/// The policy's single-anchor cluster at `budget`; nothing where no type affords two nodes.
std::optional<problem::Plan> choose(const problem::Problem& problem, Policy policy, base::Money budget);

/// Its choice at every budget of [from, to] at which the choice changes, cheapest first.
std::vector<problem::Plan> policy_steps(const problem::Problem& problem, Policy policy, base::Money from,
                                        base::Money to);

}  // namespace deepvm::planner
