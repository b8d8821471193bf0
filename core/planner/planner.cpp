// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/planner.h"

#include <algorithm>

#include "planner/policies.h"
#include "planner/reasons.h"
#include "planner/search.h"
#include "problem/steps.h"
#include "problem/worth.h"

namespace deepvm::planner {
namespace {

using Clock = std::chrono::steady_clock;

tl::unexpected<base::Error> cancelled() {
    return base::fail(base::ErrorCode::cancelled, "planning was cancelled");
}

// The answer over all architectures first, which is the first of its own; then of the lists' next plans
// always the best, so that each list keeps its order.
std::vector<problem::Plan> ranked(const problem::Problem& problem, const Decision& decision) {
    std::map<problem::Architecture, std::span<const problem::Plan>> left(decision.by_architecture.begin(),
                                                                         decision.by_architecture.end());
    std::erase_if(left, [](const auto& list) { return list.second.empty(); });
    std::vector<problem::Plan> all;
    const auto take = [&](auto list) {
        all.push_back(list->second.front());
        list->second = list->second.subspan(1);
        if (list->second.empty()) left.erase(list);
    };
    if (const auto at = step_at(problem.overall_steps, decision.budget)) {
        const problem::Step& step = problem.overall_steps[*at];
        if (const auto own = left.find(problem.candidates[step.candidate].architecture); own != left.end())
            take(own);
    }
    while (!left.empty() && all.size() < static_cast<std::size_t>(problem.request.top))
        take(std::ranges::min_element(
            left, [](const auto& a, const auto& b) { return better(a.second.front(), b.second.front()); }));
    return all;
}

void absorb(Proof& proof, const Proof& other) {
    if (proof.proven && !other.proven) proof.doubt = other.doubt;
    proof.proven = proof.proven && other.proven;
    proof.programs += other.programs;
    proof.overruled += other.overruled;
    proof.candidates += other.candidates;
}

// As the table has them: a chart's hundreds of steps. Where the budget stands, lp_solve is asked.
std::vector<problem::Plan> plans_of(const problem::Problem& problem, std::span<const problem::Step> steps,
                                    base::Money from, base::Money to) {
    std::vector<problem::Plan> plans;
    for (auto i = step_at(steps, from).value_or(0); i < steps.size(); ++i) {
        const problem::Step& step = steps[i];
        if (step.price > to && step.price > from) break;
        const problem::Candidate& candidate = problem.candidates[step.candidate];
        plans.push_back(plain_plan(problem, candidate, candidate.choices[step.choice].counts));
    }
    return plans;
}

std::optional<NextStep> step_up(const problem::Problem& problem, std::optional<problem::Plan> plan,
                                const problem::Plan& below, base::Money budget) {
    if (!plan) return std::nullopt;
    const auto extra = plan->hourly_price - budget;
    const double gain = gain_percent(problem.request.objective, below, *plan);
    return NextStep{std::move(*plan), extra, gain};
}

// Above the winner over all architectures, and above each architecture's best on its own.
void find_next_steps(const problem::Problem& problem, Search& search, Decision& decision) {
    const problem::Plan& winner = decision.ranked.front();
    decision.next_step = step_up(problem, search.next(problem.request.architectures, decision.budget), winner,
                                 decision.budget);
    for (const auto& [architecture, plans] : decision.by_architecture) {
        if (plans.empty()) continue;
        const bool known = decision.next_step && architecture == winner.architecture &&
                           architecture == decision.next_step->plan.architecture;
        const problem::Plan& best = plans.front();
        auto step = known ? decision.next_step
                          : step_up(problem, search.next(Architectures(&architecture, 1), decision.budget),
                                    best, decision.budget);
        if (step) decision.next_steps[architecture] = std::move(*step);
    }
}

// The no-scale planner chose by what it believes; what its nodes are worth is another matter.
void tell_truth(const problem::Problem& problem, Policies& policies) {
    problem::Plan& no_scale = *policies.no_scale;
    const problem::Plan truth = plain_plan(problem, *candidate_of(problem, no_scale), counts_of(no_scale));
    no_scale.effective_nodes = truth.effective_nodes;
    no_scale.throughput_tflops = truth.throughput_tflops;
    no_scale.scaling = truth.scaling;
    no_scale.job = truth.job;
    policies.no_scale_truly = truth;
}

}  // namespace

base::Result<Decision> decide(const problem::Problem& problem, base::Money budget, KeptPrograms& programs,
                              std::stop_token stop) {
    const auto begun = Clock::now();
    const Architectures architectures = problem.request.architectures;
    Decision decision;
    decision.budget = budget;
    Search search(problem, programs, stop);
    for (const auto& architecture : architectures)
        decision.by_architecture[architecture] =
            search.best(Architectures(&architecture, 1), budget, problem.request.top);
    decision.ranked = ranked(problem, decision);
    const Proof asked = search.proof();  // at this budget; the steps and reasons ask at others

    if (decision.ranked.empty()) {
        decision.cheapest = search.next(architectures, budget);
    } else {
        find_next_steps(problem, search, decision);
        decision.reasons = find_reasons(problem, search, decision);
    }
    decision.policies.cost_first = choose(problem, Policy::cost_first, budget);
    decision.policies.performance_first = choose(problem, Policy::performance_first, budget);
    Search unscaled(*problem.no_scale, programs, stop);
    decision.policies.no_scale = unscaled.best(problem.no_scale->request.architectures, budget);
    if (decision.policies.no_scale) tell_truth(problem, decision.policies);

    if (search.cancelled() || unscaled.cancelled()) return cancelled();
    decision.proof = search.proof();
    absorb(decision.proof, unscaled.proof());
    if (asked.bound) decision.proof.bound = objective_of(problem.request.objective, *asked.bound);
    decision.proof.candidates = asked.candidates;
    decision.proof.elapsed = Clock::now() - begun;
    return decision;
}

base::Result<Decision> decide(const problem::Problem& problem, base::Money budget, std::stop_token stop) {
    KeptPrograms programs;
    return decide(problem, budget, programs, std::move(stop));
}

base::Result<Frontier> frontier(const problem::Problem& problem, base::Money from, base::Money to,
                                std::stop_token stop) {
    const auto begun = Clock::now();
    Frontier result;
    result.from = from;
    result.to = to;
    for (const auto& [architecture, steps] : problem.steps)
        result.by_architecture[architecture] = plans_of(problem, steps, from, to);
    if (stop.stop_requested()) return cancelled();
    result.overall = plans_of(problem, problem.overall_steps, from, to);
    result.cost_first = policy_steps(problem, Policy::cost_first, from, to);
    result.performance_first = policy_steps(problem, Policy::performance_first, from, to);
    result.elapsed = Clock::now() - begun;
    return result;
}

}  // namespace deepvm::planner
