// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/solved_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problem/bounds.h"
#include "problem/programs.h"
#include "problem/relaxation.h"

namespace deepvm::explain {
namespace {

using Clock = std::chrono::steady_clock;

// Of the solver's own tolerances the widest, relative to the numbers of a row.
constexpr double tolerance = 1e-9;

bool same(double a, double b) {
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

// The columns' values for the counts of a choice, which fit.
std::vector<double> values_of(const solver::LinearProgram& program, const problem::Candidate& candidate,
                              std::size_t choice) {
    const auto at = columns_of(candidate);
    const problem::Counts counts = candidate.choices[choice].counts;
    std::vector<double> values(program.columns.size(), 0);
    values[at.nodes] = counts.nodes;
    if (at.others) values[*at.others] = counts.others;
    if (at.remotes) values[*at.remotes] = counts.remotes;
    values[at.choices + choice] = 1;
    return values;
}

std::vector<double> rounded(std::vector<double> values) {
    for (double& value : values)
        value = std::round(value);
    return values;
}

// What lp_solve says of `program`, held against `expected`: why it does not confirm it, empty when it does.
std::string doubt_of(const solver::LinearProgram& program, const problem::Candidate& candidate,
                     const problem::Plan& plan, const std::vector<double>& expected, std::size_t choice,
                     const std::stop_token& stop) {
    solver::Solution solution = solve(program, stop);
    const auto failed = [](const solver::Solution& of) { return "lp_solve reports " + solver::describe(of); };
    if (solution.status != solver::SolveStatus::optimal) return failed(solution);
    if (!same(solution.objective, plan.objective))
        return fmt::format("lp_solve's optimum is {}, the plan's {}", solution.objective, plan.objective);
    // m is worth nothing by itself: among the optima the cheapest is the plan's.
    if (candidate.remotes_follow && rounded(solution.values) != expected) {
        solution = solve(cheapest_program(program, candidate, choice), stop);
        if (solution.status != solver::SolveStatus::optimal) return failed(solution);
    }
    if (rounded(solution.values) == expected) return {};
    const problem::Counts other = counts_of(candidate, solution);
    return fmt::format("lp_solve chooses {} nodes and {} remote nodes", other.nodes, other.remotes);
}

SolvedRow solved_row(const solver::Row& row, RowWords words, const std::vector<double>& values) {
    SolvedRow solved;
    solved.name = row.name;
    solved.words = std::move(words);
    solved.sense = row.sense;
    solved.right_hand_side = row.right_hand_side;
    for (const solver::Term& term : row.terms)
        solved.activity += term.coefficient * values[term.column];
    solved.slack = row.sense == solver::Sense::at_least ? solved.activity - row.right_hand_side
                                                        : row.right_hand_side - solved.activity;
    const double size = std::max({std::abs(solved.activity), std::abs(row.right_hand_side), 1.0});
    if (std::abs(solved.slack) <= tolerance * size) solved.slack = 0;
    const bool whole = solved.words.unit == "nodes" || solved.words.unit == "remotes";
    solved.used_up = whole ? solved.slack < 1 : solved.slack == 0;
    return solved;
}

// Whether the plan's own state of the limit that the row speaks of binds: the first that no row has taken.
bool take_state(std::vector<problem::LimitState>& states, const SolvedRow& row) {
    if (!row.words.limit) return false;
    const auto own = std::ranges::find_if(states, [&](const problem::LimitState& state) {
        return state.limit == *row.words.limit && state.unit == row.words.unit;
    });
    if (own == states.end()) return false;
    const bool binding = own->binding;
    states.erase(own);
    return binding;
}

// As the planner's reasons work it out: at a corner where several prices are right, the same ones.
void add_relaxation(SolvedProgram& solved, const problem::Problem& problem,
                    const problem::Candidate& candidate, const std::stop_token& stop) {
    const auto relaxation = relax(problem, candidate, solved.budget,
                                  [&](const solver::LinearProgram& program) { return solve(program, stop); });
    if (!relaxation) return;
    solved.relaxed_optimum = relaxation->objective;
    for (std::size_t i = 0; i < solved.rows.size(); ++i)
        if (solved.rows[i].sense != solver::Sense::equal) solved.rows[i].relaxed_price = relaxation->duals[i];
}

void add_columns_and_rows(SolvedProgram& solved, const problem::Problem& problem,
                          const problem::Candidate& candidate, const solver::LinearProgram& program,
                          const std::vector<double>& values) {
    ProgramWords words = describe(problem, candidate, solved.budget, program);
    solved.maximise = program.maximise;
    solved.objective = std::move(words.objective);
    solved.objective_meaning = std::move(words.objective_meaning);
    solved.objective_unit = words.objective_unit;
    if (!is_of_job(problem.request.objective))
        solved.value_per_node = problem.workers[candidate.worker].value_per_node;
    solved.choices = candidate.choices.size();
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const solver::Column& column = program.columns[j];
        solved.columns.push_back({column.name, std::move(words.columns[j]), column.objective, values[j]});
        solved.optimum += column.objective * values[j];
    }
    std::vector<problem::LimitState> states = solved.plan.limits;
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        auto row = solved_row(program.rows[i], std::move(words.rows[i]), values);
        row.binding = take_state(states, row);
        solved.rows.push_back(std::move(row));
    }
}

}  // namespace

base::Result<SolvedProgram> solve_program(const problem::Problem& problem, const problem::Plan& plan,
                                          base::Money budget, const std::stop_token& stop) {
    const problem::Candidate* candidate = candidate_of(problem, plan);
    const auto counts = counts_of(plan);
    const auto choice = candidate ? static_cast<std::size_t>(std::ranges::find(candidate->choices, counts,
                                                                               &problem::Choice::counts) -
                                                             candidate->choices.begin())
                                  : 0;
    if (!candidate || choice == candidate->choices.size())
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} is no plan of this problem", machines(plan)));
    SolvedProgram solved;
    solved.plan = plan;
    solved.budget = asked_budget(problem, *candidate, counts, budget);
    const solver::LinearProgram program = whole_program(problem, *candidate, solved.budget);
    const auto values = values_of(program, *candidate, choice);
    add_columns_and_rows(solved, problem, *candidate, program, values);
    const auto begun = Clock::now();
    solved.doubt = doubt_of(program, *candidate, plan, values, choice, stop);
    solved.elapsed = Clock::now() - begun;
    solved.proven = solved.doubt.empty();
    if (!stop.stop_requested()) add_relaxation(solved, problem, *candidate, stop);
    if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "solving was cancelled");
    return solved;
}

}  // namespace deepvm::explain
