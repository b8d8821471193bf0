// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/program_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/numbers.h"
#include "problem/programs.h"

namespace deepvm::explain {
namespace {

// The shortest decimal within a billionth of `number`: k times a price, divided by k, reads as the price.
std::string plain(double number) {
    double rounded = number;
    for (int digits = 1; digits <= 17; ++digits) {
        rounded = base::parse_double(fmt::format("{:.{}e}", number, digits - 1)).value_or(number);
        if (std::abs(rounded - number) <= 1e-9 * std::abs(number)) break;
    }
    return fmt::format("{}", rounded);
}

// "0.1578 n", "n", " - 20 m": a term after the others.
void append_term(std::string& text, double coefficient, std::string_view variable) {
    if (coefficient == 0) return;
    if (!text.empty()) text += coefficient < 0 ? " - " : " + ";
    if (text.empty() && coefficient < 0) text += "-";
    const auto size = plain(std::abs(coefficient));
    text += size == "1" ? std::string(variable) : fmt::format("{} {}", size, variable);
}

std::string_view sign(solver::Sense sense) {
    switch (sense) {
        case solver::Sense::at_most:
            return "<=";
        case solver::Sense::at_least:
            return ">=";
        case solver::Sense::equal:
            break;
    }
    return "=";
}

bool is_simple(const problem::Candidate& candidate) {
    return !candidate.other && (!candidate.remote || candidate.remotes_follow);
}

// The role columns by the letters that formulas have for them.
std::string_view letter(const problem::ProgramColumns& at, std::size_t column) {
    if (column == at.nodes) return "n";
    if (column == at.dearer) return "d";
    return column == at.others ? "o" : "m";
}

// "nodes_1 + ... + nodes_64 = 1", "nodes_1 + ... + 64 nodes_64 = n"
std::string choice_formula(const solver::LinearProgram& program, const problem::ProgramColumns& at,
                           const solver::Row& row) {
    std::string left;
    const auto first = std::ranges::find_if(row.terms, [&](const solver::Term& term) {
        return term.column >= at.choices && term.coefficient != 0;
    });
    if (first == row.terms.end()) return fmt::format("0 = {}", letter(at, row.terms.front().column));
    append_term(left, first->coefficient, program.columns[first->column].name);
    const solver::Term& last = row.terms.back();
    if (last.column > first->column + 1) left += " + ...";
    if (last.column > first->column) append_term(left, last.coefficient, program.columns[last.column].name);
    const bool total = row.terms.front().column < at.choices;
    return total ? fmt::format("{} = {}", left, letter(at, row.terms.front().column))
                 : fmt::format("{} = {}", left, row.right_hand_side);
}

// Of the roles alone: "0.1578 n + 0.17 m <= 2.90".
std::string formula(const solver::Row& row, const problem::ProgramColumns& at, const std::string& right) {
    std::string left;
    for (const solver::Term& term : row.terms)
        append_term(left, term.coefficient, letter(at, term.column));
    // "Below" for numbers that are not whole has a margin in the program; people read what it stands for.
    const bool strict = row.name == "network" && row.right_hand_side > -1;
    return strict ? left + " < 0" : fmt::format("{} {} {}", left, sign(row.sense), right);
}

std::string nodes_meaning(std::string_view count) {
    return fmt::format("1 when the cluster has {} {}, else 0", count, count == "1" ? "node" : "nodes");
}

std::string choice_meaning(const problem::Candidate& candidate, problem::Counts counts) {
    if (is_simple(candidate)) return nodes_meaning(std::to_string(counts.nodes));
    if (candidate.other)
        return fmt::format("1 when the cluster has {} nodes, {} of them of the second type, else 0",
                           counts.nodes, counts.others);
    return fmt::format("1 when the cluster has {} workers and {} parameter {}, else 0", counts.nodes,
                       counts.remotes, counts.remotes == 1 ? "server" : "servers");
}

// What a row of machines counts against: "spot_quota_of_nodes".
std::optional<problem::Limit> machine_limit(std::string_view row_name) {
    for (const problem::Limit limit : {problem::Limit::spot_quota, problem::Limit::on_demand_quota,
                                       problem::Limit::cluster_ceiling, problem::Limit::unknown_network}) {
        std::string prefix(name(limit));
        std::replace(prefix.begin(), prefix.end(), '-', '_');
        if (row_name.starts_with(prefix + "_of_")) return limit;
    }
    return std::nullopt;
}

RowWords machine_words(const problem::Problem& problem, const problem::Candidate& candidate,
                       const solver::Row& row, problem::Limit limit) {
    const bool remotes = row.name.ends_with("_of_remotes");
    RowWords words;
    words.limit = limit;
    if (row.name.find("_of_vcpus_") != std::string::npos) {
        words.title = "Spot quota";
        words.meaning =
            "vCPUs of spot machines that the quota allows, and those of the anchor, which takes none";
        words.unit = "vCPUs";
        words.unit_one = "vCPU";
        return words;
    }
    words.unit = remotes ? "remotes" : "nodes";
    words.unit_one = remotes ? "remote" : "node";
    if (limit == problem::Limit::cluster_ceiling) {
        words.title = remotes ? "Remote ceiling" : "Cluster ceiling";
        words.meaning = remotes ? "the most remote nodes of a cluster" : "the most nodes of a cluster";
        return words;
    }
    if (limit == problem::Limit::unknown_network) {
        words.title = "Unknown network";
        words.meaning = "machines without a known network are planned one at a time";
        return words;
    }
    words.title = limit == problem::Limit::spot_quota ? "Spot quota"
                  : remotes                           ? "Remote quota"
                                                      : "On-demand quota";
    words.meaning = fmt::format("{} that the {} quota allows", remotes ? "remote nodes" : "nodes",
                                limit == problem::Limit::spot_quota ? "spot" : "on-demand");
    if (problem.request.preset == problem::Preset::published)
        words.meaning += " by the published rule, which stays one below it";
    else if (candidate.architecture == problem::Architecture::single_anchor)
        words.meaning += ", and the anchor, which is none of them";
    return words;
}

// The rows that say of how many machines the choice is.
RowWords link_words(const problem::Candidate& candidate, std::string_view row_name) {
    if (row_name == "nodes_chosen")
        return {"Nodes", "n is the number of nodes of the choice", {}, "nodes", "node", {}};
    if (row_name == "others_chosen")
        return {"Second type", "o is how many of them are of the second type", {}, "nodes", "node", {}};
    if (row_name == "servers_chosen")
        return {"Servers", "m is the number of parameter servers of the choice", {}, "remotes", "remote", {}};
    if (row_name == "dearer_chosen")
        return {"Dearer",
                "d tells the choices that cost more than the budget from the others, which speeds the search",
                {},
                "choice",
                "choice",
                {}};
    return {"One choice",
            is_simple(candidate) ? "exactly one number of nodes is chosen"
                                 : "exactly one pair of numbers is chosen",
            {},
            "choice",
            "choice",
            {}};
}

RowWords budget_words(const problem::Candidate& candidate, base::Money budget) {
    RowWords words{"Budget", "hourly price of all machines", {}, "USD/h", "USD/h", problem::Limit::budget};
    if (candidate.fixed != base::Money{})
        words.meaning = fmt::format("hourly price within {} USD/h, less {} USD/h that {}", budget.decimal(),
                                    candidate.fixed.decimal(),
                                    candidate.architecture == problem::Architecture::spot_bucket
                                        ? "the object store costs"
                                        : "the anchor costs more than a spot worker");
    return words;
}

RowWords row_words(const problem::Problem& problem, const problem::Candidate& candidate, base::Money budget,
                   const solver::LinearProgram& program, const solver::Row& row) {
    RowWords words;
    const auto at = columns_of(candidate);
    if (row.sense == solver::Sense::equal) {
        words = link_words(candidate, row.name);
        words.formula = choice_formula(program, at, row);
        return words;
    }
    auto right = plain(row.right_hand_side);
    if (row.name == "budget") {
        words = budget_words(candidate, budget);
        right = (budget - candidate.fixed).decimal();
    } else if (row.name == "network") {
        words = {"Network",
                 fmt::format("stays below what saturates the network of the remote nodes, {} nodes each",
                             plain(candidate.saturation)),
                 {},
                 "nodes",
                 "node",
                 problem::Limit::network_saturation};
    } else if (row.name == "memory") {
        words = {"Memory",
                 candidate.remotes_follow
                     ? "usable memory of the remote nodes holds the checkpoints"
                     : "usable memory of the servers holds the parameters and their state",
                 {},
                 "GiB",
                 "GiB",
                 problem::Limit::remote_memory};
    } else if (row.name == "efficiency_of_cluster") {
        words = {"Efficiency",
                 "what the machines do together, of what each would do alone",
                 fmt::format("e(choice) >= {}", right),
                 "%",
                 "%",
                 problem::Limit::efficiency};
        return words;
    } else if (const auto limit = machine_limit(row.name)) {
        words = machine_words(problem, candidate, row, *limit);
    }
    words.formula = formula(row, at, right);
    return words;
}

void describe_objective(const problem::Problem& problem, const problem::Candidate& candidate,
                        ProgramWords& words) {
    const problem::Worker& worker = problem.workers[candidate.worker];
    const auto& type = problem.market->types[worker.type].name;
    words.objective_unit = objective_unit(problem);
    switch (problem.request.objective) {
        case problem::Objective::job_cost:
            words.objective = "c(choice) + W d";
            words.objective_meaning = "expected dollars until the job is done, revocations included";
            return;
        case problem::Objective::job_time:
            words.objective = "t(choice) + W d";
            words.objective_meaning = "expected hours until the job is done, revocations included";
            return;
        case problem::Objective::deepvm:
        case problem::Objective::throughput:
            break;
    }
    words.objective = fmt::format("{} {} - W d", plain(*worker.value_per_node),
                                  is_simple(candidate) ? "E(n)" : "E(choice)");
    words.objective_meaning =
        fmt::format("{} of one {} x effective nodes",
                    problem.request.objective == problem::Objective::deepvm ? "FLOPP" : "rate", type);
}

std::vector<ColumnWords> role_words(const problem::Problem& problem, const problem::Candidate& candidate) {
    const auto at = columns_of(candidate);
    const auto type = [&](std::size_t index) -> const std::string& {
        return problem.market->types[index].name;
    };
    std::vector<ColumnWords> words(at.choices);
    words[at.nodes] = {"n, the number of nodes", "nodes"};
    words[at.dearer] = {"d, 1 above the budget; W: the most that a choice comes to", "choice"};
    if (at.others)
        words[*at.others] = {fmt::format("o, of the nodes those of the second type ({})",
                                         type(problem.workers[*candidate.other].type)),
                             "nodes"};
    if (at.remotes)
        words[*at.remotes] = {fmt::format("m, the number of {} ({})",
                                          candidate.remotes_follow ? "remote nodes" : "parameter servers",
                                          type(*candidate.remote)),
                              "remotes"};
    return words;
}

}  // namespace

ProgramWords describe(const problem::Problem& problem, const problem::Candidate& candidate,
                      base::Money budget, const solver::LinearProgram& program) {
    ProgramWords words;
    describe_objective(problem, candidate, words);
    words.choices = candidate.other ? "1 when the cluster has n nodes, o of them of the second type, else 0"
                    : is_simple(candidate)
                        ? nodes_meaning("k")
                        : "1 when the cluster has n workers and m parameter servers, else 0";
    words.columns = role_words(problem, candidate);
    for (const problem::Choice& choice : candidate.choices)
        words.columns.push_back({choice_meaning(candidate, choice.counts), "choice"});
    for (const solver::Row& row : program.rows)
        words.rows.push_back(row_words(problem, candidate, budget, program, row));
    return words;
}

}  // namespace deepvm::explain
