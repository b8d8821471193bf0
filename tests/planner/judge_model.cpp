// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/judge_model.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "judge/deadline.h"
#include "judge/formats.h"
#include "judge/hours.h"
#include "judge/pipeline.h"
#include "judge/rates.h"
#include "judge/scaling.h"
#include "judge/servers.h"
#include "planner/close_call.h"

namespace deepvm::tests {
namespace {

using problem::Architecture;
using problem::Objective;

constexpr double bytes_per_gib = 1073741824.0;

// The paper's law, the measured one or the analytic one.
double scaled(const model::InstanceType& type, const model::WorkloadProfile& w,
              const problem::Request& request, double rate, int n) {
    if (const auto measured = request.measured.find(type.name); measured != request.measured.end())
        return judge::nodes_by_measurement(measured->second, n);
    if (type.scaling) return judge::nodes_by_logistic(*type.scaling, n);
    if (type.network_gbps <= 0) return 1;  // never more than one
    judge::Ring ring;
    ring.step_seconds = w.accumulation_steps * w.batch_per_accelerator * std::max(type.accelerator_count, 1) *
                        w.flop_per_sample / (rate * 1e12);
    const auto parameters = static_cast<double>(w.parameters);
    ring.bytes = parameters * w.gradient_bytes_per_parameter;
    // States that no node holds alone: weights are gathered twice, those that are not trained come along.
    if (judge::nodes_that_hold(type, w) > 1)
        ring.bytes = 1.5 * ring.bytes + parameters * std::max(0, w.state_bytes_per_parameter - 16);
    const double line = type.fabric_gbps > 0 && !type.published_rate ? type.fabric_gbps : type.network_gbps;
    ring.gbps = judge::usable_gbps(!type.published_rate && type.fabric == model::Fabric::tcp, line);
    ring.hidden = request.overlap;
    return judge::nodes_by_ring(ring, n);
}

const model::WorkloadProfile& workload_of(const model::Market& market, const problem::Request& request) {
    for (const auto* all : {&request.own_workloads, &market.workloads})
        for (const auto& workload : *all)
            if (workload.name == request.workload) return workload;
    throw std::invalid_argument("no workload " + request.workload);
}

}  // namespace

JudgeModel::JudgeModel(const model::Market& market, const problem::Request& request, bool ideal_scaling)
    : market_(market), request_(request), workload_(workload_of(market, request)), ideal_(ideal_scaling) {}

double JudgeModel::checkpoint_gib() const {
    return request_.checkpoint_gib.value_or(judge::checkpoint_gib(workload_));
}

bool JudgeModel::trains(const model::InstanceType& type) const {
    if (!type.is_worker()) return false;
    if (request_.hosts == problem::Hosts::x86 && type.host == model::HostArchitecture::arm64) return false;
    return least_nodes(type) <= (type.network_gbps > 0 ? request_.max_nodes.value_or(64) : 1);
}

int JudgeModel::least_nodes(const model::InstanceType& type) const {
    return judge::nodes_that_hold(type, workload_);
}

bool JudgeModel::of_job() const {
    return request_.objective == Objective::job_cost || request_.objective == Objective::job_time;
}

std::optional<base::Money> JudgeModel::spot(const model::Offer& offer) const {
    const bool estimated = offer.spot_basis == model::PriceBasis::advisor_savings;
    return request_.observed_prices_only && estimated ? std::nullopt : offer.spot;
}

bool JudgeModel::can_be_ranked(Architecture architecture, const model::Offer& worker) const {
    if (of_job() && !has_step_time(type(worker))) return false;
    const bool published = market_.kind == model::MarketKind::published;
    if (request_.objective == Objective::deepvm && published && !spot(worker)) return false;
    if (architecture == Architecture::on_demand) return true;
    const bool alone = architecture == Architecture::spot_bucket;
    if (!alone && type(worker).network_gbps <= 0) return false;
    const bool whole =
        architecture == Architecture::parameter_server || architecture == Architecture::mixed_workers;
    if (whole && least_nodes(type(worker)) > 1) return false;
    return spot(worker) && (!of_job() || request_.risk.rates || worker.interruption_band);
}

double JudgeModel::rate(const model::InstanceType& type) const {
    if (type.published_rate) return *type.published_rate;
    return samples(type) * workload_.flop_per_sample / 1e12;
}

double JudgeModel::samples(const model::InstanceType& type) const {
    if (const auto yours = request_.measured.find(type.name); yours != request_.measured.end())
        return static_cast<double>(workload_.samples_per_epoch) / judge::seconds_of_epoch(yours->second, 1);
    const int count = type.accelerator_count;
    if (request_.utilisation) {
        const double peak =
            judge::training_format(*type.accelerator, request_.precision.value_or(workload_.precision))
                .tflops;
        return *request_.utilisation * (count * peak * 1e12 / workload_.flop_per_sample);
    }
    return known_speed(type).samples_per_second * judge::worth_of(count);
}

model::Precision JudgeModel::runs_as(const model::Accelerator& accelerator) const {
    return judge::training_format(accelerator, request_.precision.value_or(workload_.precision)).precision;
}

// Of one of its accelerators.
model::SpeedRange JudgeModel::known_speed(const model::InstanceType& type) const {
    const auto& accelerator = *type.accelerator;
    const auto runs_in = runs_as(accelerator);
    const auto& name = workload_.measured_as.empty() ? workload_.name : workload_.measured_as;
    if (const auto* measured = market_.speeds.measured.find(accelerator.name, name, runs_in))
        return measured->range;
    const model::TrainingLoad load{name, workload_.kind, static_cast<double>(workload_.parameters),
                                   workload_.flop_per_sample};
    return market_.speeds.estimate.samples_per_second(accelerator, load, runs_in);
}

// Ranges are those of four of five cases: 2.5631 deviations from end to end.
judge::Doubt JudgeModel::doubt_of(const model::Offer& offer) const {
    judge::Doubt doubt;
    const auto& of = type(offer);
    if (!of.published_rate && !request_.utilisation && !request_.measured.contains(of.name)) {
        const auto range = known_speed(of);
        doubt.time = std::log(range.high / range.low) / 2.5631031310892007;
        const auto& name = workload_.measured_as.empty() ? workload_.name : workload_.measured_as;
        const auto runs_in = runs_as(*of.accelerator);
        if (market_.speeds.measured.find(of.accelerator->name, name, runs_in))
            doubt.time = std::max(doubt.time, 0.217);
    }
    doubt.revocations = revocations_in_doubt(offer);
    return doubt;
}

// The ends of a range of rates are those of 95 of 100 cases; whoever chose one of them has no doubt.
double JudgeModel::revocations_in_doubt(const model::Offer& offer) const {
    if (request_.risk.point != problem::RatePoint::middle) return 0;
    judge::Rates rates;
    if (request_.risk.rates)
        rates = {request_.risk.rates->low, request_.risk.rates->middle, request_.risk.rates->high};
    else if (offer.interruption_band)
        rates = judge::of_band(*offer.interruption_band);
    return rates.middle > 0 ? std::log(rates.high / rates.middle) / 1.959964 : 0;
}

judge::Doubt JudgeModel::doubt(const Found& found) const {
    auto all = doubt_of(*found.worker);
    if (found.other) {
        const auto two = doubt_of(*found.other);
        all = {std::max(all.time, two.time), std::max(all.revocations, two.revocations)};
    }
    return all;
}

std::optional<double> JudgeModel::epoch_seconds(const model::InstanceType& type) const {
    if (const auto measured = request_.measured.find(type.name); measured != request_.measured.end())
        return judge::seconds_of_epoch(measured->second, 1);
    if (type.published_rate) return std::nullopt;  // in a unit of its own
    return static_cast<double>(workload_.samples_per_epoch) * workload_.flop_per_sample / (rate(type) * 1e12);
}

// Of one ideal node: FLOP per dollar, TFLOP/s or epochs a second. A dollar is that of the machine's own
// price, but for the published planner, which knows the spot price alone.
double JudgeModel::value(const model::Offer& offer, bool owned) const {
    if (of_job()) return 1 / *epoch_seconds(type(offer));
    if (request_.objective == Objective::throughput) return rate(type(offer));
    const double unit = market_.kind == model::MarketKind::published ? 1 : 1e12;
    const bool by_spot = !owned || market_.kind == model::MarketKind::published;
    return rate(type(offer)) * unit * 3600 / (by_spot ? spot(offer)->usd() : offer.on_demand.usd());
}

double JudgeModel::effective(const model::InstanceType& type, int n) const {
    if (ideal_) return n;
    auto& table = effective_[&type];
    while (table.size() < static_cast<std::size_t>(n))
        table.push_back(scaled(type, workload_, request_, rate(type), static_cast<int>(table.size()) + 1));
    return table[static_cast<std::size_t>(n) - 1];
}

double JudgeModel::per_node(const model::InstanceType& type, int n) const {
    return effective(type, n) / n;
}

double JudgeModel::usable_gbs(const model::Offer& a, const model::Offer* b) const {
    const double gbps = std::min(type(a).network_gbps, b ? type(*b).network_gbps : type(a).network_gbps);
    return 0.7 * gbps / 8;
}

// Steps a second of 1, 2 ... workers, in units of a worker's that never waits.
const std::vector<double>& JudgeModel::server_table(const Found& found) const {
    auto& table = servers_[{found.worker->type, found.remote->type, found.remotes}];
    if (table.size() >= static_cast<std::size_t>(found.nodes)) return table;
    const auto& worker = type(*found.worker);
    const double samples = workload_.batch_per_accelerator * std::max(worker.accelerator_count, 1);
    const double computing =
        *epoch_seconds(worker) * samples / static_cast<double>(workload_.samples_per_epoch);
    // Gradients in and parameters out, at the speed of the slower end.
    const double bytes =
        2.0 * static_cast<double>(workload_.parameters) * workload_.gradient_bytes_per_parameter;
    const double line = std::min(worker.network_gbps, type(*found.remote).network_gbps);
    const double serving = 8 * bytes / (judge::usable_gbps(true, line) * 1e9);
    table = judge::steps_a_second(std::max(found.nodes, 64), found.remotes, computing + 0.002, serving);
    for (double& entry : table)
        entry *= computing;
    if (ideal_)
        for (std::size_t i = 0; i < table.size(); ++i)
            table[i] = static_cast<double>(i + 1);
    return table;
}

// By the objective's value of one node.
double JudgeModel::nodes_worth(const Found& found) const {
    const auto& first = type(*found.worker);
    if (found.architecture == Architecture::parameter_server)
        return value(*found.worker) * server_table(found)[static_cast<std::size_t>(found.nodes) - 1];
    if (found.architecture == Architecture::on_demand)
        return value(*found.worker, true) * effective(first, found.nodes);
    if (found.architecture == Architecture::single_anchor)
        // The anchor's difference apart: the same nodes are worth the same to the last bit where there is
        // none.
        return value(*found.worker) * effective(first, found.nodes) +
               (value(*found.worker, true) - value(*found.worker)) * per_node(first, found.nodes);
    if (found.architecture != Architecture::mixed_workers)
        return value(*found.worker) * effective(first, found.nodes);
    const double efficiency =
        std::min(per_node(first, found.nodes), per_node(type(*found.other), found.nodes));
    return efficiency *
           ((found.nodes - found.others) * value(*found.worker) + found.others * value(*found.other) +
            (value(*found.worker, true) - value(*found.worker)));
}

// What the machines do together of what each would do alone.
bool JudgeModel::efficient(const Found& found) const {
    const double usual = market_.kind == model::MarketKind::provider ? 0.5 : 0;
    const double least = request_.min_efficiency.value_or(usual);
    const auto& first = type(*found.worker);
    double together = per_node(first, found.nodes);
    if (found.architecture == Architecture::parameter_server)
        together = server_table(found)[static_cast<std::size_t>(found.nodes) - 1] / found.nodes;
    if (found.other) together = std::min(together, per_node(type(*found.other), found.nodes));
    return together >= least * (1 - 1e-12);
}

double JudgeModel::revocations(const model::Offer& offer) const {
    const auto of_points = [&](const auto& rates) {
        return request_.risk.point == problem::RatePoint::low      ? rates.low
               : request_.risk.point == problem::RatePoint::middle ? rates.middle
                                                                   : rates.high;
    };
    const double rate = request_.risk.rates ? of_points(*request_.risk.rates)
                                            : of_points(judge::of_band(*offer.interruption_band));
    return rate * request_.risk.factor;
}

// The way of the checkpoints of a cluster with remote nodes.
judge::Pipeline JudgeModel::pipeline(const Found& found) const {
    constexpr double gb_per_gib = bytes_per_gib / 1e9;
    const bool published = request_.preset == problem::Preset::published;
    const double memory = *type(*found.remote).memory_gib;
    judge::Machinery machinery;
    machinery.workers = found.nodes;
    machinery.remotes = found.remotes;
    machinery.checkpoint_gib = checkpoint_gib();
    machinery.host_copy = request_.checkpointing.host_copy_gbs / gb_per_gib;
    machinery.cutting = 4;
    machinery.worker_gbps = type(*found.worker).network_gbps;
    machinery.remote_gbps = type(*found.remote).network_gbps;
    machinery.memory_gib = published ? memory : 0.8 * memory * found.remotes;
    machinery.storage = request_.checkpointing.store_gbs / gb_per_gib;
    return judge::pipeline_of(machinery);
}

judge::Run JudgeModel::run(const Found& found) const {
    const problem::Checkpointing& ways = request_.checkpointing;
    const double gigabytes = checkpoint_gib() * bytes_per_gib / 1e9;
    judge::Run run;
    const double one = found.architecture == Architecture::on_demand ? 0 : revocations(*found.worker);
    switch (found.architecture) {
        case Architecture::on_demand:
            break;
        case Architecture::single_anchor:
        case Architecture::mixed_workers: {
            const double two = found.other ? revocations(*found.other) : 0;
            run.revocations_per_hour = (found.nodes - 1 - found.others) * one + found.others * two;
            run.checkpoint_seconds = gigabytes / ways.disk_gbs;
            run.restart_seconds = ways.provisioning_s +
                                  gigabytes / std::min(ways.disk_gbs, usable_gbs(*found.worker, found.other));
            break;
        }
        case Architecture::tiering: {
            const double way = usable_gbs(*found.worker, found.remote);
            run.revocations_per_hour = found.nodes * one;
            run.checkpoint_seconds = gigabytes / ways.host_copy_gbs;
            const judge::Pipeline pipeline = this->pipeline(found);
            const bool holds = pipeline.places >= 1;
            run.shortest_interval_seconds = holds ? judge::shortest_interval(pipeline) : 1e12;
            run.restart_seconds = ways.provisioning_s + gigabytes / way;
            // What is on its way when a machine goes is lost as well.
            if (holds) run.restart_seconds += pipeline.cut + pipeline.send;
            break;
        }
        case Architecture::spot_bucket:
            run.revocations_per_hour = found.nodes * one;
            run.checkpoint_seconds =
                gigabytes / (type(*found.worker).network_gbps > 0
                                 ? std::min(ways.store_gbs, usable_gbs(*found.worker, nullptr))
                                 : ways.store_gbs);
            run.restart_seconds = ways.provisioning_s + run.checkpoint_seconds;
            break;
        case Architecture::parameter_server:
            run.revocations_per_hour = found.nodes * one;
            run.restart_seconds = ways.provisioning_s + gigabytes / usable_gbs(*found.worker, found.remote);
            run.throughputs = std::span(server_table(found)).first(static_cast<std::size_t>(found.nodes));
            break;
    }
    run.start_seconds = ways.provisioning_s + gigabytes / ways.disk_gbs;
    const problem::Job& job = request_.job;
    const auto samples = static_cast<double>(workload_.samples_per_epoch);
    double epochs = job.amount.value_or(workload_.epochs);
    if (job.amount && job.unit == problem::JobUnit::samples) epochs = *job.amount / samples;
    if (job.amount && job.unit == problem::JobUnit::flop)
        epochs = *job.amount / (samples * workload_.flop_per_sample);
    run.useful_seconds = epochs / nodes_worth(found);
    return run;
}

double JudgeModel::expected_hours(const Found& found) const {
    return judge::expected_hours(run(found));
}

bool JudgeModel::in_time(const Found& found, const judge::Run& run, double checkpoints) const {
    if (!request_.job.deadline_hours) return true;
    const double hours = *request_.job.deadline_hours;
    const auto doubt = this->doubt(found);
    ++deadlines_.asked;
    const auto verdict = judge::in_time(run, checkpoints, hours, doubt, request_.job.confidence);
    if (verdict != judge::InTime::close) return verdict == judge::InTime::yes;
    ++deadlines_.close;
    return planner_keeps(run, hours, doubt, request_.job.confidence);
}

double JudgeModel::worth(const Found& found) const {
    if (!of_job()) return nodes_worth(found);
    const judge::Run job = run(found);
    const double checkpoints = judge::checkpoints(job);
    const double hours = judge::expected_hours(job, checkpoints);
    if (!std::isfinite(hours) || !in_time(found, job, checkpoints)) return 0;
    return 1 / (request_.objective == Objective::job_time ? hours : found.price.usd() * hours);
}

}  // namespace deepvm::tests
