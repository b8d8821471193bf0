// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/plan_run.h"

#include <algorithm>
#include <cmath>

#include "model/spot_prices.h"
#include "model/statistics.h"
#include "problem/architectures/architecture.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

const Worker& slowest_known(const Problem& problem, const Candidate& candidate) {
    const Worker& first = problem.workers[candidate.worker];
    if (!candidate.other) return first;
    const Worker& other = problem.workers[*candidate.other];
    return other.epoch_seconds ? first : other;
}

bool rates_known(const Problem& problem, const Candidate& candidate) {
    if (candidate.architecture == Architecture::on_demand) return true;
    return problem.workers[candidate.worker].revocations &&
           (!candidate.other || problem.workers[*candidate.other].revocations);
}

// Why the job's outlook is not known; empty when it is.
std::string unknown(const KnownRun& known) {
    if (!known.time)
        return "how long an epoch takes is not known: the data set's rates have a unit of their own; load "
               "measured epoch times";
    return known.rates ? "" : "the revocation rate is not known; set one by hand";
}

}  // namespace

// Sources differ by more than the rows of one of them. A band of rates is taken for an interval of 95 %, as
// that of measured lifetimes is one; who asked for one end of it has decided.
risk::Doubt doubt_of(const Problem& problem, const Worker& worker) {
    risk::Doubt doubt;
    if (worker.speed) {
        const auto& range = worker.speed->range;
        doubt.time = (risk::deviation_of_range(range.samples_per_second, range.low) +
                      risk::deviation_of_range(range.samples_per_second, range.high)) /
                     2;
        if (worker.speed->basis == model::SpeedBasis::measured)
            doubt.time = std::max(doubt.time, model::spread_of_sources);
    }
    const auto& rates = worker.revocations;
    if (rates && rates->middle > 0 && problem.request.risk.point == RatePoint::middle)
        doubt.revocations = std::log(rates->high / rates->middle) / model::normal_95;
    return doubt;
}

// Of two types the wider.
risk::Doubt doubt_of(const Problem& problem, const Candidate& candidate) {
    auto first = doubt_of(problem, problem.workers[candidate.worker]);
    if (candidate.architecture == Architecture::on_demand) first.revocations = 0;
    if (!candidate.other) return first;
    const auto other = doubt_of(problem, problem.workers[*candidate.other]);
    return {std::max(first.time, other.time), std::max(first.revocations, other.revocations)};
}

risk::DeepCheck pipeline_of(const Problem& problem, const Candidate& candidate, Counts counts) {
    constexpr double gb_per_gib = 1.073741824;
    const Checkpointing& ways = problem.request.checkpointing;
    risk::DeepCheck setup;
    setup.workers = counts.nodes;
    setup.remotes = counts.remotes;
    setup.checkpoint_gib =
        problem.request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem)));
    setup.host_copy_gib_per_second = ways.host_copy_gbs / gb_per_gib;
    setup.worker_network_gbps = type_of(problem, candidate.worker).network_gbps;
    setup.remote_network_gbps = problem.market->types[*candidate.remote].network_gbps;
    setup.remote_buffer_gib = usable_memory_gib(candidate.memory, counts.remotes) / counts.remotes;
    setup.storage_gib_per_second = ways.store_gbs / gb_per_gib;
    return setup;
}

risk::JobRun PlanRun::view() const {
    risk::JobRun whole = run;
    whole.throughputs = throughputs;
    return whole;
}

KnownRun known_run(const Problem& problem, const Candidate& candidate, Counts counts) {
    KnownRun known;
    const auto& of = rules(candidate.architecture);
    const Worker& first = problem.workers[candidate.worker];
    risk::JobRun& run = known.run.run;
    known.rates = rates_known(problem, candidate);
    if (known.rates) run = of.exposure(problem, candidate, counts);
    run.start_seconds = start_seconds(problem);
    known.time = slowest_known(problem, candidate).epoch_seconds.has_value();
    if (known.time) {
        const double other = candidate.other ? 1 / *problem.workers[*candidate.other].epoch_seconds : 0;
        const double own = 1 / *first.epoch_seconds;
        const NodeWorth epochs_per_second{own, other, own};
        run.useful_seconds = job_epochs(problem) / of.together(problem, candidate, counts, epochs_per_second,
                                                               known.run.throughputs);
    }
    known.run.doubt = doubt_of(problem, candidate);
    known.unknown = unknown(known);
    return known;
}

std::optional<PlanRun> job_run(const Problem& problem, const Plan& plan) {
    const Candidate* candidate = candidate_of(problem, plan);
    if (candidate == nullptr) return std::nullopt;
    KnownRun known = known_run(problem, *candidate, counts_of(plan));
    if (!known.unknown.empty()) return std::nullopt;
    const auto estimated = [&](std::size_t worker, int machines) {
        if (machines > 0 && is_estimate(problem.workers[worker]))
            known.run.estimated_price = known.run.estimated_price + machines * *problem.workers[worker].spot;
    };
    estimated(candidate->worker, plan.spot_workers - plan.other_workers);
    if (candidate->other) estimated(*candidate->other, plan.other_workers);
    if (known.run.estimated_price > base::Money{}) known.run.price_doubt = model::measured_shrinkage.spread;
    return std::move(known.run);
}

std::optional<risk::DeepCheck> checkpoint_pipeline(const Problem& problem, const Plan& plan,
                                                   double interval_seconds) {
    const Candidate* candidate = candidate_of(problem, plan);
    if (candidate == nullptr || plan.architecture != Architecture::tiering) return std::nullopt;
    auto setup = pipeline_of(problem, *candidate, counts_of(plan));
    setup.interval_seconds = interval_seconds;
    return setup;
}

}  // namespace deepvm::problem
