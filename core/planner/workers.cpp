// SPDX-License-Identifier: GPL-3.0-or-later
// Worker types: effective rate, FLOPP, scaling, and whether the training state fits.
#include <fmt/format.h>

#include <algorithm>

#include "planner/candidates.h"
#include "planner/flopp.h"

namespace deepvm::planner {
namespace {

constexpr double usable_accelerator_memory = 0.9;  // the rest holds activations and the framework

double effective_rate(const model::InstanceType& type, model::Precision precision, double utilisation) {
    if (type.published_rate) return *type.published_rate;
    const double peak = precision == model::Precision::tensor ? type.accelerator->tensor_tflops
                                                              : type.accelerator->fp32_tflops;
    return type.accelerator_count * peak * utilisation;
}

model::ScalingLaw scaling_law(const model::InstanceType& type, const model::WorkloadProfile& workload,
                              double rate, double overlap) {
    if (type.scaling) return *type.scaling;
    return model::analytic_law(workload, rate, std::max(type.accelerator_count, 1), type.network_gbps,
                               overlap);
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
    const model::WorkloadProfile& workload = *model::find_workload(market, request.workload);
    const auto precision = request.precision.value_or(workload.precision);

    struct Trains {
        double rate = 0;
        model::ScalingLaw scaling;
    };
    std::vector<std::optional<Trains>> trains(market.types.size());
    for (std::size_t i = 0; i < market.types.size(); ++i) {
        const auto& type = market.types[i];
        if (!type.is_worker()) continue;
        if (auto reason = why_not(type, workload); !reason.empty()) {
            problem.left_out.push_back({type.provider, type.name, std::move(reason)});
            continue;
        }
        const double rate = effective_rate(type, precision, request.utilisation);
        trains[i] = Trains{rate, scaling_law(type, workload, rate, request.overlap)};
    }
    for (std::size_t place = 0; place < market.places.size(); ++place) {
        if (stop.stop_requested()) return false;
        for (const auto& offer : market.places[place].offers) {
            const auto& known = trains[offer.type];
            if (!known) continue;
            Worker worker;
            worker.type = offer.type;
            worker.place = place;
            worker.offer = &offer;
            worker.rate = known->rate;
            worker.scaling = known->scaling;
            if (offer.spot) worker.flopp = flopp(market, worker.rate, *offer.spot);
            worker.value_per_node = request.objective == Objective::deepvm ? worker.flopp : worker.rate;
            problem.workers.push_back(std::move(worker));
        }
    }
    return true;
}

void tabulate_scaling(Problem& problem) {
    std::vector<int> lengths(problem.workers.size(), 0);
    for (const Candidate& candidate : problem.candidates)
        lengths[candidate.worker] = std::max(lengths[candidate.worker], candidate.max_nodes);
    for (std::size_t i = 0; i < problem.workers.size(); ++i) {
        Worker& worker = problem.workers[i];
        worker.effective_nodes = model::tabulate(worker.scaling, lengths[i], worker.communication);
    }
}

void set_counts(Problem& problem) {
    for (Candidate& candidate : problem.candidates) {
        candidate.counts.clear();
        double most = 0;
        for (int nodes = candidate.min_nodes; nodes <= candidate.max_nodes; ++nodes) {
            const double worth = value(problem, candidate, nodes);
            if (worth <= most) continue;
            most = worth;
            candidate.counts.push_back(nodes);
        }
    }
}

}  // namespace deepvm::planner
