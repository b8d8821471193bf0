// SPDX-License-Identifier: GPL-3.0-or-later
// Worker types: effective rate, FLOPP, scaling, and whether the training state fits.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "planner/candidates.h"
#include "planner/choices.h"
#include "planner/flopp.h"
#include "planner/worth.h"

namespace deepvm::planner {
namespace {

constexpr double usable_accelerator_memory = 0.9;  // the rest holds activations and the framework

double effective_rate(const model::InstanceType& type, model::Precision precision, double utilisation) {
    if (type.published_rate) return *type.published_rate;
    const double peak = precision == model::Precision::tensor ? type.accelerator->tensor_tflops
                                                              : type.accelerator->fp32_tflops;
    return type.accelerator_count * peak * utilisation;
}

// What a type trains with.
struct Trains {
    double rate = 0;
    model::ScalingLaw scaling;
    ScalingBasis basis = ScalingBasis::assumed;
    std::optional<double> epoch_seconds;
};

// Measured where the request has measurements, published where there are coefficients, else assumed.
Trains trains(const model::InstanceType& type, const Request& request, const model::WorkloadProfile& workload,
              double rate) {
    Trains with{rate, {}, ScalingBasis::assumed, {}};
    // Rates of a published data set have a unit of their own.
    if (!type.published_rate)
        with.epoch_seconds =
            static_cast<double>(workload.samples_per_epoch) * workload.flop_per_sample / (rate * 1e12);
    if (const auto measured = request.measured.find(type.name); measured != request.measured.end()) {
        with.scaling = measured->second;
        with.basis = ScalingBasis::measured;
        with.epoch_seconds = measured->second.epoch_seconds;
    } else if (type.scaling) {
        with.scaling = *type.scaling;
        with.basis = ScalingBasis::published;
    } else {
        with.scaling = model::analytic_law(workload, rate, std::max(type.accelerator_count, 1),
                                           type.network_gbps, request.overlap);
    }
    return with;
}

std::optional<double> value_per_node(const Worker& worker, Objective objective) {
    switch (objective) {
        case Objective::deepvm:
            return worker.flopp;
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

// Why `type` cannot train the workload; empty when it can. Published types are what the paper trained on.
std::string why_not(const model::InstanceType& type, const model::WorkloadProfile& workload) {
    if (type.published_rate) return {};
    const double needed = model::training_state_gib(workload);
    const double usable = usable_accelerator_memory * type.accelerator_count * type.accelerator->memory_gib;
    if (needed <= usable) return {};
    return fmt::format("training {} needs {:.1f} GiB of accelerator memory, {:.1f} GiB can be used",
                       workload.display_name, needed, usable);
}

}  // namespace

bool find_workers(Problem& problem, const std::stop_token& stop) {
    const model::Market& market = *problem.market;
    const Request& request = problem.request;
    const model::WorkloadProfile& workload = workload_of(problem);
    const auto precision = request.precision.value_or(workload.precision);

    std::vector<std::optional<Trains>> known(market.types.size());
    for (std::size_t i = 0; i < market.types.size(); ++i) {
        const auto& type = market.types[i];
        if (!type.is_worker()) continue;
        if (auto reason = why_not(type, workload); !reason.empty()) {
            problem.left_out.push_back({type.provider, type.name, std::move(reason)});
            continue;
        }
        const double rate = effective_rate(type, precision, request.utilisation);
        known[i] = trains(type, request, workload, rate);
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
            worker.scaling = with->scaling;
            worker.scaling_basis = with->basis;
            worker.epoch_seconds = with->epoch_seconds;
            worker.revocations = revocations(request.risk, offer);
            if (offer.spot) worker.flopp = flopp(market, worker.rate, *offer.spot);
            worker.value_per_node = value_per_node(worker, request.objective);
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

// Candidates do not know of each other: all processors share them, a few at a time.
bool set_choices(Problem& problem, const std::stop_token& stop) {
    constexpr std::size_t share = 16;
    constexpr std::size_t worth_a_thread = 100;
    constexpr std::size_t most_threads = 8;
    constexpr double never = std::numeric_limits<double>::infinity();
    auto& candidates = problem.candidates;
    const auto threads =
        std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                std::min(most_threads, 1 + candidates.size() / worth_a_thread));
    std::vector<double> fastest(threads, never);
    std::atomic<std::size_t> next = 0;
    const auto work = [&](double& least) {
        for (auto first = next.fetch_add(share); first < candidates.size(); first = next.fetch_add(share))
            for (auto i = first; i < std::min(first + share, candidates.size()); ++i) {
                if (stop.stop_requested()) return;
                least = find_choices(problem, candidates[i], least);
            }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i)
            helpers.emplace_back([&work, &least = fastest[i]] { work(least); });
        work(fastest.front());
    }
    if (stop.stop_requested()) return false;
    const double least = *std::min_element(fastest.begin(), fastest.end());
    problem.fastest_hours.reset();
    if (is_of_job(problem.request.objective) && std::isfinite(least)) problem.fastest_hours = least;
    return true;
}

}  // namespace deepvm::planner
