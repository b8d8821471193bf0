// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/feasible_region.h"

#include <algorithm>

#include "problem/binding.h"
#include "problem/bounds.h"
#include "problem/programs.h"
#include "problem/relaxation.h"
#include "problem/steps.h"
#include "problem/worth.h"

namespace deepvm::explain {
namespace {

int most_worth(const problem::Candidate& candidate, int without) {
    return candidate.choices.empty() ? without : candidate.choices.back().counts.nodes;
}

RegionEdges edges_of(const problem::Candidate& candidate, base::Money budget) {
    RegionEdges edges;
    edges.budget = {candidate.fixed, candidate.per_node, candidate.per_remote, budget};
    edges.saturation = candidate.saturation;
    edges.network_margin = network_margin(candidate);
    edges.least_remotes = std::max(1, candidate.min_remotes);
    const double one = usable_memory_gib(candidate.memory, 1);
    if (candidate.memory.adds_up && one > 0)
        edges.least_remotes_relaxed = std::max(1.0, candidate.memory.needed / one);
    edges.node_limits = candidate.node_limits;
    edges.remote_limits = candidate.remote_limits;
    edges.worth_up_to = most_worth(candidate, 0);
    return edges;
}

CountRange columns_around(const problem::Candidate& candidate, base::Money budget, int best, int most) {
    const int worth = most_worth(candidate, best);
    const int reach = std::max(best, std::min(worth, node_bound(candidate, budget)));
    const int beyond = reach + std::max(2, reach / 4);
    const int last = std::max(8, std::min(beyond, candidate.max_nodes + 3));
    return {std::max(1, last - most + 1), last};
}

CountRange rows_around(const problem::Candidate& candidate, int best, int most) {
    const int lowest = std::max(1, candidate.min_remotes) - 1;
    const int last = std::max(lowest + 3, std::min(best + 3, candidate.max_remotes + 2));
    return {std::max(lowest, last - most + 1), last};
}

// Whether the old range still shows what the wanted one would: `point` well inside, the rest of a like size.
bool shows(CountRange old, CountRange wanted, int point, int most) {
    if (length(old) > most || length(old) > length(wanted) * 8 / 5 + 1) return false;
    const bool cut = length(old) == most && length(wanted) == most;  // neither shows its low end
    const bool low_end = old.first == wanted.first || (cut && point - old.first >= most / 4);
    const int above = (wanted.last - point + 1) / 2;
    return low_end && old.last - point >= above;
}

}  // namespace

int length(CountRange range) {
    return std::max(0, range.last - range.first + 1);
}

bool is_feasible(const FeasibleRegion& region, problem::Counts point) {
    const auto& [columns, rows] = region.lattice;
    if (point.nodes < columns.first || point.nodes > columns.last) return false;
    if (point.remotes < rows.first || point.remotes > rows.last) return false;
    const auto row = static_cast<std::size_t>(point.remotes - rows.first);
    const auto column = static_cast<std::size_t>(point.nodes - columns.first);
    return region.feasible[row * static_cast<std::size_t>(length(columns)) + column];
}

FeasibleRegion feasible_region(const problem::Problem& problem, const problem::Candidate& candidate,
                               base::Money budget, const Lattice& lattice) {
    FeasibleRegion region;
    region.lattice = lattice;
    region.edges = edges_of(candidate, budget);
    if (const auto choice = choice_at(problem, candidate, budget))
        region.best = candidate.choices[*choice].counts;
    double most = 0;
    for (int nodes = std::min(candidate.min_nodes, lattice.nodes.first); nodes <= lattice.nodes.last;
         ++nodes) {
        const double value = worth(problem, candidate, {nodes, remotes_needed(candidate, nodes)});
        const bool more = problem::worth_more(value, most);
        if (more) most = value;
        if (nodes < lattice.nodes.first) continue;
        region.values.push_back(objective_of(problem.request.objective, value));
        region.worth_more.push_back(more);
    }
    for (int remotes = lattice.remotes.first; remotes <= lattice.remotes.last; ++remotes)
        for (int nodes = lattice.nodes.first; nodes <= lattice.nodes.last; ++nodes)
            region.feasible.push_back(feasible(candidate, {nodes, remotes}, budget) &&
                                      efficient(problem, candidate, {nodes, remotes}));
    return region;
}

Lattice lattice_around(const problem::Candidate& candidate, base::Money budget, int most_columns,
                       int most_rows, const std::optional<Lattice>& previous) {
    constexpr int fewest_columns = 8;
    constexpr int fewest_rows = 4;
    most_columns = std::max(most_columns, fewest_columns);
    most_rows = std::max(most_rows, fewest_rows);
    const problem::Counts first =
        candidate.choices.empty()
            ? problem::Counts{candidate.min_nodes, remotes_for(candidate, candidate.min_nodes).value_or(1)}
            : candidate.choices.front().counts;
    const auto fitting = affordable_choices(candidate, budget);
    const problem::Counts best = fitting > 0 ? candidate.choices[fitting - 1].counts : first;
    Lattice wanted{columns_around(candidate, budget, best.nodes, most_columns),
                   rows_around(candidate, best.remotes, most_rows)};
    if (!previous) return wanted;
    if (shows(previous->nodes, wanted.nodes, best.nodes, most_columns)) wanted.nodes = previous->nodes;
    if (shows(previous->remotes, wanted.remotes, best.remotes, most_rows)) wanted.remotes = previous->remotes;
    return wanted;
}

std::vector<problem::LimitState> broken_limits(const problem::Problem& problem,
                                               const problem::Candidate& candidate, problem::Counts point,
                                               base::Money budget) {
    auto states = limit_states(problem, candidate, point, budget);
    states.push_back({problem::Limit::accelerator_memory,
                      static_cast<double>(point.nodes - candidate.min_nodes), "nodes"});
    std::erase_if(states, [](const problem::LimitState& state) { return state.slack >= 0; });
    return states;
}

std::optional<base::Money> next_price(const problem::Candidate& candidate, base::Money budget) {
    const auto fitting = affordable_choices(candidate, budget);
    if (fitting == candidate.choices.size()) return std::nullopt;
    return candidate.choices[fitting].price;
}

std::optional<base::Money> previous_price(const problem::Candidate& candidate, base::Money budget) {
    const auto cheaper = affordable_choices(candidate, budget - base::Money::from_micro(1));
    if (cheaper == 0) return std::nullopt;
    return candidate.choices[cheaper - 1].price;
}

base::Result<std::optional<RelaxationCorner>> relaxation_corner(const problem::Problem& problem,
                                                                const problem::Candidate& candidate,
                                                                base::Money budget,
                                                                const std::stop_token& stop) {
    const auto relaxation = relax(problem, candidate, budget,
                                  [&](const solver::LinearProgram& program) { return solve(program, stop); });
    if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "the relaxation was cancelled");
    if (!relaxation) return std::optional<RelaxationCorner>();
    // Where the budget does not bind, the number of remote nodes is open.
    const RegionEdges edges = edges_of(candidate, budget);
    const double needed =
        std::max(edges.least_remotes_relaxed, (relaxation->nodes + edges.network_margin) / edges.saturation);
    return std::optional(RelaxationCorner{budget, relaxation->nodes, std::min(relaxation->remotes, needed),
                                          relaxation->objective});
}

}  // namespace deepvm::explain
