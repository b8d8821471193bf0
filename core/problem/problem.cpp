// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "model/spot_prices.h"
#include "problem/architectures/architecture.h"
#include "problem/binding.h"
#include "problem/bounds.h"
#include "problem/candidates.h"
#include "problem/check_request.h"
#include "problem/flopp.h"
#include "problem/kept_parts.h"
#include "problem/quotas.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

using base::ErrorCode;
using base::fail;

// Each architecture once, in the order of first mention.
void drop_repeated(std::vector<Architecture>& architectures) {
    auto end = architectures.begin();
    for (const auto architecture : std::vector(architectures))
        if (std::find(architectures.begin(), end, architecture) == end) *end++ = architecture;
    architectures.erase(end, architectures.end());
}

// Machines of one type, as in the paper: a planner that knows no waiting has no reason for others, of which
// there are thousands. All where the request has no such architecture.
std::shared_ptr<const Problem> without_scaling(const Problem& problem, KeptParts* kept,
                                               const std::stop_token& stop) {
    auto copy = std::make_shared<Problem>(problem);
    const auto thousands = [](Architecture architecture) {
        return architecture == Architecture::mixed_workers || architecture == Architecture::parameter_server;
    };
    auto& architectures = copy->request.architectures;
    if (!std::ranges::all_of(architectures, thousands)) {
        std::erase_if(architectures, thousands);
        for (const auto architecture : problem.request.architectures)
            if (thousands(architecture)) copy->ranges[architecture] = {0, 0};
        for (auto& candidate : copy->candidates)
            if (thousands(candidate.architecture)) candidate.max_nodes = 0;
    }
    for (Worker& worker : copy->workers)
        worker.scaling = model::IdealScaling{};
    tabulate_scaling(*copy);
    const KnownParts known(*copy, kept, false);
    for (const auto architecture : architectures)
        if (const auto* part = known.of(architecture))
            std::ranges::copy(
                part->candidates,
                copy->candidates.begin() + static_cast<std::ptrdiff_t>(copy->ranges[architecture].first));
    set_choices(*copy, known, stop);
    return copy;
}

}  // namespace

Identity::Identity() {
    static std::atomic<std::uint64_t> next{0};
    number_ = next++;
}

double usable_memory_gib(const MemoryRule& rule, int remotes) {
    constexpr double usable_share = 0.8;
    return rule.adds_up ? usable_share * remotes * rule.per_remote : rule.per_remote;
}

bool is_estimate(const Worker& worker) {
    return worker.offer->spot_basis == model::PriceBasis::advisor_savings;
}

double effective_nodes(const Worker& worker, int nodes) {
    const auto index = static_cast<std::size_t>(nodes) - 1;
    if (index < worker.effective_nodes.size()) return worker.effective_nodes[index];
    return model::effective_nodes(worker.scaling, nodes, worker.communication);
}

std::optional<Counts> next_counts(const Problem& problem, const Candidate& candidate, Counts counts) {
    const double least = worth(problem, candidate, counts);
    const auto next = std::partition_point(
        candidate.choices.begin(), candidate.choices.end(),
        [&](const Choice& choice) { return !told_apart(problem.request, choice.worth, least); });
    if (next != candidate.choices.end()) return next->counts;
    // Of a job, and of two numbers at once, every look is dearer.
    const bool simple = !is_of_job(problem.request.objective) && !candidate.other &&
                        (!candidate.remote || candidate.remotes_follow);
    const int steps = simple ? largest_max_nodes : default_max_nodes;
    for (int step = 1; step <= steps; ++step) {
        std::optional<Counts> cheapest;
        for (const Counts larger : rules(candidate.architecture).larger(candidate, counts, step)) {
            if (!told_apart(problem.request, worth(problem, candidate, larger), least)) continue;
            if (!cheapest || price(candidate, larger) < price(candidate, *cheapest)) cheapest = larger;
        }
        if (cheapest) return cheapest;
    }
    return std::nullopt;
}

const Candidate* candidate_of(const Problem& problem, const Plan& plan) {
    const model::Market& market = *problem.market;
    const auto found =
        std::find_if(problem.candidates.begin(), problem.candidates.end(), [&](const Candidate& candidate) {
            const Worker& worker = problem.workers[candidate.worker];
            const model::Place& place = market.places[worker.place];
            const bool same_remote =
                candidate.remote ? market.types[*candidate.remote].name == plan.remote : plan.remote.empty();
            const bool same_other = candidate.other
                                        ? type_of(problem, *candidate.other).name == plan.other_worker
                                        : plan.other_worker.empty();
            return candidate.architecture == plan.architecture &&
                   market.types[worker.type].name == plan.worker && place.region == plan.region &&
                   place.provider == plan.provider && same_remote && same_other;
        });
    return found == problem.candidates.end() ? nullptr : &*found;
}

