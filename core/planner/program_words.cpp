// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/program_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/numbers.h"

namespace deepvm::planner {
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

std::string_view sign(Sense sense) {
    switch (sense) {
        case Sense::at_most:
            return "<=";
        case Sense::at_least:
            return ">=";
        case Sense::equal:
            break;
    }
    return "=";
}

// "nodes_1 + ... + nodes_64 = 1"
std::string choice_formula(const LinearProgram& program, const Row& row) {
    std::string text = program.columns[row.terms.front().column].name;
    if (row.terms.size() > 2) text += " + ...";
    if (row.terms.size() > 1) text += " + " + program.columns[row.terms.back().column].name;
    return fmt::format("{} = {}", text, row.right_hand_side);
}

bool is_simple(const Candidate& candidate) {
    return !candidate.other && (!candidate.remote || candidate.remotes_follow);
}

// What a row says of the numbers behind a choice: n nodes, m servers, o of the second type.
std::string choice_terms(const Row& row, const Candidate& candidate) {
    std::string left;
    if (row.name == "budget") {
        append_term(left, candidate.per_node.usd(), "n");
        append_term(left, candidate.per_other.usd(), "o");
        append_term(left, candidate.per_remote.usd(), "m");
    } else if (const auto place = row.name.find("_vcpus_"); place != std::string::npos) {
        const auto index = static_cast<std::size_t>(row.name.back() - '1');
        append_term(left, candidate.vcpu_limits[index].per_first, "(n - 1 - o)");
        append_term(left, candidate.vcpu_limits[index].per_other, "o");
    } else {
        left = row.name.ends_with("_of_remotes") ? "m" : "n";
    }
    return left;
}

// A row whose coefficients on nodes_k are c k says c n.
std::string formula(const Row& row, const Candidate& candidate, const std::string& right) {
    if (!is_simple(candidate))
        return fmt::format("{} {} {}", choice_terms(row, candidate), sign(row.sense), right);
    const auto& choices = candidate.choices;
    std::string left;
    for (const Term& term : row.terms) {
        if (term.column > 0 && term.column < choices.size()) continue;  // the first choice tells c
        const bool nodes = term.column < choices.size();
        append_term(left, nodes ? term.coefficient / choices.front().counts.nodes : term.coefficient,
                    nodes ? "n" : "m");
    }
    // "Below" for numbers that are not whole has a margin in the program; people read what it stands for.
    const bool strict = row.name == "network" && row.right_hand_side > -1;
    return strict ? left + " < 0" : fmt::format("{} {} {}", left, sign(row.sense), right);
}

std::string nodes_meaning(std::string_view count) {
    return fmt::format("1 when the cluster has {} {}, else 0", count, count == "1" ? "node" : "nodes");
}

std::string choice_meaning(const Candidate& candidate, Counts counts) {
    if (is_simple(candidate)) return nodes_meaning(std::to_string(counts.nodes));
    if (candidate.other)
        return fmt::format("1 when the cluster has {} nodes, {} of them of the second type, else 0",
                           counts.nodes, counts.others);
    return fmt::format("1 when the cluster has {} workers and {} parameter {}, else 0", counts.nodes,
                       counts.remotes, counts.remotes == 1 ? "server" : "servers");
}

// What a row of machines counts against: "spot_quota_of_nodes".
std::optional<Limit> machine_limit(std::string_view row_name) {
    for (const Limit limit :
         {Limit::spot_quota, Limit::on_demand_quota, Limit::cluster_ceiling, Limit::unknown_network}) {
        std::string prefix(name(limit));
        std::replace(prefix.begin(), prefix.end(), '-', '_');
        if (row_name.starts_with(prefix + "_of_")) return limit;
    }
    return std::nullopt;
}

RowWords machine_words(const Problem& problem, const Candidate& candidate, const Row& row, Limit limit) {
    const bool remotes = row.name.ends_with("_of_remotes");
    RowWords words;
    words.limit = limit;
    if (row.name.find("_of_vcpus_") != std::string::npos) {
        words.title = "Spot quota";
        words.meaning = "vCPUs of spot machines that the quota allows";
        words.unit = "vCPUs";
        words.unit_one = "vCPU";
        return words;
    }
    words.unit = remotes ? "remotes" : "nodes";
    words.unit_one = remotes ? "remote" : "node";
    if (limit == Limit::cluster_ceiling) {
        words.title = remotes ? "Remote ceiling" : "Cluster ceiling";
        words.meaning = remotes ? "the most remote nodes of a cluster" : "the most nodes of a cluster";
        return words;
    }
    if (limit == Limit::unknown_network) {
        words.title = "Unknown network";
        words.meaning = "machines without a known network are planned one at a time";
        return words;
    }
    words.title = limit == Limit::spot_quota ? "Spot quota" : remotes ? "Remote quota" : "On-demand quota";
    words.meaning = fmt::format("{} that the {} quota allows", remotes ? "remote nodes" : "nodes",
                                limit == Limit::spot_quota ? "spot" : "on-demand");
    if (problem.request.preset == Preset::published)
        words.meaning += " by the published rule, which stays one below it";
    else if (candidate.architecture == Architecture::single_anchor)
        words.meaning += ", and the anchor, which is none of them";
    return words;
}

RowWords budget_words(const Candidate& candidate, base::Money budget) {
    RowWords words{"Budget", "hourly price of all machines", {}, "USD/h", "USD/h", Limit::budget};
    if (candidate.fixed != base::Money{})
        words.meaning = fmt::format("hourly price within {} USD/h, less {} USD/h that {}", budget.decimal(),
                                    candidate.fixed.decimal(),
                                    candidate.architecture == Architecture::spot_bucket
                                        ? "the object store costs"
                                        : "the anchor costs more than a spot worker");
    return words;
}

RowWords row_words(const Problem& problem, const Candidate& candidate, base::Money budget,
                   const LinearProgram& program, const Row& row) {
    RowWords words;
    if (row.name == "choose_one") {
        words = {"One choice",
                 "exactly one number of nodes is chosen",
                 choice_formula(program, row),
                 "choice",
                 "choice",
                 {}};
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
                 Limit::network_saturation};
    } else if (row.name == "memory") {
        words = {"Memory",
                 candidate.remotes_follow
                     ? "usable memory of the remote nodes holds the checkpoints"
                     : "usable memory of the servers holds the parameters and their state",
                 {},
                 "GiB",
                 "GiB",
                 Limit::remote_memory};
    } else if (row.name == "efficiency_of_cluster") {
        words = {"Efficiency",
                 "what the machines do together, of what each would do alone",
                 fmt::format("e(choice) >= {}", right),
                 "%",
                 "%",
                 Limit::efficiency};
        return words;
    } else if (const auto limit = machine_limit(row.name)) {
        words = machine_words(problem, candidate, row, *limit);
    }
    words.formula = formula(row, candidate, right);
    return words;
}

