// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/request.h"

#include <algorithm>
#include <utility>

#include "base/name_table.h"
#include "model/precision.h"

namespace deepvm::problem {
namespace {

constexpr std::pair<Architecture, std::string_view> architecture_names[] = {
    {Architecture::single_anchor, "single-anchor"},
    {Architecture::tiering, "tiering"},
    {Architecture::on_demand, "on-demand"},
    {Architecture::spot_bucket, "spot-bucket"},
    {Architecture::parameter_server, "parameter-server"},
    {Architecture::mixed_workers, "mixed-workers"}};
constexpr std::pair<Preset, std::string_view> preset_names[] = {{Preset::published, "published"},
                                                                {Preset::corrected, "corrected"}};
constexpr std::pair<Objective, std::string_view> objective_names[] = {{Objective::deepvm, "deepvm"},
                                                                      {Objective::throughput, "throughput"},
                                                                      {Objective::job_cost, "job-cost"},
                                                                      {Objective::job_time, "job-time"}};
constexpr std::pair<Hosts, std::string_view> hosts_names[] = {{Hosts::x86, "x86"}, {Hosts::any, "any"}};
constexpr std::pair<JobUnit, std::string_view> job_unit_names[] = {
    {JobUnit::epochs, "epochs"}, {JobUnit::samples, "samples"}, {JobUnit::flop, "flop"}};
constexpr std::pair<RatePoint, std::string_view> rate_point_names[] = {
    {RatePoint::low, "low"}, {RatePoint::middle, "middle"}, {RatePoint::high, "high"}};

}  // namespace

Preset default_preset(model::MarketKind kind) {
    return kind == model::MarketKind::published ? Preset::published : Preset::corrected;
}

bool is_of_job(Objective objective) {
    return objective == Objective::job_cost || objective == Objective::job_time;
}

Objective default_objective(model::MarketKind kind) {
    return kind == model::MarketKind::published ? Objective::deepvm : Objective::throughput;
}

std::vector<Architecture> default_architectures(model::MarketKind kind, Preset preset, Objective objective) {
    if (kind == model::MarketKind::provider || is_of_job(objective))
        return {all_architectures.begin(), all_architectures.end()};
    std::vector architectures{Architecture::single_anchor, Architecture::tiering};
    if (preset == Preset::corrected) architectures.push_back(Architecture::on_demand);
    return architectures;
}

Request default_request(model::MarketKind kind) {
    Request request;
    request.preset = default_preset(kind);
    request.objective = default_objective(kind);
    request.architectures = default_architectures(kind, request.preset, request.objective);
    return request;
}

double least_efficiency(const model::Market& market, const Request& request) {
    return request.min_efficiency.value_or(market.kind == model::MarketKind::provider ? 0.5 : 0);
}

const model::WorkloadProfile* find_workload(const model::Market& market, const Request& request) {
    const auto own = std::find_if(request.own_workloads.begin(), request.own_workloads.end(),
                                  [&](const auto& workload) { return workload.name == request.workload; });
    if (own != request.own_workloads.end()) return &*own;
    return model::find_workload(market, request.workload);
}

double job_epochs(const model::WorkloadProfile& workload, const Job& job) {
    if (!job.amount) return workload.epochs;
    const auto samples = static_cast<double>(workload.samples_per_epoch);
    switch (job.unit) {
        case JobUnit::epochs:
            break;
        case JobUnit::samples:
            return *job.amount / samples;
        case JobUnit::flop:
            return *job.amount / (samples * workload.flop_per_sample);
    }
    return *job.amount;
}

std::string_view name(Architecture architecture) {
    return base::name_in(architecture_names, architecture);
}
std::string_view name(Preset preset) {
    return base::name_in(preset_names, preset);
}
std::string_view name(Objective objective) {
    return base::name_in(objective_names, objective);
}
std::string_view name(model::Precision precision) {
    return model::precision_name(precision);
}
std::string_view name(Hosts hosts) {
    return base::name_in(hosts_names, hosts);
}
std::string_view name(JobUnit unit) {
    return base::name_in(job_unit_names, unit);
}
std::string_view name(RatePoint point) {
    return base::name_in(rate_point_names, point);
}

base::Result<Architecture> parse_architecture(std::string_view text) {
    return base::parse_in(architecture_names, "architecture", text);
}
base::Result<Preset> parse_preset(std::string_view text) {
    return base::parse_in(preset_names, "preset", text);
}
base::Result<Objective> parse_objective(std::string_view text) {
    return base::parse_in(objective_names, "objective", text);
}
base::Result<model::Precision> parse_precision(std::string_view text) {
    if (const auto known = model::precision_named(text)) return *known;
    return tl::unexpected(base::unknown_name("precision", text, model::precision_names()));
}
base::Result<JobUnit> parse_job_unit(std::string_view text) {
    return base::parse_in(job_unit_names, "job unit", text);
}
base::Result<Hosts> parse_hosts(std::string_view text) {
    return base::parse_in(hosts_names, "hosts", text);
}
base::Result<RatePoint> parse_rate_point(std::string_view text) {
    return base::parse_in(rate_point_names, "rate point", text);
}

}  // namespace deepvm::problem
