// SPDX-License-Identifier: GPL-3.0-or-later
// Closed forms on one candidate, in exact money: what counts need, cost and can reach.
#pragma once

#include <optional>
#include <vector>

#include "planner/problem.h"

namespace deepvm::planner {

/// n machines that compute and m remote nodes.
struct Counts {
    int nodes = 0;
    int remotes = 0;

    bool operator==(const Counts&) const = default;
};

base::Money price(const Candidate& candidate, Counts counts);

/// The fewest remote nodes that `nodes` workers need (network saturation, memory); nothing when that is more
/// than the candidate may have. 0 for architectures without remote nodes.
std::optional<int> remotes_for(const Candidate& candidate, int nodes);

/// Whether the counts keep every constraint of the candidate.
bool feasible(const Candidate& candidate, Counts counts, base::Money budget);

/// No plan of the candidate within the budget has more nodes: the relaxation with a real number of remote
/// nodes, rounded down. May be below min_nodes, then nothing fits.
int node_bound(const Candidate& candidate, base::Money budget);

/// The limits that forbid `next` nodes to a plan that has fewer; scaling alone when `next` is nothing.
std::vector<Limit> limits_against(const Candidate& candidate, std::optional<int> next, base::Money budget);

}  // namespace deepvm::planner
