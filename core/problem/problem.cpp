// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "base/names.h"
#include "model/fabric.h"
#include "model/measurements.h"
#include "model/precision.h"
#include "model/spot_prices.h"
#include "problem/architectures/architecture.h"
#include "problem/binding.h"
#include "problem/bounds.h"
#include "problem/candidates.h"
#include "problem/flopp.h"
#include "problem/quotas.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

using base::ErrorCode;
using base::fail;

tl::expected<void, base::Error> check_number(std::string_view what, double number, double least,
                                             double most) {
    if (std::isfinite(number) && number >= least && number <= most) return {};
    return fail(ErrorCode::invalid_input,
                fmt::format("{} {} is not from {} to {}", what, number, least, most));
}

tl::expected<void, base::Error> check_quotas(std::string_view what, const QuotaLimits& quotas,
                                             const model::Market& market) {
    std::vector<std::string> known;
    if (!quotas.empty())
        for (const auto& each : quota_classes(market))
            known.push_back(each.name);
    for (const auto& [quota_class, vcpus] : quotas) {
        if (std::ranges::find(known, quota_class) == known.end())
            return tl::unexpected(base::unknown_name(fmt::format("{} class", what), quota_class, known));
        if (vcpus < 0)
            return fail(ErrorCode::invalid_input,
                        fmt::format("{} {}={} is negative; give vCPUs, 0 or more", what, quota_class, vcpus));
    }
    return {};
}

tl::expected<void, base::Error> check_job(const Request& request) {
    constexpr double most_amount = 1e30;  // FLOP, too
    constexpr double most_gbs = 1e6;
    const Job& job = request.job;
    const Checkpointing& ways = request.checkpointing;
    const risk::RateRange rates = request.risk.rates.value_or(risk::RateRange{});
    return check_number("job amount", job.amount.value_or(1), 1e-9, most_amount)
        .and_then([&] {
            return check_number("deadline hours", job.deadline_hours.value_or(1), 1e-6, risk::longest_hours);
        })
        .and_then([&] { return check_number("confidence", job.confidence, 0.01, 0.9999); })
        .and_then([&] { return check_number("lowest revocation rate", rates.low, 0, rates.middle); })
        .and_then([&] { return check_number("revocation rate", rates.middle, 0, rates.high); })
        .and_then([&] { return check_number("highest revocation rate", rates.high, 0, 1e6); })
        .and_then([&] { return check_number("disk GB/s", ways.disk_gbs, 1e-6, most_gbs); })
        .and_then([&] { return check_number("object store GB/s", ways.store_gbs, 1e-6, most_gbs); })
        .and_then([&] { return check_number("host copy GB/s", ways.host_copy_gbs, 1e-6, most_gbs); })
        .and_then([&] { return check_number("provisioning seconds", ways.provisioning_s, 0, 1e7); })
        .and_then(
            [&] { return check_number("store USD a GiB and month", ways.store_usd_per_gib_month, 0, 1e3); });
}

// What a person measured must be possible: above the peak, the workload or the file is another one.
tl::expected<void, base::Error> check_measured(const model::Market& market, const Request& request) {
    const auto& workload = *find_workload(market, request);
    for (const auto& type : market.types) {
        const auto measured = request.measured.find(type.name);
        if (measured == request.measured.end() || type.published_rate || !type.accelerator) continue;
        const auto precision =
            model::trains_in(*type.accelerator, request.precision.value_or(workload.precision));
        const auto possible =
            model::check_speed(model::samples_per_second(workload, measured->second), *type.accelerator,
                               type.accelerator_count, workload.flop_per_sample, precision);
        if (!possible)
            return fail(ErrorCode::invalid_input, fmt::format("measured times of {} with {}: {}", type.name,
                                                              workload.name, possible.error().message));
    }
    return {};
}

