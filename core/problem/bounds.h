// SPDX-License-Identifier: GPL-3.0-or-later
// Closed forms on one candidate, in exact money: what counts need, cost and can reach.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "problem/problem.h"

namespace deepvm::problem {

base::Money price(const Candidate& candidate, Counts counts);

/// The fewest remote nodes that `nodes` workers need (network saturation, memory); nothing when that is more
/// than the candidate may have. 0 for architectures without remote nodes.
std::optional<int> remotes_for(const Candidate& candidate, int nodes);

/// The same, however many the candidate may have.
int remotes_needed(const Candidate& candidate, int nodes);

/// Whether the counts keep every constraint of the candidate.
bool feasible(const Candidate& candidate, Counts counts, base::Money budget);

/// No plan of the candidate within the budget has more nodes: the relaxation with a real number of remote
/// nodes, rounded down. May be below min_nodes, then nothing fits.
int node_bound(const Candidate& candidate, base::Money budget);

/// How many of the candidate's choices cost no more than the budget: price and worth rise together, so the
/// last of them is worth most.
std::size_t affordable_choices(const Candidate& candidate, base::Money budget);

/// How many of `nodes` nodes may be of the second type, at least one of either: within the budget and what
/// limits vCPUs. The first is greater than the second where none may.
std::pair<int, int> others_within(const Candidate& candidate, int nodes, base::Money budget);

/// vCPUs of the spot machines that the limit counts; one node is the anchor.
int spot_vcpus(const VcpuLimit& limit, Counts counts);

/// The most machines that `limits` allow, without those of kind `dropped`; all of int when none is left.
int tightest(const std::vector<MachineLimit>& limits, std::optional<Limit> dropped);

/// Whether these counts would fit if the limits of kind `dropped` did not exist. Where remote nodes follow
/// from the nodes, their number is the fewest that the other limits ask for.
bool fits(const Candidate& candidate, Counts counts, base::Money budget,
          std::optional<Limit> dropped = std::nullopt);

}  // namespace deepvm::problem
