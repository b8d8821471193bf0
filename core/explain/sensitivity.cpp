// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/sensitivity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "planner/decision.h"
#include "planner/search.h"
#include "problem/candidates.h"
#include "problem/worth.h"

namespace deepvm::explain {
namespace {

using Clock = std::chrono::steady_clock;

// A factor in millionths: prices and counts are scaled in whole numbers.
struct Scale {
    std::int64_t millionths = 1'000'000;

    double factor() const { return static_cast<double>(millionths) / 1e6; }
    std::int64_t operator()(std::int64_t amount) const {
        return (amount * millionths + 500'000) / 1'000'000;  // at most 1e12 micro-dollars: no overflow
    }
    int count(int number) const {
        return static_cast<int>(std::min<std::int64_t>((*this)(number), std::numeric_limits<int>::max()));
    }
    base::Money money(base::Money amount) const {
        return base::Money::from_micro(std::max<std::int64_t>(1, (*this)(amount.micro())));
    }
};

Scale scale_by(double percent, Direction direction) {
    const auto change = std::llround(percent * 1e4);
    return {1'000'000 + (direction == Direction::raised ? change : -change)};
}

void scale_prices(model::Market& market, Factor factor, Scale scale) {
    for (auto& place : market.places)
        for (auto& offer : place.offers) {
            if (factor == Factor::price) offer.on_demand = scale.money(offer.on_demand);
            if (offer.spot) offer.spot = std::min(scale.money(*offer.spot), offer.on_demand);
        }
}

void scale_quotas(model::Market& market, problem::Request& request, Scale scale) {
    for (auto& quota : market.quotas) {
        quota.on_demand_vcpus = scale.count(quota.on_demand_vcpus);
        quota.spot_vcpus = scale.count(quota.spot_vcpus);
    }
    for (auto* quotas : {&request.on_demand_quota, &request.spot_quota})
        for (auto& [quota_class, vcpus] : *quotas)
            vcpus = scale.count(vcpus);
}

bool quotas_count(const problem::Problem& problem) {
    const problem::Request& request = problem.request;
    const bool own = !request.spot_quota.empty() || !request.on_demand_quota.empty();
    return own || (request.preset == problem::Preset::published && !problem.market->quotas.empty());
}

// The numbers that say how large a cluster may be; nothing where none does.
std::optional<int> chosen_ceiling(const problem::Request& request) {
    if (request.max_nodes || request.preset == problem::Preset::published) return request.max_nodes;
    return problem::default_max_nodes;
}

std::optional<int> published_bound(const problem::Problem& problem) {
    return problem.request.preset == problem::Preset::published ? problem.market->node_bound : std::nullopt;
}

void scale_ceiling(model::Market& market, problem::Request& request, Scale scale) {
    if (const auto ceiling = chosen_ceiling(request))
        request.max_nodes = std::clamp(scale.count(*ceiling), 1, problem::largest_max_nodes);
    if (market.node_bound) market.node_bound = scale.count(*market.node_bound);
}

std::shared_ptr<const problem::Problem> with_communication(const problem::Problem& problem, double factor) {
    auto changed = std::make_shared<problem::Problem>(problem);
    for (problem::Worker& worker : changed->workers)
        worker.communication = factor;
    tabulate_scaling(*changed);
    set_choices(*changed, problem::KnownParts(*changed, nullptr, true), {});
    return changed;
}

// The same question in a world where one thing is another. Only the winner is wanted.
base::Result<std::shared_ptr<const problem::Problem>> changed_problem(const problem::Problem& problem,
                                                                      Factor factor, Scale scale) {
    if (factor == Factor::scaling) return with_communication(problem, scale.factor());
    auto market = std::make_shared<model::Market>(*problem.market);
    problem::Request request = problem.request;
    request.top = 1;
    switch (factor) {
        case Factor::price:
        case Factor::spot_price:
            scale_prices(*market, factor, scale);
            break;
        case Factor::bandwidth:
            for (auto& type : market->types) {
                type.network_gbps *= scale.factor();
                type.fabric_gbps *= scale.factor();
            }
            break;
        case Factor::quota:
            scale_quotas(*market, request, scale);
            break;
        case Factor::ceiling:
            scale_ceiling(*market, request, scale);
            break;
        case Factor::revocations:
            request.risk.factor *= scale.factor();
            break;
        case Factor::scaling:
            break;
    }
    return make_problem(std::move(market), std::move(request));
}

bool rents_spot(const problem::Problem& problem) {
    const bool priced = std::any_of(problem.workers.begin(), problem.workers.end(),
                                    [](const problem::Worker& worker) { return worker.spot.has_value(); });
    const bool all_by_spot = problem.market->kind == model::MarketKind::published;
    const bool matters = (problem.request.objective == problem::Objective::deepvm && all_by_spot) ||
                         std::any_of(problem.candidates.begin(), problem.candidates.end(),
                                     [](const problem::Candidate& candidate) {
                                         return candidate.architecture != problem::Architecture::on_demand;
                                     });
    return priced && matters;
}

bool needs_network(const problem::Problem& problem) {
    const bool analytic =
        std::any_of(problem.workers.begin(), problem.workers.end(), [](const problem::Worker& worker) {
            return std::holds_alternative<model::AnalyticScaling>(worker.scaling);
        });
    return analytic ||
           std::any_of(problem.candidates.begin(), problem.candidates.end(),
                       [](const problem::Candidate& candidate) { return candidate.remote.has_value(); });
}

std::string why_no_ceiling(const problem::Problem& problem, double percent) {
    const auto chosen = chosen_ceiling(problem.request);
    const auto bound = published_bound(problem);
    if (!chosen && !bound)
        return quotas_count(problem) ? "no largest cluster is set, the quotas limit it"
                                     : "no largest cluster is set";
    const int most =
        std::min(chosen.value_or(problem::largest_max_nodes), bound.value_or(problem::largest_max_nodes));
    const auto stays = [&](Direction direction) { return scale_by(percent, direction).count(most) == most; };
    if (percent > 0 && stays(Direction::lowered) && stays(Direction::raised))
        return fmt::format("{:g} % of {} machines rounds to none", percent, most);
    return {};
}

std::string why_no_revocations(const problem::Problem& problem) {
    if (!is_of_job(problem.request.objective)) return "the objective does not know of revocations";
    const bool any = std::any_of(
        problem.workers.begin(), problem.workers.end(),
        [](const problem::Worker& worker) { return worker.revocations && worker.revocations->high > 0; });
    return any ? "" : "no revocation rate is known";
}

// Why nothing can come of the factor; what can be told without planning anew.
std::string why_not(const problem::Problem& problem, Factor factor, double percent) {
    switch (factor) {
        case Factor::spot_price:
            return rents_spot(problem) ? "" : "no spot machine can be chosen here";
        case Factor::bandwidth:
            return needs_network(problem) ? ""
                                          : "the published scaling curves do not depend on it, and without "
                                            "tiering there is no remote node to reach";
        case Factor::quota:
            return quotas_count(problem) ? "" : "no vCPU quota is set";
        case Factor::ceiling:
            return why_no_ceiling(problem, percent);
        case Factor::revocations:
            return why_no_revocations(problem);
        case Factor::price:
        case Factor::scaling:
            break;
    }
    return {};
}

Difference difference(const problem::Plan& base, const std::optional<problem::Plan>& plan) {
    if (!plan) return Difference::nothing_fits;
    if (plan->architecture != base.architecture || plan->provider != base.provider ||
        plan->region != base.region || plan->worker != base.worker ||
        plan->other_worker != base.other_worker || plan->remote != base.remote)
        return Difference::other_machines;
    return counts_of(*plan) == counts_of(base) ? Difference::none : Difference::other_counts;
}

// What is asked about; `worker` is the base's, by the same index in every changed world.
struct Question {
    const problem::Problem& problem;
    const problem::Plan& base;
    base::Money budget;
    const problem::Candidate& candidate;
    std::stop_token stop;
};

// The base's own machines and counts in a changed world, where the candidate may no longer be among those
// worth looking at; a job's dollars then still have the old prices.
double unmoved_worth(const Question& question, const problem::Problem& changed) {
    const problem::Candidate* there = candidate_of(changed, question.base);
    return worth(changed, there ? *there : question.candidate, counts_of(question.base));
}

// Of the objective; positive is better, of a job what is saved.
double better_by_percent(problem::Objective objective, double before, double after) {
    if (!is_of_job(objective)) return change_percent(before, after);
    return after > 0 ? (1 - before / after) * 100 : -100;
}

base::Result<WhatIf> plan_anew(const Question& question, Factor factor, Scale scale, planner::Proof& proof) {
    const auto cancelled = [] { return base::fail(base::ErrorCode::cancelled, "planning was cancelled"); };
    if (question.stop.stop_requested()) return cancelled();
    const auto problem = changed_problem(question.problem, factor, scale);
    if (!problem) return tl::unexpected(problem.error());
    planner::KeptPrograms programs;
    planner::Search search(**problem, programs, question.stop);
    WhatIf answer;
    answer.plan = search.best((*problem)->request.architectures, question.budget);
    if (search.cancelled()) return cancelled();
    if (proof.proven && !search.proof().proven) proof.doubt = search.proof().doubt;
    proof.proven = proof.proven && search.proof().proven;
    proof.programs += search.proof().programs;

    const double before = question.base.worth;
    const problem::Objective objective = question.problem.request.objective;
    answer.difference = difference(question.base, answer.plan);
    answer.objective_percent = better_by_percent(objective, before, answer.plan ? answer.plan->worth : 0);
    answer.unmoved_percent = better_by_percent(objective, before, unmoved_worth(question, **problem));
    return answer;
}

base::Result<Swing> swing(const Question& question, Factor factor, double percent, planner::Proof& proof) {
    Swing swing{factor, why_not(question.problem, factor, percent), {}, {}};
    if (!swing.not_applicable.empty()) {
        swing.lowered.plan = swing.raised.plan = question.base;
        return swing;
    }
    for (const auto direction : {Direction::lowered, Direction::raised}) {
        auto answer = plan_anew(question, factor, scale_by(percent, direction), proof);
        if (!answer) return tl::unexpected(std::move(answer.error()));
        (direction == Direction::lowered ? swing.lowered : swing.raised) = std::move(*answer);
    }
    return swing;
}

}  // namespace

std::string_view name(Factor factor) {
    switch (factor) {
        case Factor::price:
            return "price";
        case Factor::spot_price:
            return "spot-price";
        case Factor::bandwidth:
            return "bandwidth";
        case Factor::scaling:
            return "scaling";
        case Factor::quota:
            return "quota";
        case Factor::ceiling:
            return "ceiling";
        case Factor::revocations:
            return "revocations";
    }
    return {};
}

double change_percent(double before, double after) {
    return before == 0 ? 0 : (after / before - 1) * 100;
}

double size(const Swing& swing) {
    return std::max(std::abs(swing.lowered.objective_percent), std::abs(swing.raised.objective_percent));
}

base::Result<Sensitivity> sensitivity(const problem::Problem& problem, const planner::Decision& decision,
                                      double percent, std::stop_token stop) {
    const auto begun = Clock::now();
    if (!(percent >= 0 && percent <= most_change))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("a change of {} % is not from 0 to {}", percent, most_change));
    Sensitivity result;
    result.percent = percent;
    if (decision.ranked.empty()) return result;
    const problem::Plan& base = decision.ranked.front();
    const problem::Candidate* candidate = candidate_of(problem, base);
    if (!candidate)
        return base::fail(base::ErrorCode::invalid_input,
                          "the decision is not of this problem: decide on it first");
    result.base = base;
    const Question question{problem, base, decision.budget, *candidate, std::move(stop)};
    for (const Factor factor : all_factors) {
        auto found = swing(question, factor, percent, result.proof);
        if (!found) return tl::unexpected(std::move(found.error()));
        result.swings.push_back(std::move(*found));
    }
    std::stable_sort(result.swings.begin(), result.swings.end(), [](const Swing& a, const Swing& b) {
        if (a.not_applicable.empty() != b.not_applicable.empty()) return a.not_applicable.empty();
        return size(a) > size(b);
    });
    result.proof.elapsed = Clock::now() - begun;
    return result;
}

}  // namespace deepvm::explain
