// SPDX-License-Identifier: GPL-3.0-or-later
// Worker types: effective rate, FLOPP, scaling, and whether the training state fits.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "model/fabric.h"
#include "model/measurements.h"
#include "problem/candidates.h"
#include "problem/choices.h"
#include "problem/contest/contenders.h"
#include "problem/contest/in_parallel.h"
#include "problem/flopp.h"
#include "problem/steps.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

constexpr double usable_accelerator_memory = 0.9;  // the rest holds activations and the framework

// What a type trains with.
struct Trains {
    double rate = 0;
    std::optional<model::Speed> speed;
    model::ScalingLaw scaling;
    ScalingBasis basis = ScalingBasis::assumed;
    std::optional<double> epoch_seconds;
    int min_nodes = 1;
};

// The speeds of the types for one workload. What is known of an accelerator counts for all its types and is
// looked up once: an estimate takes longer than all else of a type.
class Speeds {
  public:
    Speeds(const model::Market& market, const Request& request, const model::WorkloadProfile& workload)
        : known_(market.speeds),
          load_(model::training_load(workload)),
          precision_(request.precision.value_or(workload.precision)),
          utilisation_(request.utilisation) {}

    model::Speed of(const model::InstanceType& type, std::optional<double> yours) {
        const auto& accelerator = *type.accelerator;
        const int count = type.accelerator_count;
        if (yours || utilisation_)
            return *model::speed_of(accelerator, count, load_, precision_, {yours, utilisation_},
                                    known_.measured, known_.estimate);
        auto known =
            std::ranges::find(of_one_, accelerator, &std::pair<model::Accelerator, model::Speed>::first);
        if (known == of_one_.end())
            known =
                of_one_.insert(known, {accelerator, *model::speed_of(accelerator, 1, load_, precision_, {},
                                                                     known_.measured, known_.estimate)});
        return model::of_a_machine(known->second, count);
    }

  private:
    const model::SpeedKnowledge& known_;
    model::TrainingLoad load_;
    model::Precision precision_;
    std::optional<double> utilisation_;
    std::vector<std::pair<model::Accelerator, model::Speed>> of_one_;
};

model::ScalingLaw law_between(const model::InstanceType& type, const Request& request,
                              const model::WorkloadProfile& workload, double rate, int min_nodes) {
    // A rate of a published data set is in a unit of its own, for which TFLOP/s has to stand.
    const double samples = rate * 1e12 / workload.flop_per_sample;
    const double batch = workload.batch_per_accelerator * std::max(type.accelerator_count, 1);
    model::ClusterWay way{request.overlap, workload.accumulation_steps, {}};
    if (min_nodes > 1) way.sharded_frozen_bytes = model::frozen_weight_bytes(workload);
    // The paper's planner knows a line and no fabric.
    const double gbps = type.published_rate ? model::usable_gbps(model::Fabric::infiniband, type.network_gbps)
                                            : model::usable_gbps(type);
    return model::fabric_law(static_cast<double>(workload.parameters), workload.gradient_bytes_per_parameter,
                             batch, samples, gbps, way);
}

// Scaling: measured where the request has measurements, published where there are coefficients, else the law.
Trains trains(const model::InstanceType& type, const Request& request, const model::WorkloadProfile& workload,
              Speeds& speeds, int min_nodes) {
    const auto measured = request.measured.find(type.name);
    const bool times = measured != request.measured.end();
    Trains with;
    with.min_nodes = min_nodes;
    if (type.published_rate) {
        with.rate = *type.published_rate;
    } else {
        with.speed =
            speeds.of(type, times ? std::optional(model::samples_per_second(workload, measured->second))
                                  : std::nullopt);
        const double samples = with.speed->range.samples_per_second;
        with.rate = samples * workload.flop_per_sample / 1e12;
        with.epoch_seconds = static_cast<double>(workload.samples_per_epoch) / samples;
    }
    if (times) {
        with.scaling = measured->second;
        with.basis = ScalingBasis::measured;
        with.epoch_seconds = measured->second.epoch_seconds;
    } else if (type.scaling) {
        with.scaling = *type.scaling;
        with.basis = ScalingBasis::published;
    } else if (type.network_known()) {
        with.scaling = law_between(type, request, workload, with.rate, min_nodes);
    } else {
        with.scaling = model::IdealScaling{};  // of one machine
    }
    return with;
}

