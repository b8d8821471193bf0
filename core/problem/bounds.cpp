// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/bounds.h"

#include <algorithm>
#include <cmath>

namespace deepvm::problem {
namespace {

// The rules on the number of remote nodes.
struct RemoteRules {
    int least = 0;
    int most = 0;
    double saturation = 0;
};

bool saturates(const RemoteRules& rules, int nodes, int remotes) {
    return !(nodes < remotes * rules.saturation);
}

std::optional<int> remotes_for(const RemoteRules& rules, int nodes) {
    const double fewest = std::floor(nodes / rules.saturation);
    if (fewest >= rules.most) return std::nullopt;  // also where it would not fit an int
    int remotes = std::max(rules.least, static_cast<int>(fewest));
    while (saturates(rules, nodes, remotes))
        ++remotes;
    if (remotes > rules.most) return std::nullopt;
    return remotes;
}

RemoteRules remote_rules(const Candidate& candidate) {
    return {candidate.min_remotes, candidate.max_remotes, candidate.saturation};
}

}  // namespace

base::Money price(const Candidate& candidate, Counts counts) {
    return candidate.fixed + counts.nodes * candidate.per_node + counts.remotes * candidate.per_remote +
           counts.others * candidate.per_other;
}

std::optional<int> remotes_for(const Candidate& candidate, int nodes) {
    if (!candidate.remotes_follow) return 0;
    return remotes_for(remote_rules(candidate), nodes);
}

int remotes_needed(const Candidate& candidate, int nodes) {
    if (!candidate.remotes_follow) return 0;
    RemoteRules rules = remote_rules(candidate);
    rules.most = std::numeric_limits<int>::max();
    return remotes_for(rules, nodes).value_or(rules.most);
}

bool feasible(const Candidate& candidate, Counts counts, base::Money budget) {
    const bool remotes_fit =
        counts.remotes >= candidate.min_remotes && counts.remotes <= candidate.max_remotes &&
        (!candidate.remote || !saturates(remote_rules(candidate), counts.nodes, counts.remotes));
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

std::size_t affordable_choices(const Candidate& candidate, base::Money budget) {
    const auto& choices = candidate.choices;
    return static_cast<std::size_t>(std::ranges::upper_bound(choices, budget, {}, &Choice::price) -
                                    choices.begin());
}

std::pair<int, int> others_within(const Candidate& candidate, int nodes, base::Money budget) {
    std::int64_t least = 1;
    std::int64_t most = nodes - 1;
    // As many as keep each * others <= left.
    const auto keep = [&](std::int64_t each, std::int64_t left) {
        if (each > 0)
            most = std::min(most, left < 0 ? 0 : left / each);
        else if (each < 0)
            least = std::max(least, left < 0 ? (-left - each - 1) / -each : least);
        else if (left < 0)
            most = 0;
    };
    keep(candidate.per_other.micro(), (budget - price(candidate, {nodes, 0, 0})).micro());
    for (const VcpuLimit& limit : candidate.vcpu_limits)
        keep(limit.per_other - limit.per_first, limit.vcpus - spot_vcpus(limit, {nodes, 0, 0}));
    return {static_cast<int>(std::min<std::int64_t>(least, nodes)), static_cast<int>(most)};
}

int spot_vcpus(const VcpuLimit& limit, Counts counts) {
    return limit.per_first * (counts.nodes - 1 - counts.others) + limit.per_other * counts.others;
}

int tightest(const std::vector<MachineLimit>& limits, std::optional<Limit> dropped) {
    int most = std::numeric_limits<int>::max();
    for (const auto& [limit, machines] : limits)
        if (limit != dropped) most = std::min(most, machines);
    return most;
}

bool fits(const Candidate& candidate, Counts counts, base::Money budget, std::optional<Limit> dropped) {
    if (counts.nodes < candidate.min_nodes || counts.nodes > tightest(candidate.node_limits, dropped))
        return false;
    for (const VcpuLimit& limit : candidate.vcpu_limits)
        if (limit.limit != dropped && spot_vcpus(limit, counts) > limit.vcpus) return false;
    if (candidate.remotes_follow) {
        RemoteRules rules = remote_rules(candidate);
        rules.most = tightest(candidate.remote_limits, dropped);
        if (dropped == Limit::network_saturation) rules.saturation = std::numeric_limits<double>::infinity();
        if (dropped == Limit::remote_memory) rules.least = 1;
        const auto needed = remotes_for(rules, counts.nodes);
        if (!needed) return false;
        counts.remotes = *needed;
    } else if (counts.remotes > tightest(candidate.remote_limits, dropped) ||
               (dropped != Limit::remote_memory && counts.remotes < candidate.min_remotes)) {
        return false;
    }
    return dropped == Limit::budget || price(candidate, counts) <= budget;
}

}  // namespace deepvm::problem
