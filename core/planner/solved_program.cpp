// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/solved_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/bounds.h"
#include "planner/programs.h"
#include "planner/relaxation.h"

namespace deepvm::planner {
namespace {

using Clock = std::chrono::steady_clock;

// Of the solver's own tolerances the widest, relative to the numbers of a row.
constexpr double tolerance = 1e-9;

bool same(double a, double b) {
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

// The columns' values for n nodes and m remote nodes.
std::vector<double> values_of(const LinearProgram& program, const Candidate& candidate, Counts counts) {
    std::vector<double> values(program.columns.size(), 0);
    for (std::size_t i = 0; i < candidate.choices.size(); ++i)
        if (candidate.choices[i].counts == counts) values[i] = 1;
    if (candidate.remotes_follow) values.back() = counts.remotes;
    return values;
}

std::vector<double> rounded(std::vector<double> values) {
    for (double& value : values)
        value = std::round(value);
    return values;
}

// The same rows with the number of nodes decided; what is left to choose is the cheapest m.
LinearProgram cheapest_at(LinearProgram program, const Candidate& candidate, std::size_t chosen) {
    program.maximise = false;
    for (Column& column : program.columns)
        column.objective = 0;
    program.columns[chosen].lower = 1;
    program.columns.back().objective = candidate.per_remote.usd();
    return program;
}

// What lp_solve says of `program`, held against `expected`: why it does not confirm it, empty when it does.
std::string doubt_of(const LinearProgram& program, const Candidate& candidate, const Plan& plan,
                     const std::vector<double>& expected, const std::stop_token& stop) {
    Solution solution = solve(program, stop);
    const auto failed = [](const Solution& of) { return "lp_solve reports " + planner::describe(of); };
    if (solution.status != SolveStatus::optimal) return failed(solution);
    if (!same(solution.objective, plan.objective))
        return fmt::format("lp_solve's optimum is {}, the plan's {}", solution.objective, plan.objective);
    auto values = rounded(solution.values);
    const auto planned = std::find(expected.begin(), expected.end(), 1) - expected.begin();
    // m is worth nothing by itself: among the optima the cheapest is the plan's.
    if (candidate.remotes_follow && values != expected) {
        solution = solve(cheapest_at(program, candidate, static_cast<std::size_t>(planned)), stop);
        if (solution.status != SolveStatus::optimal) return failed(solution);
        values = rounded(solution.values);
    }
    if (values == expected) return {};
    const Counts& other = candidate.choices[chosen(solution, candidate.choices.size())].counts;
    return fmt::format("lp_solve chooses {} nodes and {} remote nodes", other.nodes,
                       candidate.remotes_follow ? values.back() : other.remotes);
}

// Whether the next step breaks this row: a limit on nodes and on remote nodes can bear the same name.
bool breaks(const SolvedRow& row, std::optional<Counts> next) {
    if (!next) return false;
    if (row.words.unit == "remotes") return next->remotes > row.right_hand_side;
    return row.words.unit != "nodes" || row.words.limit == Limit::network_saturation ||
           next->nodes > row.right_hand_side;
}

SolvedRow solved_row(const Row& row, RowWords words, const std::vector<double>& values) {
    SolvedRow solved;
    solved.name = row.name;
    solved.words = std::move(words);
    solved.sense = row.sense;
    solved.right_hand_side = row.right_hand_side;
    for (const Term& term : row.terms)
        solved.activity += term.coefficient * values[term.column];
    solved.slack = row.sense == Sense::at_least ? solved.activity - row.right_hand_side
                                                : row.right_hand_side - solved.activity;
    const double size = std::max({std::abs(solved.activity), std::abs(row.right_hand_side), 1.0});
    if (std::abs(solved.slack) <= tolerance * size) solved.slack = 0;
    const bool whole = solved.words.unit == "nodes" || solved.words.unit == "remotes";
    solved.used_up = whole ? solved.slack < 1 : solved.slack == 0;
    return solved;
}

// As the planner's reasons work it out: at a corner where several prices are right, the same ones.
void add_relaxation(SolvedProgram& solved, const Problem& problem, const Candidate& candidate,
                    const std::stop_token& stop) {
    const auto relaxation = relax(problem, candidate, solved.budget,
                                  [&](const LinearProgram& program) { return solve(program, stop); });
    if (!relaxation) return;
    solved.relaxed_optimum = relaxation->objective;
    for (std::size_t i = 0; i < relaxation->duals.size(); ++i)
        solved.rows[i].relaxed_price = relaxation->duals[i];
}

void add_columns_and_rows(SolvedProgram& solved, const Problem& problem, const Candidate& candidate,
                          const LinearProgram& program, const std::vector<double>& values) {
    ProgramWords words = describe(problem, candidate, solved.budget, program);
    solved.objective = std::move(words.objective);
    solved.objective_meaning = std::move(words.objective_meaning);
    solved.objective_unit = words.objective_unit;
    if (!is_of_job(problem.request.objective))
        solved.value_per_node = problem.workers[candidate.worker].value_per_node;
    solved.choices = candidate.choices.size();
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const Column& column = program.columns[j];
        solved.columns.push_back({column.name, std::move(words.columns[j]), column.objective, values[j]});
        solved.optimum += column.objective * values[j];
    }
    const auto next = next_counts(problem, candidate, counts_of(solved.plan));
    if (next) solved.next_nodes = next->nodes;
    const auto& binding = solved.plan.binding;
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        auto row = solved_row(program.rows[i], std::move(words.rows[i]), values);
        row.binding = row.words.limit &&
                      std::find(binding.begin(), binding.end(), *row.words.limit) != binding.end() &&
                      breaks(row, next);
        solved.rows.push_back(std::move(row));
    }
}

}  // namespace

base::Result<SolvedProgram> solve_program(const Problem& problem, const Plan& plan, base::Money budget,
                                          const std::stop_token& stop) {
    const Candidate* candidate = candidate_of(problem, plan);
    const auto is_plan = [&](const Choice& choice) { return choice.counts == counts_of(plan); };
    if (!candidate || std::none_of(candidate->choices.begin(), candidate->choices.end(), is_plan))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} is no plan of this problem", machines(plan)));
    const LinearProgram program = full_program(problem, *candidate, budget);
    const auto values = values_of(program, *candidate, counts_of(plan));
    SolvedProgram solved;
    solved.plan = plan;
    solved.budget = budget;
    add_columns_and_rows(solved, problem, *candidate, program, values);
    const auto begun = Clock::now();
    solved.doubt = doubt_of(program, *candidate, plan, values, stop);
    solved.elapsed = Clock::now() - begun;
    solved.proven = solved.doubt.empty();
    if (!stop.stop_requested()) add_relaxation(solved, problem, *candidate, stop);
    if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "solving was cancelled");
    return solved;
}

}  // namespace deepvm::planner
