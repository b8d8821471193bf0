// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/bounds.h"

#include <algorithm>
#include <cmath>

namespace deepvm::planner {
namespace {

bool saturates(const Candidate& candidate, int nodes, int remotes) {
    return candidate.remote && !(nodes < remotes * candidate.saturation);
}

}  // namespace

base::Money price(const Candidate& candidate, Counts counts) {
    return candidate.fixed + counts.nodes * candidate.per_node + counts.remotes * candidate.per_remote;
}

std::optional<int> remotes_for(const Candidate& candidate, int nodes) {
    if (!candidate.remote) return 0;
    int remotes = std::max(candidate.min_remotes, static_cast<int>(nodes / candidate.saturation));
    while (saturates(candidate, nodes, remotes))
        ++remotes;
    if (remotes > candidate.max_remotes) return std::nullopt;
    return remotes;
}

bool feasible(const Candidate& candidate, Counts counts, base::Money budget) {
    const bool remotes_fit = counts.remotes >= candidate.min_remotes &&
                             counts.remotes <= candidate.max_remotes &&
                             !saturates(candidate, counts.nodes, counts.remotes);
    return counts.nodes >= candidate.min_nodes && counts.nodes <= candidate.max_nodes && remotes_fit &&
           price(candidate, counts) <= budget;
}

int node_bound(const Candidate& candidate, base::Money budget) {
    const auto left = budget - candidate.fixed - candidate.min_remotes * candidate.per_remote;
    if (left < base::Money{}) return 0;
    std::int64_t bound =
        std::min<std::int64_t>(candidate.max_nodes, left.micro() / candidate.per_node.micro());
    if (candidate.remote) {
        // A node takes 1/saturation of a remote node with it. The tolerance keeps this a bound in floating
        // point.
        const double pair = static_cast<double>(candidate.per_node.micro()) +
                            static_cast<double>(candidate.per_remote.micro()) / candidate.saturation;
        const double affordable = static_cast<double>((budget - candidate.fixed).micro()) / pair;
        bound =
            std::min({bound, static_cast<std::int64_t>(affordable * (1 + 1e-12)),
                      static_cast<std::int64_t>(std::ceil(candidate.max_remotes * candidate.saturation))});
    }
    return static_cast<int>(bound);
}

std::vector<Limit> limits_against(const Candidate& candidate, std::optional<int> next, base::Money budget) {
    if (!next) return {Limit::scaling};
    std::vector<Limit> limits;
    if (*next > candidate.max_nodes) limits = candidate.node_limits;
    if (!candidate.remote) {
        if (price(candidate, {*next, 0}) > budget) limits.insert(limits.begin(), Limit::budget);
        return limits;
    }
    Candidate free = candidate;  // any number of remote nodes: what would the next count need?
    free.max_remotes = std::numeric_limits<int>::max();
    const int remotes = *remotes_for(free, *next);
    if (price(candidate, {*next, remotes}) > budget) limits.insert(limits.begin(), Limit::budget);
    if (remotes > candidate.max_remotes)
        limits.insert(limits.end(), candidate.remote_limits.begin(), candidate.remote_limits.end());
    // The network binds where the next node needs a further remote node.
    if (saturates(candidate, *next, remotes - 1) && remotes > candidate.min_remotes)
        if (const auto now = remotes_for(free, *next - 1); now && *now < remotes)
            limits.push_back(Limit::network_saturation);
    return limits;
}

}  // namespace deepvm::planner