Counts counts_of(const Plan& plan) {
    return {plan.nodes, plan.remotes, plan.other_workers};
}

namespace {

// What `machines` on spot add to the range of the price where theirs is an estimate; nobody pays more than on
// demand.
void widen_price(Plan& plan, const Worker& worker, int machines) {
    if (machines == 0 || !is_estimate(worker)) return;
    static const double factor = model::likely_factor(model::measured_shrinkage);
    const base::Money spot = *worker.spot;
    const auto low = base::Money::from_usd(spot.usd() / factor);
    const auto high = std::min(base::Money::from_usd(spot.usd() * factor), worker.offer->on_demand);
    if (!plan.likely_price) plan.likely_price = {plan.hourly_price, plan.hourly_price};
    plan.likely_price->low = plan.likely_price->low - machines * (spot - low);
    plan.likely_price->high = plan.likely_price->high + machines * (high - spot);
}

// The cluster's samples a second, as far as the speeds of its types are known, and what the plan rests on.
void set_speed(const Problem& problem, const Candidate& candidate, Plan& plan) {
    const Worker& worker = problem.workers[candidate.worker];
    const Worker* other = candidate.other ? &problem.workers[*candidate.other] : nullptr;
    plan.host = problem.market->types[worker.type].host;
    plan.generation = generation(problem.market->types[worker.type]);
    plan.sharded = worker.min_nodes > 1;
    widen_price(plan, worker, plan.spot_workers - plan.other_workers);
    if (other) widen_price(plan, *other, plan.other_workers);
    if (!worker.speed || (other && !other->speed)) return;
    plan.speed = other ? std::max(worker.speed->basis, other->speed->basis) : worker.speed->basis;
    const auto sum = [&](double model::SpeedRange::*of) {
        const double first = (plan.nodes - plan.other_workers) * (worker.speed->range.*of);
        return plan.efficiency * (first + (other ? plan.other_workers * (other->speed->range.*of) : 0));
    };
    using model::SpeedRange;
    plan.samples_per_second =
        SpeedRange{sum(&SpeedRange::samples_per_second), sum(&SpeedRange::low), sum(&SpeedRange::high)};
}

// An error of the speed and one of the price have nothing to do with each other.
void set_likely_dollars(Plan& plan) {
    const auto& hours = plan.job.likely_hours;
    const auto& price = plan.likely_price;
    if (!plan.job.expected_usd || (!hours && !price)) return;
    const double usd = *plan.job.expected_usd;
    const auto factor = [](double end, double middle) {
        const double log = std::log(end / middle);
        return log * log;
    };
    const double expected = plan.job.expected->expected_hours;
    const double paid = plan.hourly_price.usd();
    double down = 0;
    double up = 0;
    if (hours) {
        down += factor(hours->low, expected);
        up += factor(hours->high, expected);
    }
    if (price) {
        down += factor(price->low.usd(), paid);
        up += factor(price->high.usd(), paid);
    }
    plan.job.likely_usd = {usd * std::exp(-std::sqrt(down)), usd * std::exp(std::sqrt(up))};
}

}  // namespace

