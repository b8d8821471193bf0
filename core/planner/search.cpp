// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/search.h"

#include <fmt/format.h>

#include <algorithm>

#include "problem/bounds.h"
#include "problem/programs.h"
#include "problem/steps.h"

namespace deepvm::planner {
namespace {

std::vector<Bounded> bounded_candidates(const problem::Problem& problem, Architectures architectures,
                                        base::Money budget) {
    std::vector<Bounded> bounded;
    for (const problem::Architecture architecture : architectures)
        for (const auto index : problem.contenders.at(architecture)) {
            const problem::Candidate& candidate = problem.candidates[index];
            const auto fitting = affordable_choices(candidate, budget);
            if (fitting == 0) continue;
            const problem::Choice& last = candidate.choices[fitting - 1];
            bounded.push_back({&candidate, last.worth, last.price});
        }
    return bounded;
}

// Whether a list tells the candidate's plans from this one only by region and helpers. A published data set,
// which has no provider, tells remote types apart; see told_remotes().
bool same_machines(const problem::Problem& problem, const problem::Candidate& candidate,
                   const problem::Plan& plan) {
    const model::Market& market = *problem.market;
    const auto name_of = [&](std::optional<std::size_t> type) {
        return type ? std::string_view(market.types[*type].name) : std::string_view();
    };
    const problem::Worker& worker = problem.workers[candidate.worker];
    const auto other = candidate.other ? std::optional(problem.workers[*candidate.other].type) : std::nullopt;
    const std::string& provider = market.places[worker.place].provider;
    return plan.architecture == candidate.architecture && plan.provider == provider &&
           plan.worker == name_of(worker.type) && plan.other_worker == name_of(other) &&
           (!provider.empty() || plan.remote == name_of(candidate.remote));
}

// Whether a plan of the same machines is listed before any that the entry can come to: its bound is what it
// is worth at most. Of equals the entry may be the first.
bool is_beaten(const problem::Problem& problem, const Bounded& entry,
               const std::vector<problem::Plan>& plans) {
    return std::any_of(plans.begin(), plans.end(), [&](const problem::Plan& plan) {
        const bool better =
            plan.worth > entry.worth || (plan.worth == entry.worth && plan.hourly_price < entry.price);
        return better && same_machines(problem, *entry.candidate, plan);
    });
}

// Keeps the `top` best, and of plans with the same machines (in several regions, or with other helpers) only
// the best.
void insert(const problem::Problem& problem, const problem::Candidate& candidate,
            std::vector<problem::Plan>& plans, problem::Plan plan, std::size_t top) {
    const auto same = std::find_if(plans.begin(), plans.end(), [&](const problem::Plan& other) {
        return same_machines(problem, candidate, other);
    });
    if (same != plans.end()) {
        if (!better(plan, *same)) return;
        plans.erase(same);
    }
    plans.insert(std::upper_bound(plans.begin(), plans.end(), plan, problem::better), std::move(plan));
    if (plans.size() > top) plans.pop_back();
}

}  // namespace

void Search::doubt(const problem::Candidate& candidate, const solver::Solution& solution) {
    if (!proof_.proven) return;
    proof_.proven = false;
    proof_.doubt =
        fmt::format("lp_solve ended with {} on {} with {}", describe(solution), name(candidate.architecture),
                    problem_.market->types[problem_.workers[candidate.worker].type].name);
}

solver::Solution Search::counted(solver::Solution solution) {
    ++proof_.programs;
    cancelled_ = cancelled_ || solution.status == solver::SolveStatus::cancelled;
    return solution;
}

solver::Solution Search::solve_counted(const solver::LinearProgram& program) {
    return counted(solve(program, stop_));
}

// lp_solve chooses on the whole program; exact arithmetic certifies. What is worth more costs more, so a
// choice is optimal exactly when it fits and the next does not. Where the solver's floating point fails one
// of the two, the choices that are then out of the question are held at 0 and it is asked again.
std::optional<problem::Counts> Search::solved(const problem::Candidate& candidate, base::Money budget) {
    const auto& choices = candidate.choices;
    std::size_t first = 0;
    std::size_t end = choices.size();
    while (first < end) {
        const solver::Solution solution =
            counted(programs_.solve(problem_, candidate, budget, first, end, stop_));
        if (cancelled_) return std::nullopt;
        if (solution.status == solver::SolveStatus::infeasible && choices[first].price > budget)
            return std::nullopt;
        if (solution.status != solver::SolveStatus::optimal) {
            doubt(candidate, solution);
            break;
        }
        const auto place = chosen(candidate, solution);
        const problem::Counts counts = choices[place].counts;
        const bool fits_exactly = fits(candidate, counts, budget);
        const bool last = place + 1 == choices.size() || choices[place + 1].price > budget;
        if (fits_exactly && last)
            return counts_of(candidate, solution) == counts ? counts
                                                            : with_fewest_remotes(candidate, budget, place);
        ++proof_.overruled;
        (fits_exactly ? first : end) = fits_exactly ? place + 1 : place;
    }
    // The solver has failed, which is said; the table knows a plan that fits.
    const auto fitting = affordable_choices(candidate, budget);
    if (fitting == 0) return std::nullopt;
    return choices[fitting - 1].counts;
}

// More remote nodes than are needed are worth nothing and cost something: of the optima the cheapest.
std::optional<problem::Counts> Search::with_fewest_remotes(const problem::Candidate& candidate,
                                                           base::Money budget, std::size_t choice) {
    const auto program = cheapest_program(whole_program(problem_, candidate, budget), candidate, choice);
    const solver::Solution solution = solve_counted(program);
    if (cancelled_) return std::nullopt;
    const problem::Counts counts = candidate.choices[choice].counts;
    if (solution.status != solver::SolveStatus::optimal || counts_of(candidate, solution) != counts)
        doubt(candidate, solution);
    return counts;
}

// What the rest of the budget buys more of the same machines may be too little to be told apart: the answer
// is the cheaper, for which lp_solve is asked at its own price.
std::optional<problem::Plan> Search::plan_of(const problem::Step& step, base::Money budget) {
    const problem::Candidate& candidate = problem_.candidates[step.candidate];
    const problem::Counts expected = candidate.choices[step.choice].counts;
    const auto counts = solved(candidate, asked_budget(problem_, candidate, expected, budget));
    if (!counts) return std::nullopt;
    return make_plan(problem_, candidate, *counts, budget);
}

std::vector<problem::Plan> Search::best(Architectures architectures, base::Money budget, int top) {
    auto bounded = bounded_candidates(problem_, architectures, budget);
    proof_.candidates += static_cast<int>(bounded.size());
    auto winner = best(architectures, budget);
    if (!winner) return {};
    auto plans = others(std::move(bounded), *winner, budget, static_cast<std::size_t>(top) - 1);
    plans.insert(plans.begin(), std::move(*winner));
    return plans;
}

// A heap: mostly only the first few are ever looked at.
std::vector<problem::Plan> Search::others(std::vector<Bounded> bounded, const problem::Plan& winner,
                                          base::Money budget, std::size_t wanted) {
    std::vector<problem::Plan> plans;
    std::make_heap(bounded.begin(), bounded.end());
    for (; !bounded.empty(); bounded.pop_back()) {
        std::pop_heap(bounded.begin(), bounded.end());
        const Bounded& entry = bounded.back();
        if (same_machines(problem_, *entry.candidate, winner)) continue;
        if (plans.size() == wanted) {
            if (wanted == 0 || entry.worth < plans.back().worth) {
                proof_.bound = std::max(proof_.bound.value_or(entry.worth), entry.worth);
                break;
            }
            if (entry.worth == plans.back().worth && entry.price > plans.back().hourly_price) continue;
        }
        if (is_beaten(problem_, entry, plans)) continue;
        const auto counts = solved(*entry.candidate, budget);
        if (cancelled_) return {};
        if (counts)
            insert(problem_, *entry.candidate, plans, make_plan(problem_, *entry.candidate, *counts, budget),
                   wanted);
    }
    return plans;
}

std::optional<problem::Plan> Search::best(Architectures architectures, base::Money budget) {
    const auto steps = steps_of(problem_, architectures);
    const auto at = step_at(steps, budget);
    if (!at) return std::nullopt;
    return plan_of(steps[*at], budget);
}

std::optional<problem::Plan> Search::next(Architectures architectures, base::Money budget) {
    const auto steps = steps_of(problem_, architectures);
    const auto above = std::ranges::upper_bound(steps, budget, {}, &problem::Step::price);
    if (above == steps.end()) return std::nullopt;
    return plan_of(*above, above->price);
}

}  // namespace deepvm::planner