// What one ideal node is worth at a price an hour.
std::optional<double> value_per_node(const model::Market& market, const Worker& worker, Objective objective,
                                     std::optional<base::Money> price) {
    switch (objective) {
        case Objective::deepvm:
            if (!price) return std::nullopt;
            return flopp(market, worker.rate, *price);
        case Objective::throughput:
            return worker.rate;
        case Objective::job_cost:
        case Objective::job_time:
            break;
    }
    if (!worker.epoch_seconds) return std::nullopt;
    return 1 / *worker.epoch_seconds;
}

std::optional<risk::RateRange> revocations(const Risk& risk, const model::Offer& offer) {
    if (risk.rates) return risk.rates;
    if (!offer.interruption_band) return std::nullopt;
    return risk::band_rates(*offer.interruption_band);
}

// The nodes that hold the training states together; more than one where no single one does. Published types
// are what the paper trained on.
int nodes_that_hold(const model::InstanceType& type, const model::WorkloadProfile& workload) {
    if (type.published_rate) return 1;
    const double usable = usable_accelerator_memory * type.accelerator_count * type.accelerator->memory_gib;
    const double nodes = std::ceil(model::training_state_gib(workload) / usable);
    return static_cast<int>(std::clamp(nodes, 1.0, 1e6));
}

// Why `type` cannot be a worker; nothing when it can.
std::optional<LeftOut> why_not(const model::InstanceType& type, const Request& request,
                               const model::WorkloadProfile& workload, int min_nodes) {
    if (request.hosts == Hosts::x86 && type.host != model::HostArchitecture::x86_64)
        return LeftOut{type.provider, type.name, "its host is ARM, which needs programs of its own",
                       LeftOutCause::arm_host};
    const int most = type.network_known() ? request.max_nodes.value_or(default_max_nodes) : 1;
    if (min_nodes <= most) return std::nullopt;
    const double usable = usable_accelerator_memory * type.accelerator_count * type.accelerator->memory_gib;
    auto reason = fmt::format("training {} needs {:.1f} GiB of accelerator memory, {:.1f} GiB can be used",
                              workload.display_name, model::training_state_gib(workload), usable);
    if (most > 1) reason += fmt::format(" on each of at most {} machines", most);
    return LeftOut{type.provider, type.name, std::move(reason), LeftOutCause::memory};
}

}  // namespace

model::ScalingLaw assumed_law(const Problem& problem, const Worker& worker) {
    return law_between(problem.market->types[worker.type], problem.request, workload_of(problem), worker.rate,
                       worker.min_nodes);
}

std::optional<double> effective_nodes_by_tcp(const Problem& problem, const Worker& worker, int nodes) {
    if (!std::holds_alternative<model::AnalyticScaling>(worker.scaling)) return std::nullopt;
    auto type = problem.market->types[worker.type];
    if (type.published_rate) return std::nullopt;
    type.fabric = model::Fabric::tcp;
    type.fabric_gbps = 0;
    const auto law = law_between(type, problem.request, workload_of(problem), worker.rate, worker.min_nodes);
    return model::effective_nodes(law, nodes);
}

bool find_workers(Problem& problem, const std::stop_token& stop) {
    const model::Market& market = *problem.market;
    const Request& request = problem.request;
    const model::WorkloadProfile& workload = workload_of(problem);
    Speeds speeds(market, request, workload);

    std::vector<std::optional<Trains>> known(market.types.size());
    for (std::size_t i = 0; i < market.types.size(); ++i) {
        const auto& type = market.types[i];
        if (!type.is_worker()) continue;
        const int min_nodes = nodes_that_hold(type, workload);
        if (auto left_out = why_not(type, request, workload, min_nodes)) {
            problem.left_out.push_back(std::move(*left_out));
            continue;
        }
        known[i] = trains(type, request, workload, speeds, min_nodes);
    }
    for (std::size_t place = 0; place < market.places.size(); ++place) {
        if (stop.stop_requested()) return false;
        for (const auto& offer : market.places[place].offers) {
            const auto& with = known[offer.type];
            if (!with) continue;
            Worker worker;
            worker.type = offer.type;
            worker.place = place;
            worker.offer = &offer;
            worker.rate = with->rate;
            worker.speed = with->speed;
            worker.min_nodes = with->min_nodes;
            worker.scaling = with->scaling;
            worker.scaling_basis = with->basis;
            worker.epoch_seconds = with->epoch_seconds;
            worker.revocations = revocations(request.risk, offer);
            const bool counts =
                !request.observed_prices_only || offer.spot_basis != model::PriceBasis::advisor_savings;
            if (counts) worker.spot = offer.spot;
            if (worker.spot) worker.flopp = flopp(market, worker.rate, *worker.spot);
            worker.value_per_node = value_per_node(market, worker, request.objective, worker.spot);
            // The published planner judges every machine by its spot price.
            worker.owned_value = market.kind == model::MarketKind::published
                                     ? worker.value_per_node
                                     : value_per_node(market, worker, request.objective, offer.on_demand);
            problem.workers.push_back(std::move(worker));
        }
    }
    return true;
}

