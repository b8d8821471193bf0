// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/search.h"

#include <fmt/format.h>

#include <algorithm>

#include "planner/bounds.h"
#include "planner/programs.h"

namespace deepvm::planner {
namespace {

// Those of one architecture, which lie behind one another: thousands of others are not even looked at.
std::span<const Candidate> candidates_of(const Problem& problem, Architecture architecture) {
    const auto range = problem.ranges.find(architecture);
    if (range == problem.ranges.end()) return {};
    const auto [first, end] = range->second;
    return std::span(problem.candidates).subspan(first, end - first);
}

std::vector<Bounded> bounded_candidates(const Problem& problem, Architectures architectures,
                                        base::Money budget) {
    std::vector<Bounded> bounded;
    for (const Architecture architecture : architectures)
        for (const Candidate& candidate : candidates_of(problem, architecture)) {
            const auto& choices = candidate.choices;
            if (choices.empty() || choices.front().price > budget) continue;
            const auto end = std::partition_point(
                choices.begin(), choices.end(), [&](const Choice& choice) { return choice.price <= budget; });
            const Choice& last = *(end - 1);
            bounded.push_back(
                {&candidate, static_cast<std::size_t>(end - choices.begin()), last.worth, last.price});
        }
    return bounded;
}

// A published data set, which has no provider, tells remote types apart; see told_remotes().
bool same_machines(const Plan& a, const Plan& b) {
    return a.architecture == b.architecture && a.provider == b.provider && a.worker == b.worker &&
           a.other_worker == b.other_worker && (a.remote == b.remote || !a.provider.empty());
}

// Whether a plan of the same machines is listed before any that the entry can come to: its bound is what it
// is worth at most. Of equals the entry may be the first.
bool is_beaten(const Problem& problem, const Bounded& entry, const std::vector<Plan>& plans) {
    const Candidate& candidate = *entry.candidate;
    const model::Market& market = *problem.market;
    const auto name_of = [&](std::optional<std::size_t> type) {
        return type ? std::string_view(market.types[*type].name) : std::string_view();
    };
    const Worker& worker = problem.workers[candidate.worker];
    const auto other = candidate.other ? std::optional(problem.workers[*candidate.other].type) : std::nullopt;
    const std::string& provider = market.places[worker.place].provider;
    return std::any_of(plans.begin(), plans.end(), [&](const Plan& plan) {
        const bool better =
            plan.worth > entry.worth || (plan.worth == entry.worth && plan.hourly_price < entry.price);
        return better && plan.architecture == candidate.architecture && plan.provider == provider &&
               plan.worker == name_of(worker.type) && plan.other_worker == name_of(other) &&
               (!provider.empty() || plan.remote == name_of(candidate.remote));
    });
}

// Keeps the `top` best, and of plans with the same machines (in several regions, or with other helpers) only
// the best.
void insert(std::vector<Plan>& plans, Plan plan, std::size_t top) {
    const auto same = std::find_if(plans.begin(), plans.end(),
                                   [&](const Plan& other) { return same_machines(plan, other); });
    if (same != plans.end()) {
        if (!better(plan, *same)) return;
        plans.erase(same);
    }
    plans.insert(std::upper_bound(plans.begin(), plans.end(), plan, better), std::move(plan));
    if (plans.size() > top) plans.pop_back();
}

}  // namespace

void Search::doubt(const Candidate& candidate, const Solution& solution) {
    if (!proof_.proven) return;
    proof_.proven = false;
    proof_.doubt =
        fmt::format("lp_solve ended with {} on {} with {}", describe(solution), name(candidate.architecture),
                    problem_.market->types[problem_.workers[candidate.worker].type].name);
}

Solution Search::solve_counted(const LinearProgram& program) {
    Solution solution = solver_.solve(program, stop_);
    ++proof_.programs;
    cancelled_ = cancelled_ || solution.status == SolveStatus::cancelled;
    return solution;
}

// lp_solve chooses; exact arithmetic certifies. What is worth more costs more, so a choice is optimal exactly
// when it fits and the next does not. Where the solver's floating point fails one of the two, the program is
// cut and solved again. The bound is tight, so the first program holds only the few choices next to it;
// smaller ones are tried only when none of these fits.
std::optional<Plan> Search::best_of(const Candidate& candidate, std::span<const Choice> choices,
                                    base::Money budget) {
    constexpr std::size_t window = 2;
    while (!choices.empty()) {
        const auto tried = choices.last(std::min(window, choices.size()));
        const Solution solution = solve_counted(best_program(candidate, tried, budget));
        if (cancelled_) return std::nullopt;
        const bool any_fits = fits(candidate, tried.front().counts, budget);
        if (solution.status == SolveStatus::infeasible && !any_fits) {
            choices = choices.first(choices.size() - tried.size());
            continue;
        }
        if (solution.status != SolveStatus::optimal) {
            doubt(candidate, solution);
            if (any_fits) return make_plan(problem_, candidate, tried.front().counts, budget);
            return std::nullopt;
        }
        const auto place = choices.size() - tried.size() + chosen(solution, tried.size());
        const bool fits_exactly = fits(candidate, choices[place].counts, budget);
        const bool last = place + 1 == choices.size() || !fits(candidate, choices[place + 1].counts, budget);
        if (fits_exactly && last) return make_plan(problem_, candidate, choices[place].counts, budget);
        ++proof_.overruled;
        choices = fits_exactly ? choices.subspan(place + 1) : choices.first(place);
    }
    return std::nullopt;
}

std::vector<Plan> Search::best(Architectures architectures, base::Money budget, int top) {
    auto bounded = bounded_candidates(problem_, architectures, budget);
    proof_.candidates += static_cast<int>(bounded.size());
    return best_among(std::move(bounded), budget, static_cast<std::size_t>(top));
}

// A heap: mostly only the first few are ever looked at.
std::vector<Plan> Search::best_among(std::vector<Bounded> bounded, base::Money budget, std::size_t wanted) {
    std::vector<Plan> plans;
    std::make_heap(bounded.begin(), bounded.end());
    for (; !bounded.empty(); bounded.pop_back()) {
        std::pop_heap(bounded.begin(), bounded.end());
        const Bounded& entry = bounded.back();
        if (plans.size() == wanted) {
            const Plan& last = plans.back();
            if (entry.worth < last.worth) {
                proof_.bound = std::max(proof_.bound.value_or(entry.worth), entry.worth);
                break;
            }
            if (entry.worth == last.worth && entry.price > last.hourly_price) continue;
        }
        if (is_beaten(problem_, entry, plans)) continue;
        auto plan =
            best_of(*entry.candidate, std::span(entry.candidate->choices).first(entry.choices), budget);
        if (cancelled_) return {};
        if (plan) insert(plans, std::move(*plan), wanted);
    }
    return plans;
}

std::optional<Plan> Search::best(Architectures architectures, base::Money budget) {
    auto plans = best(architectures, budget, 1);
    if (plans.empty()) return std::nullopt;
    return std::move(plans.front());
}

std::optional<Plan> Search::cheapest_above(Architectures architectures, double worth) {
    std::vector<Bounded> cheapest;  // all at one price
    for (const Architecture architecture : architectures)
        for (const Candidate& candidate : candidates_of(problem_, architecture)) {
            const auto& choices = candidate.choices;
            if (choices.empty() || choices.back().worth <= worth) continue;
            if (!cheapest.empty() && choices.front().price > cheapest.front().price) continue;
            const auto first = std::partition_point(
                choices.begin(), choices.end(), [&](const Choice& choice) { return choice.worth <= worth; });
            if (!cheapest.empty() && first->price > cheapest.front().price) continue;
            if (!cheapest.empty() && first->price < cheapest.front().price) cheapest.clear();
            cheapest.push_back({&candidate, static_cast<std::size_t>(first - choices.begin()) + 1,
                                first->worth, first->price});
        }
    if (cheapest.empty()) return std::nullopt;
    const auto price = cheapest.front().price;
    auto plans = best_among(std::move(cheapest), price, 1);
    if (plans.empty()) return std::nullopt;
    return std::move(plans.front());
}

}  // namespace deepvm::planner
