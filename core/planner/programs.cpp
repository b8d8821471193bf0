// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deepvm::planner {
namespace {

// Columns, the choice of one, and the network; the caller adds objective and budget.
LinearProgram frame(const Candidate& candidate, std::span<const int> counts) {
    LinearProgram program;
    Row choose_one{"choose_one", Sense::equal, 1, {}};
    Row network{"network", Sense::at_most, 0, {}};
    program.columns.reserve(counts.size() + 1);
    choose_one.terms.reserve(counts.size());
    network.terms.reserve(counts.size() + 1);
    for (const int nodes : counts) {
        const auto column = program.columns.size();
        program.columns.push_back({std::string("nodes_") + fmt::format_int(nodes).c_str(), 0, 0, 1, true});
        choose_one.terms.push_back({column, 1});
        network.terms.push_back({column, static_cast<double>(nodes)});
    }
    program.rows.push_back(std::move(choose_one));
    if (candidate.remote) {
        const auto column = program.columns.size();
        // The fewest that the smallest count needs: so the first corner is mostly whole already.
        const int least = remotes_for(candidate, counts.front()).value_or(candidate.min_remotes);
        program.columns.push_back(
            {"remotes", 0, static_cast<double>(least), static_cast<double>(candidate.max_remotes), true});
        network.terms.push_back({column, -candidate.saturation});
        network.right_hand_side = -network_margin(candidate.saturation);
        program.rows.push_back(std::move(network));
    }
    return program;
}

std::string row_name(Limit limit, std::string_view machines) {
    auto text = fmt::format("{}_of_{}", name(limit), machines);
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

}  // namespace

// With a whole saturation one node below is the same; otherwise a margin far below what a count could make
// up, and the exact check after the solve has the last word.
double network_margin(double saturation) {
    return saturation == std::floor(saturation) ? 1 : 1e-6;
}

LinearProgram best_program(const Problem& problem, const Candidate& candidate, std::span<const int> counts,
                           base::Money budget) {
    LinearProgram program = frame(candidate, counts);
    Row cost{"budget", Sense::at_most, (budget - candidate.fixed).usd(), {}};
    cost.terms.reserve(counts.size() + 1);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        program.columns[i].objective = value(problem, candidate, counts[i]);
        cost.terms.push_back({i, (counts[i] * candidate.per_node).usd()});
    }
    if (candidate.remote) cost.terms.push_back({counts.size(), candidate.per_remote.usd()});
    program.rows.push_back(std::move(cost));
    return program;
}

LinearProgram full_program(const Problem& problem, const Candidate& candidate, base::Money budget) {
    LinearProgram program = best_program(problem, candidate, candidate.counts, budget);
    Row nodes{"", Sense::at_most, 0, {}};
    for (std::size_t i = 0; i < candidate.counts.size(); ++i)
        nodes.terms.push_back({i, static_cast<double>(candidate.counts[i])});
    for (const auto& [limit, machines] : candidate.node_limits) {
        nodes.name = row_name(limit, "nodes");
        nodes.right_hand_side = machines;
        program.rows.push_back(nodes);
    }
    if (!candidate.remote) return program;
    Column& remotes = program.columns.back();
    remotes.lower = 1;
    remotes.upper = std::numeric_limits<double>::infinity();
    const std::size_t column = program.columns.size() - 1;
    for (const auto& [limit, machines] : candidate.remote_limits)
        program.rows.push_back(
            {row_name(limit, "remotes"), Sense::at_most, static_cast<double>(machines), {{column, 1}}});
    if (candidate.memory.adds_up)
        program.rows.push_back({"memory",
                                Sense::at_least,
                                candidate.memory.needed,
                                {{column, usable_memory_gib(candidate.memory, 1)}}});
    return program;
}

LinearProgram relaxed(LinearProgram program) {
    for (Column& column : program.columns)
        column.integer = false;
    return program;
}

int chosen_nodes(const Solution& solution, std::span<const int> counts) {
    const auto largest = std::max_element(
        solution.values.begin(), solution.values.begin() + static_cast<std::ptrdiff_t>(counts.size()));
    return counts[static_cast<std::size_t>(largest - solution.values.begin())];
}

}  // namespace deepvm::planner