void tabulate_scaling(Problem& problem) {
    std::vector<int> lengths(problem.workers.size(), 0);
    for (const Candidate& candidate : problem.candidates)
        for (const auto worker : {candidate.worker, candidate.other.value_or(candidate.worker)})
            lengths[worker] = std::max(lengths[worker], candidate.max_nodes);
    for (std::size_t i = 0; i < problem.workers.size(); ++i) {
        Worker& worker = problem.workers[i];
        worker.effective_nodes = model::tabulate(worker.scaling, lengths[i], worker.communication);
    }
}

namespace {

// Contenders first; of a job the others, too, which may be the fastest.
std::vector<std::size_t> order_of_looks(const Problem& problem, const KnownParts& known) {
    std::vector<std::size_t> order;
    for (const auto& [architecture, contenders] : problem.contenders)
        if (!known.has(architecture)) order.insert(order.end(), contenders.begin(), contenders.end());
    if (!is_of_job(problem.request.objective)) return order;
    for (const auto& [architecture, range] : problem.ranges)
        for (auto i = range.first; i < range.second; ++i)
            if (problem.candidates[i].outdone && !known.has(architecture)) order.push_back(i);
    return order;
}

// What binds is judged by all choices of the answer's candidate.
void complete_answer(Problem& problem) {
    const auto budget = std::exchange(problem.asked_at, std::nullopt);
    if (const auto at = step_at(problem.overall_steps, *budget))
        find_choices(problem, problem.candidates[problem.overall_steps[*at].candidate], 0);
    problem.asked_at = budget;
}

}  // namespace

// Candidates do not know of each other, nor architectures: each has a fastest of its own.
bool set_choices(Problem& problem, const KnownParts& known, const std::stop_token& stop) {
    constexpr double never = std::numeric_limits<double>::infinity();
    std::vector<double> least_hours;  // of candidates that are outdone
    if (!find_contenders(problem, known, least_hours, stop)) return false;
    const auto order = order_of_looks(problem, known);
    using Fastest = std::array<double, all_architectures.size()>;
    Fastest unknown;
    // Who asks at one budget does not ask how fast any other could be.
    unknown.fill(never);
    if (problem.asked_at) unknown.fill(0);
    std::vector<Fastest> fastest(threads_for(order.size()), unknown);
    in_parallel(order.size(), fastest.size(), [&](std::size_t place, std::size_t thread) {
        Candidate& candidate = problem.candidates[order[place]];
        double& least = fastest[thread][static_cast<std::size_t>(candidate.architecture)];
        if (stop.stop_requested()) return;
        if (candidate.outdone && least_hours[order[place]] >= least) {
            candidate.choices = {};  // a copy may have some of the problem that it was made of
            return;
        }
        least = find_choices(problem, candidate, least);
        if (candidate.outdone) candidate.choices = {};
    });
    if (stop.stop_requested()) return false;
    std::map<Architecture, double> of_architecture;
    double least = never;
    for (const auto architecture : problem.request.architectures) {
        const auto* part = known.of(architecture);
        double own = never;
        if (part)
            own = part->fastest_hours;
        else
            for (const Fastest& each : fastest)
                own = std::min(own, each[static_cast<std::size_t>(architecture)]);
        of_architecture[architecture] = own;
        least = std::min(least, own);
    }
    problem.fastest_hours.reset();
    if (is_of_job(problem.request.objective) && std::isfinite(least) && !problem.asked_at)
        problem.fastest_hours = least;
    known.keep_others(problem, of_architecture);
    find_steps(problem);
    if (problem.asked_at) complete_answer(problem);
    return true;
}

}  // namespace deepvm::problem
