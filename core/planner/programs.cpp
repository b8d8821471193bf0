// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "planner/worth.h"

namespace deepvm::planner {
namespace {

std::string column_name(const Candidate& candidate, Counts counts) {
    auto name = std::string("nodes_") + fmt::format_int(counts.nodes).c_str();
    if (candidate.other) name += std::string("_others_") + fmt::format_int(counts.others).c_str();
    if (candidate.remote && !candidate.remotes_follow)
        name += std::string("_servers_") + fmt::format_int(counts.remotes).c_str();
    return name;
}

// Columns, the choice of one, and the network; the caller adds the budget.
LinearProgram frame(const Candidate& candidate, std::span<const Choice> choices) {
    LinearProgram program;
    Row choose_one{"choose_one", Sense::equal, 1, {}};
    Row network{"network", Sense::at_most, 0, {}};
    program.columns.reserve(choices.size() + 1);
    choose_one.terms.reserve(choices.size());
    network.terms.reserve(choices.size() + 1);
    for (const Choice& choice : choices) {
        const auto column = program.columns.size();
        program.columns.push_back({column_name(candidate, choice.counts), choice.worth, 0, 1, true});
        choose_one.terms.push_back({column, 1});
        network.terms.push_back({column, static_cast<double>(choice.counts.nodes)});
    }
    program.rows.push_back(std::move(choose_one));
    if (candidate.remotes_follow) {
        const auto column = program.columns.size();
        // The fewest that the smallest count needs: so the first corner is mostly whole already.
        program.columns.push_back({"remotes", 0, static_cast<double>(choices.front().counts.remotes),
                                   static_cast<double>(candidate.max_remotes), true});
        network.terms.push_back({column, -candidate.saturation});
        network.right_hand_side = -network_margin(candidate);
        program.rows.push_back(std::move(network));
    }
    return program;
}

// A limit on what every choice has a number of.
template <typename Number>
Row limit_row(std::string name, double most, std::span<const Choice> choices, Number number) {
    Row row{std::move(name), Sense::at_most, most, {}};
    row.terms.reserve(choices.size());
    for (std::size_t i = 0; i < choices.size(); ++i)
        row.terms.push_back({i, static_cast<double>(number(choices[i].counts))});
    return row;
}

std::string row_name(Limit limit, std::string_view machines) {
    auto text = fmt::format("{}_of_{}", name(limit), machines);
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

}  // namespace

// The widest that forbids no count: the least by which the most nodes stay below, of all numbers of remote
// nodes. To lp_solve, a remote node and a ten millionth is a whole number of them; a thin margin would let
// that buy a node.
double network_margin(const Candidate& candidate) {
    const double saturation = candidate.saturation;
    double margin = 1;
    if (saturation == std::floor(saturation)) return margin;
    for (int remotes = std::max(candidate.min_remotes, 1); remotes <= candidate.max_remotes; ++remotes) {
        const double full = remotes * saturation;
        margin = std::min(margin, full - (std::ceil(full) - 1));
    }
    return margin;
}

LinearProgram best_program(const Candidate& candidate, std::span<const Choice> choices, base::Money budget) {
    LinearProgram program = frame(candidate, choices);
    Row cost{"budget", Sense::at_most, (budget - candidate.fixed).usd(), {}};
    cost.terms.reserve(choices.size() + 1);
    for (std::size_t i = 0; i < choices.size(); ++i) {
        Counts counts = choices[i].counts;
        if (candidate.remotes_follow) counts.remotes = 0;  // a column of their own
        cost.terms.push_back({i, (price(candidate, counts) - candidate.fixed).usd()});
    }
    if (candidate.remotes_follow) cost.terms.push_back({choices.size(), candidate.per_remote.usd()});
    program.rows.push_back(std::move(cost));
    return program;
}

LinearProgram full_program(const Problem& problem, const Candidate& candidate, base::Money budget) {
    const std::span<const Choice> choices = candidate.choices;
    LinearProgram program = best_program(candidate, choices, budget);
    program.maximise = !is_of_job(problem.request.objective);
    for (std::size_t i = 0; i < choices.size(); ++i)
        program.columns[i].objective = objective_of(problem.request.objective, choices[i].worth);
    for (const auto& [limit, machines] : candidate.node_limits)
        program.rows.push_back(limit_row(row_name(limit, "nodes"), machines, choices,
                                         [](Counts counts) { return counts.nodes; }));
    for (std::size_t i = 0; i < candidate.vcpu_limits.size(); ++i) {
        const VcpuLimit& limit = candidate.vcpu_limits[i];
        program.rows.push_back(limit_row(row_name(limit.limit, fmt::format("vcpus_{}", i + 1)), limit.vcpus,
                                         choices, [&](Counts counts) { return spot_vcpus(limit, counts); }));
    }
    if (candidate.least_efficiency > 0) {
        Row row{
            row_name(Limit::efficiency, "cluster"), Sense::at_least, 100 * candidate.least_efficiency, {}};
        for (std::size_t i = 0; i < choices.size(); ++i)
            row.terms.push_back({i, 100 * efficiency(problem, candidate, choices[i].counts)});
        program.rows.push_back(std::move(row));
    }
    if (candidate.remote && !candidate.remotes_follow) {
        for (const auto& [limit, machines] : candidate.remote_limits)
            program.rows.push_back(limit_row(row_name(limit, "remotes"), machines, choices,
                                             [](Counts counts) { return counts.remotes; }));
        if (candidate.memory.needed <= 0) return program;
        Row memory = limit_row("memory", candidate.memory.needed, choices, [&](Counts counts) {
            return usable_memory_gib(candidate.memory, counts.remotes);
        });
        memory.sense = Sense::at_least;
        program.rows.push_back(std::move(memory));
    }
    if (!candidate.remotes_follow) return program;
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

std::size_t chosen(const Solution& solution, std::size_t choices) {
    const auto largest = std::max_element(solution.values.begin(),
                                          solution.values.begin() + static_cast<std::ptrdiff_t>(choices));
    return static_cast<std::size_t>(largest - solution.values.begin());
}

}  // namespace deepvm::planner