tl::expected<void, base::Error> check_request(const model::Market& market, const Request& request) {
    if (request.architectures.empty())
        return fail(ErrorCode::invalid_input, "no architecture is chosen; choose at least one");
    if (request.preset == Preset::published && market.kind != model::MarketKind::published)
        return fail(
            ErrorCode::invalid_input,
            fmt::format("preset \"published\" is for the published data sets, not for {}; use \"corrected\"",
                        market.name));
    if (!find_workload(market, request)) {
        std::vector<std::string> known;
        for (const auto& workload : request.own_workloads)
            known.push_back(workload.name);
        for (const auto& workload : market.workloads)
            known.push_back(workload.name);
        return tl::unexpected(base::unknown_name("workload", request.workload, known));
    }
    constexpr double most_gib = 1e6;
    return check_number("utilisation", request.utilisation.value_or(1), 1e-6, 1)
        .and_then([&] { return check_number("overlap", request.overlap, 0, model::most_hidden); })
        .and_then([&] { return check_number("least efficiency", least_efficiency(market, request), 0, 1); })
        .and_then([&] { return check_measured(market, request); })
        .and_then([&] {
            return check_number("maximum nodes", request.max_nodes.value_or(1), 1, largest_max_nodes);
        })
        .and_then([&] { return check_number("checkpoint size", request.checkpoint_size_100mb, 0, most_gib); })
        .and_then([&] { return check_number("buffer size", request.buffer_size, 0, most_gib); })
        .and_then(
            [&] { return check_number("checkpoint GiB", request.checkpoint_gib.value_or(0), 0, most_gib); })
        .and_then([&] { return check_number("buffer depth", request.buffer_depth, 0, most_gib); })
        .and_then([&] { return check_number("top", request.top, 1, 100); })
        .and_then([&] { return check_job(request); })
        .and_then([&] { return check_quotas("spot quota", request.spot_quota, market); })
        .and_then([&] { return check_quotas("on-demand quota", request.on_demand_quota, market); });
}

// Each architecture once, in the order of first mention.
void drop_repeated(std::vector<Architecture>& architectures) {
    auto end = architectures.begin();
    for (const auto architecture : std::vector(architectures))
        if (std::find(architectures.begin(), end, architecture) == end) *end++ = architecture;
    architectures.erase(end, architectures.end());
}

// Machines of one type, as in the paper: a planner that knows no waiting has no reason for others, of which
// there are thousands. All where the request has no such architecture.
std::shared_ptr<const Problem> without_scaling(const Problem& problem, const std::stop_token& stop) {
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
    set_choices(*copy, stop);
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
                                                 const std::stop_token& stop) {
    if (auto checked = check_request(*market, request); !checked)
        return tl::unexpected(std::move(checked.error()));
    drop_repeated(request.architectures);
    auto problem = std::make_shared<Problem>();
    problem->asked_at = asked_at;
    problem->market = std::move(market);
    problem->request = std::move(request);
    problem->workload =
        std::make_shared<const model::WorkloadProfile>(*find_workload(*problem->market, problem->request));
    if (!find_workers(*problem, stop) || !find_candidates(*problem, stop))
        return fail(ErrorCode::cancelled, "planning was cancelled");
    if (only) keep_only(*problem, only);
    tabulate_scaling(*problem);
    if (!set_choices(*problem, stop)) return fail(ErrorCode::cancelled, "planning was cancelled");
    return problem;
}

}  // namespace

base::Result<std::shared_ptr<const Problem>> make_problem(std::shared_ptr<const model::Market> market,
                                                          Request request, const std::stop_token& stop) {
    const auto problem = tabulated(std::move(market), std::move(request), std::nullopt, {}, stop);
    if (!problem) return tl::unexpected(problem.error());
    (*problem)->no_scale = without_scaling(**problem, stop);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "planning was cancelled");
    return *problem;
}

base::Result<std::shared_ptr<const Problem>> problem_at(std::shared_ptr<const model::Market> market,
                                                        Request request, base::Money budget,
                                                        const Filter& only, const std::stop_token& stop) {
    const auto problem = tabulated(std::move(market), std::move(request), budget, only, stop);
    if (!problem) return tl::unexpected(problem.error());
    return *problem;
}

}  // namespace deepvm::problem