Plan plain_plan(const Problem& problem, const Candidate& candidate, Counts counts) {
    const Worker& worker = problem.workers[candidate.worker];
    const auto& of = rules(candidate.architecture);
    Plan plan;
    plan.architecture = candidate.architecture;
    plan.provider = problem.market->places[worker.place].provider;
    plan.region = problem.market->places[worker.place].region;
    plan.worker = problem.market->types[worker.type].name;
    if (candidate.other) plan.other_worker = type_of(problem, *candidate.other).name;
    if (candidate.remote) plan.remote = problem.market->types[*candidate.remote].name;
    plan.nodes = counts.nodes;
    plan.anchors = of.anchors();
    plan.spot_workers = candidate.architecture == Architecture::on_demand ? 0 : counts.nodes - plan.anchors;
    plan.other_workers = counts.others;
    plan.remotes = counts.remotes;
    plan.hourly_price = price(candidate, counts);
    plan.worth = worth(problem, candidate, counts);
    plan.objective = objective_of(problem.request.objective, plan.worth);
    std::vector<double> unused;
    const double other_rate = candidate.other ? problem.workers[*candidate.other].rate : 0;
    plan.effective_nodes = of.together(problem, candidate, counts, {1, 1, 1}, unused);
    plan.throughput_tflops =
        of.together(problem, candidate, counts, {worker.rate, other_rate, worker.rate}, unused);
    plan.efficiency = efficiency(problem, candidate, counts);
    plan.flopp = worker.flopp;
    if (candidate.architecture == Architecture::on_demand &&
        problem.market->kind == model::MarketKind::provider)
        plan.flopp = flopp(*problem.market, worker.rate, worker.offer->on_demand);
    set_speed(problem, candidate, plan);
    plan.scaling = worker.scaling_basis;
    if (candidate.other)
        plan.scaling = std::max(plan.scaling, problem.workers[*candidate.other].scaling_basis);
    // How often the servers are asked is measured, how long they answer comes from bytes and network.
    if (candidate.architecture == Architecture::parameter_server) plan.scaling = ScalingBasis::assumed;
    plan.job = job_outlook(problem, candidate, counts);
    set_likely_dollars(plan);
    return plan;
}

Plan make_plan(const Problem& problem, const Candidate& candidate, Counts counts, base::Money budget) {
    Plan plan = plain_plan(problem, candidate, counts);
    Binding binding = find_binding(problem, candidate, counts, budget);
    plan.binding = std::move(binding.limits);
    plan.limits = std::move(binding.states);
    return plan;
}

std::string_view objective_unit(const Problem& problem) {
    switch (problem.request.objective) {
        case Objective::deepvm:
            return "FLOP/$";
        case Objective::job_cost:
            return "USD";
        case Objective::job_time:
            return "hours";
        case Objective::throughput:
            break;
    }
    return problem.market->kind == model::MarketKind::published ? "published units" : "TFLOP/s";
}

const model::WorkloadProfile& workload_of(const Problem& problem) {
    return *problem.workload;
}

namespace {

void keep_only(Problem& problem, const Filter& only) {
    std::vector<Candidate> kept;
    for (const auto architecture : problem.request.architectures) {
        auto& [first, end] = problem.ranges[architecture];
        const auto begin = kept.size();
        for (auto i = first; i < end; ++i)
            if (only(problem, problem.candidates[i])) kept.push_back(std::move(problem.candidates[i]));
        first = begin;
        end = kept.size();
    }
    problem.candidates = std::move(kept);
}

// All but what policies ask for.
base::Result<std::shared_ptr<Problem>> tabulated(std::shared_ptr<const model::Market> market, Request request,
                                                 std::optional<base::Money> asked_at, const Filter& only,
                                                 KeptParts* kept, const std::stop_token& stop) {
    if (auto checked = check_request(*market, request); !checked)
        return tl::unexpected(std::move(checked.error()));
    drop_repeated(request.architectures);
    auto problem = std::make_shared<Problem>();
    problem->asked_at = asked_at;
    problem->market = std::move(market);
    problem->request = std::move(request);
    problem->workload =
        std::make_shared<const model::WorkloadProfile>(*find_workload(*problem->market, problem->request));
    const KnownParts known(*problem, kept, true);
    if (!find_workers(*problem, stop) || !find_candidates(*problem, known, stop))
        return fail(ErrorCode::cancelled, "planning was cancelled");
    if (only) keep_only(*problem, only);
    tabulate_scaling(*problem);
    if (!set_choices(*problem, known, stop)) return fail(ErrorCode::cancelled, "planning was cancelled");
    return problem;
}

}  // namespace

base::Result<std::shared_ptr<const Problem>> make_problem(std::shared_ptr<const model::Market> market,
                                                          Request request, const std::stop_token& stop,
                                                          KeptParts* kept) {
    const auto problem = tabulated(std::move(market), std::move(request), std::nullopt, {}, kept, stop);
    if (!problem) return tl::unexpected(problem.error());
    (*problem)->no_scale = without_scaling(**problem, kept, stop);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "planning was cancelled");
    return *problem;
}

base::Result<std::shared_ptr<const Problem>> problem_at(std::shared_ptr<const model::Market> market,
                                                        Request request, base::Money budget,
                                                        const Filter& only, const std::stop_token& stop) {
    const auto problem = tabulated(std::move(market), std::move(request), budget, only, nullptr, stop);
    if (!problem) return tl::unexpected(problem.error());
    return *problem;
}

}  // namespace deepvm::problem
