// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/policies.h"

#include <algorithm>
#include <tuple>

#include "problem/bounds.h"

namespace deepvm::planner {
namespace {

// Where a policy stands: one candidate (by catalog order) and its nodes.
struct Stand {
    std::size_t candidate = 0;
    int nodes = 0;

    bool operator==(const Stand&) const = default;
};

// Greater is better; of equals the policies take the first in catalog order.
std::pair<double, std::ptrdiff_t> rank(const problem::Problem& problem, Policy policy, Stand choice) {
    const auto& worker = problem.workers[problem.policy_candidates[choice.candidate].worker];
    const double score = policy == Policy::cost_first ? choice.nodes : worker.rate;
    return {score, -static_cast<std::ptrdiff_t>(choice.candidate)};
}

}  // namespace

std::optional<problem::Plan> choose(const problem::Problem& problem, Policy policy, base::Money budget) {
    std::optional<Stand> best;
    for (std::size_t i = 0; i < problem.policy_candidates.size(); ++i) {
        const problem::Candidate& candidate = problem.policy_candidates[i];
        const Stand choice{i, node_bound(candidate, budget)};
        if (choice.nodes < candidate.min_nodes) continue;
        if (!best || rank(problem, policy, choice) > rank(problem, policy, *best)) best = choice;
    }
    if (!best) return std::nullopt;
    return plain_plan(problem, problem.policy_candidates[best->candidate], {best->nodes});
}

std::vector<problem::Plan> policy_steps(const problem::Problem& problem, Policy policy, base::Money from,
                                        base::Money to) {
    struct Event {
        base::Money price;
        Stand choice;
    };
    std::vector<Event> events;  // every candidate grows by a node at a known price
    for (std::size_t i = 0; i < problem.policy_candidates.size(); ++i) {
        const problem::Candidate& candidate = problem.policy_candidates[i];
        const int most = node_bound(candidate, to);
        for (int nodes = candidate.min_nodes; nodes <= most; ++nodes)
            events.push_back({price(candidate, {nodes, 0}), {i, nodes}});
    }
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.price < b.price; });

    std::vector<problem::Plan> steps;
    std::optional<Stand> best;
    std::optional<Stand> shown;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        const bool grows = best && best->candidate == event.choice.candidate;
        if (!best || grows || rank(problem, policy, event.choice) > rank(problem, policy, *best))
            best = event.choice;
        if (i + 1 < events.size() && events[i + 1].price <= std::max(event.price, from)) continue;
        if (best == shown) continue;
        shown = best;
        steps.push_back(plain_plan(problem, problem.policy_candidates[best->candidate], {best->nodes}));
    }
    return steps;
}

}  // namespace deepvm::planner
