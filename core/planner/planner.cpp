// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/planner.h"

#include <algorithm>

#include "planner/policies.h"
#include "planner/reasons.h"
#include "planner/search.h"
#include "planner/worth.h"

namespace deepvm::planner {
namespace {

using Clock = std::chrono::steady_clock;

tl::unexpected<base::Error> cancelled() {
    return base::fail(base::ErrorCode::cancelled, "planning was cancelled");
}

std::vector<Plan> ranked(const std::map<Architecture, std::vector<Plan>>& by_architecture, int top) {
    std::vector<Plan> all;
    for (const auto& [architecture, plans] : by_architecture)
        all.insert(all.end(), plans.begin(), plans.end());
    std::sort(all.begin(), all.end(), better);
    if (all.size() > static_cast<std::size_t>(top)) all.resize(static_cast<std::size_t>(top));
    return all;
}

void absorb(Proof& proof, const Proof& other) {
    if (proof.proven && !other.proven) proof.doubt = other.doubt;
    proof.proven = proof.proven && other.proven;
    proof.programs += other.programs;
    proof.overruled += other.overruled;
    proof.candidates += other.candidates;
}

// Each worth more than all cheaper ones; of those up to `from` only the last, which is best there.
std::vector<Plan> envelope(const std::map<Architecture, std::vector<Plan>>& by_architecture,
                           base::Money from) {
    std::vector<Plan> all;
    for (const auto& [architecture, plans] : by_architecture)
        all.insert(all.end(), plans.begin(), plans.end());
    std::sort(all.begin(), all.end(), [](const Plan& a, const Plan& b) {
        return a.hourly_price != b.hourly_price ? a.hourly_price < b.hourly_price : better(a, b);
    });
    std::vector<Plan> rising;
    for (Plan& plan : all) {
        if (!rising.empty() && plan.worth <= rising.back().worth) continue;
        if (!rising.empty() && plan.hourly_price <= from) rising.clear();
        rising.push_back(std::move(plan));
    }
    return rising;
}

std::vector<Plan> steps(Search& search, Architecture architecture, base::Money from, base::Money to) {
    const Architectures one(&architecture, 1);
    std::vector<Plan> found = search.best(one, from, 1);
    while (!search.cancelled()) {
        auto next = search.cheapest_above(one, found.empty() ? 0 : found.back().worth);
        if (!next || next->hourly_price > to) break;
        found.push_back(std::move(*next));
    }
    return found;
}

std::optional<NextStep> step_up(const Problem& problem, std::optional<Plan> plan, const Plan& below,
                                base::Money budget) {
    if (!plan) return std::nullopt;
    const auto extra = plan->hourly_price - budget;
    const double gain = gain_percent(problem.request.objective, below, *plan);
    return NextStep{std::move(*plan), extra, gain};
}

// Above the winner over all architectures, and above each architecture's best on its own.
void find_next_steps(const Problem& problem, Search& search, Decision& decision) {
    const Plan& winner = decision.ranked.front();
    decision.next_step = step_up(problem, search.cheapest_above(problem.request.architectures, winner.worth),
                                 winner, decision.budget);
    for (const auto& [architecture, plans] : decision.by_architecture) {
        if (plans.empty()) continue;
        const bool known = decision.next_step && architecture == winner.architecture &&
                           architecture == decision.next_step->plan.architecture;
        const Plan& best = plans.front();
        auto step = known
                        ? decision.next_step
                        : step_up(problem, search.cheapest_above(Architectures(&architecture, 1), best.worth),
                                  best, decision.budget);
        if (step) decision.next_steps[architecture] = std::move(*step);
    }
}

// The no-scale planner chose by what it believes; what its nodes are worth is another matter.
void tell_truth(const Problem& problem, Policies& policies) {
    Plan& no_scale = *policies.no_scale;
    const Plan truth = plain_plan(problem, *candidate_of(problem, no_scale), counts_of(no_scale));
    no_scale.effective_nodes = truth.effective_nodes;
    no_scale.throughput_tflops = truth.throughput_tflops;
    no_scale.scaling = truth.scaling;
    no_scale.job = truth.job;
    policies.no_scale_truly = truth;
}

}  // namespace

base::Result<Decision> decide(const Problem& problem, base::Money budget, std::stop_token stop) {
    const auto begun = Clock::now();
    const Architectures architectures = problem.request.architectures;
    Decision decision;
    decision.budget = budget;
    Search search(problem, stop);
    for (const auto& architecture : architectures)
        decision.by_architecture[architecture] =
            search.best(Architectures(&architecture, 1), budget, problem.request.top);
    decision.ranked = ranked(decision.by_architecture, problem.request.top);
    const Proof asked = search.proof();  // at this budget; the steps and reasons ask at others

    if (decision.ranked.empty()) {
        decision.cheapest = search.cheapest_above(architectures, 0);
    } else {
        find_next_steps(problem, search, decision);
        decision.reasons = find_reasons(problem, search, decision);
    }
    decision.policies.cost_first = choose(problem, Policy::cost_first, budget);
    decision.policies.performance_first = choose(problem, Policy::performance_first, budget);
    Search unscaled(*problem.no_scale, stop);
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

base::Result<Frontier> frontier(const Problem& problem, base::Money from, base::Money to,
                                std::stop_token stop) {
    const auto begun = Clock::now();
    Frontier result;
    result.from = from;
    result.to = to;
    Search search(problem, stop);
    for (const auto architecture : problem.request.architectures)
        result.by_architecture[architecture] = steps(search, architecture, from, to);
    if (search.cancelled()) return cancelled();
    result.overall = envelope(result.by_architecture, from);
    result.cost_first = policy_steps(problem, Policy::cost_first, from, to);
    result.performance_first = policy_steps(problem, Policy::performance_first, from, to);
    result.proof = search.proof();
    result.proof.elapsed = Clock::now() - begun;
    return result;
}

}  // namespace deepvm::planner
