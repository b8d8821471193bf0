// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problem/worth.h"

namespace deepvm::problem {
namespace {

constexpr auto unlimited = std::numeric_limits<double>::infinity();
constexpr std::string_view dearer_name = "dearer";

std::string column_name(const Candidate& candidate, Counts counts) {
    auto name = std::string("nodes_") + fmt::format_int(counts.nodes).c_str();
    if (candidate.other) name += std::string("_others_") + fmt::format_int(counts.others).c_str();
    if (candidate.remote && !candidate.remotes_follow)
        name += std::string("_servers_") + fmt::format_int(counts.remotes).c_str();
    return name;
}

std::string_view remotes_name(const Candidate& candidate) {
    return candidate.remotes_follow ? "remotes" : "servers";
}

std::string row_name(Limit limit, std::string_view machines) {
    auto text = fmt::format("{}_of_{}", name(limit), machines);
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

// A row over all choices and a column that says what they come to.
template <typename Number>
solver::Row choice_row(std::string name, const Candidate& candidate, std::optional<std::size_t> total,
                       Number number) {
    const auto first = columns_of(candidate).choices;
    solver::Row row{std::move(name), solver::Sense::equal, 0, {}, total};
    row.terms.reserve(candidate.choices.size() + 1);
    if (total) row.terms.push_back({*total, -1});
    for (std::size_t i = 0; i < candidate.choices.size(); ++i)
        row.terms.push_back({first + i, static_cast<double>(number(candidate.choices[i]))});
    return row;
}

class Builder {
  public:
    Builder(const Problem& problem, const Candidate& candidate)
        : problem_(problem), candidate_(candidate), at_(columns_of(candidate)) {}

    solver::LinearProgram build() {
        program_.maximise = !is_of_job(problem_.request.objective);
        add_columns();
        add_roles();
        add_price();
        add_network();
        add_machine_limits();
        add_vcpu_limits();
        add_memory();
        add_efficiency();
        return std::move(program_);
    }

  private:
    void add_columns() {
        auto& columns = program_.columns;
        columns.resize(at_.choices);
        columns[at_.nodes] = {"nodes", 0, 0, unlimited, true};
        columns[at_.dearer] = {std::string(dearer_name), 0, 0, 1, true};
        if (at_.others) columns[*at_.others] = {"others", 0, 0, unlimited, true};
        if (at_.remotes)
            columns[*at_.remotes] = {std::string(remotes_name(candidate_)), 0, 1, unlimited, true};
        columns.reserve(at_.choices + candidate_.choices.size());
        double largest = 0;
        for (const Choice& choice : candidate_.choices) {
            const double objective = objective_of(problem_.request.objective, choice.worth);
            columns.push_back({column_name(candidate_, choice.counts), objective, 0, 1, false});
            largest = std::max(largest, objective);
        }
        columns[at_.dearer].objective = program_.maximise ? -largest : largest;
    }

    void add_roles() {
        program_.rows.push_back(choice_row("choose_one", candidate_, {}, [](const Choice&) { return 1; }));
        program_.rows.back().right_hand_side = 1;
        // The search begins at the smallest cluster, which fits if any does.
        if (!candidate_.choices.empty()) program_.rows.back().basic = at_.choices;
        program_.rows.push_back(choice_row("nodes_chosen", candidate_, at_.nodes,
                                           [](const Choice& choice) { return choice.counts.nodes; }));
        if (at_.others)
            program_.rows.push_back(choice_row("others_chosen", candidate_, at_.others,
                                               [](const Choice& choice) { return choice.counts.others; }));
        if (at_.remotes && !candidate_.remotes_follow)
            program_.rows.push_back(choice_row("servers_chosen", candidate_, at_.remotes,
                                               [](const Choice& choice) { return choice.counts.remotes; }));
    }

    // The row of the dearer choices cuts nothing off: see set_budget().
    void add_price() {
        program_.rows.push_back(
            choice_row("dearer_chosen", candidate_, at_.dearer, [](const Choice&) { return 0; }));
        solver::Row cost{"budget", solver::Sense::at_most, 0, {{at_.nodes, candidate_.per_node.usd()}}};
        if (at_.others) cost.terms.push_back({*at_.others, candidate_.per_other.usd()});
        if (at_.remotes) cost.terms.push_back({*at_.remotes, candidate_.per_remote.usd()});
        add(std::move(cost));
    }

    void add_network() {
        if (!candidate_.remotes_follow) return;
        add({"network",
             solver::Sense::at_most,
             -network_margin(candidate_),
             {{at_.nodes, 1}, {*at_.remotes, -candidate_.saturation}},
             at_.remotes});
    }

    void add_machine_limits() {
        for (const auto& [limit, machines] : candidate_.node_limits)
            add({row_name(limit, "nodes"),
                 solver::Sense::at_most,
                 static_cast<double>(machines),
                 {{at_.nodes, 1}}});
        if (!at_.remotes) return;
        for (const auto& [limit, machines] : candidate_.remote_limits)
            add({row_name(limit, "remotes"),
                 solver::Sense::at_most,
                 static_cast<double>(machines),
                 {{*at_.remotes, 1}}});
    }

    // Of the nodes that are not of the second type one is the anchor, which takes nothing of a spot quota.
    void add_vcpu_limits() {
        for (std::size_t i = 0; i < candidate_.vcpu_limits.size(); ++i) {
            const VcpuLimit& limit = candidate_.vcpu_limits[i];
            solver::Row row{row_name(limit.limit, fmt::format("vcpus_{}", i + 1)),
                            solver::Sense::at_most,
                            static_cast<double>(limit.vcpus) + limit.per_first,
                            {{at_.nodes, static_cast<double>(limit.per_first)},
                             {*at_.others, static_cast<double>(limit.per_other) - limit.per_first}}};
            add(std::move(row));
        }
    }

    void add_memory() {
        if (!at_.remotes || candidate_.memory.needed <= 0 || !candidate_.memory.adds_up) return;
        add({"memory",
             solver::Sense::at_least,
             candidate_.memory.needed,
             {{*at_.remotes, usable_memory_gib(candidate_.memory, 1)}}});
    }

    void add_efficiency() {
        if (candidate_.least_efficiency <= 0) return;
        solver::Row row = choice_row(row_name(Limit::efficiency, "cluster"), candidate_, {},
                                     [](const Choice& choice) { return 100 * choice.efficiency; });
        row.sense = solver::Sense::at_least;
        row.right_hand_side = 100 * candidate_.least_efficiency;
        program_.rows.push_back(std::move(row));
    }

    // By column, without terms that say nothing.
    void add(solver::Row row) {
        std::erase_if(row.terms, [](const solver::Term& term) { return term.coefficient == 0; });
        std::ranges::sort(row.terms, {}, &solver::Term::column);
        program_.rows.push_back(std::move(row));
    }

    const Problem& problem_;
    const Candidate& candidate_;
    ProgramColumns at_;
    solver::LinearProgram program_;
};

solver::Row& row_of(solver::LinearProgram& program, std::string_view name) {
    return *std::ranges::find(program.rows, name, &solver::Row::name);
}

}  // namespace

ProgramColumns columns_of(const Candidate& candidate) {
    ProgramColumns at;
    std::size_t next = 0;
    at.nodes = next++;
    if (candidate.other) at.others = next++;
    if (candidate.remote) at.remotes = next++;
    at.dearer = next++;
    at.choices = next;
    return at;
}

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

base::Money asked_budget(const Problem& problem, const Candidate& candidate, Counts counts,
                         base::Money budget) {
    const auto fitting = affordable_choices(candidate, budget);
    if (fitting == 0) return budget;
    const Choice& best = candidate.choices[fitting - 1];
    const auto own = std::ranges::find(candidate.choices, counts, &Choice::counts);
    const bool equal = own != candidate.choices.end() && own->price <= budget && best.counts != counts &&
                       !told_apart(problem.request, best.worth, own->worth);
    return equal ? own->price : budget;
}

solver::LinearProgram whole_program(const Problem& problem, const Candidate& candidate, base::Money budget) {
    solver::LinearProgram program = Builder(problem, candidate).build();
    set_budget(program, candidate, budget);
    return program;
}

// One choice is made, and every choice keeps every limit but the budget: so the relaxation gains only by
// mixing a choice within the budget with one above. A column parts the two sides, as Beale and Tomlin do with
// special ordered sets (1970): with it at 1 nothing keeps the budget. It costs what a mixture could gain at
// most, which no plan within the budget pays: so the relaxation's optimum is a single choice already, and
// none of the choices, of which there may be hundreds, has to be declared whole.
void set_budget(solver::LinearProgram& program, const Candidate& candidate, base::Money budget) {
    row_of(program, "budget").right_hand_side = (budget - candidate.fixed).usd();
    solver::Row& dearer = row_of(program, "dearer_chosen");
    for (std::size_t i = 0; i < candidate.choices.size(); ++i)
        dearer.terms[i + 1].coefficient = candidate.choices[i].price > budget ? 1 : 0;
}

solver::LinearProgram cheapest_program(solver::LinearProgram program, const Candidate& candidate,
                                       std::size_t choice) {
    program.maximise = false;
    for (solver::Column& column : program.columns)
        column.objective = 0;
    const auto at = columns_of(candidate);
    program.columns[at.choices + choice].lower = 1;
    if (at.remotes) program.columns[*at.remotes].objective = candidate.per_remote.usd();
    return program;
}

solver::LinearProgram relaxed(solver::LinearProgram program) {
    for (solver::Column& column : program.columns) {
        column.integer = false;
        if (column.name == dearer_name) column.objective = 0;
    }
    return program;
}

std::size_t chosen(const Candidate& candidate, const solver::Solution& solution) {
    const auto first = solution.values.begin() + static_cast<std::ptrdiff_t>(columns_of(candidate).choices);
    return static_cast<std::size_t>(std::max_element(first, solution.values.end()) - first);
}

Counts counts_of(const Candidate& candidate, const solver::Solution& solution) {
    const auto at = columns_of(candidate);
    const auto whole = [&](std::optional<std::size_t> column) {
        return column ? static_cast<int>(std::lround(solution.values[*column])) : 0;
    };
    return {whole(at.nodes), whole(at.remotes), whole(at.others)};
}

}  // namespace deepvm::problem