void describe_objective(const Problem& problem, const Candidate& candidate, ProgramWords& words) {
    const Worker& worker = problem.workers[candidate.worker];
    const auto& type = problem.market->types[worker.type].name;
    words.objective_unit = objective_unit(problem);
    switch (problem.request.objective) {
        case Objective::job_cost:
            words.objective = "c(choice)";
            words.objective_meaning = "expected dollars until the job is done, revocations included";
            return;
        case Objective::job_time:
            words.objective = "t(choice)";
            words.objective_meaning = "expected hours until the job is done, revocations included";
            return;
        case Objective::deepvm:
        case Objective::throughput:
            break;
    }
    words.objective =
        fmt::format("{} {}", plain(*worker.value_per_node), is_simple(candidate) ? "E(n)" : "E(choice)");
    words.objective_meaning =
        fmt::format("{} of one {} x effective nodes",
                    problem.request.objective == Objective::deepvm ? "FLOPP" : "rate", type);
}

}  // namespace

ProgramWords describe(const Problem& problem, const Candidate& candidate, base::Money budget,
                      const LinearProgram& program) {
    const model::Market& market = *problem.market;
    ProgramWords words;
    describe_objective(problem, candidate, words);
    words.choices = candidate.other ? "1 when the cluster has n nodes, o of them of the second type, else 0"
                    : is_simple(candidate)
                        ? nodes_meaning("k")
                        : "1 when the cluster has n workers and m parameter servers, else 0";
    for (const Choice& choice : candidate.choices)
        words.columns.push_back({choice_meaning(candidate, choice.counts), "choice"});
    if (candidate.remotes_follow)
        words.columns.push_back(
            {fmt::format("m, the number of remote nodes ({})", market.types[*candidate.remote].name),
             "remotes"});
    for (const Row& row : program.rows)
        words.rows.push_back(row_words(problem, candidate, budget, program, row));
    return words;
}

}  // namespace deepvm::planner
