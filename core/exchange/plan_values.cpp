// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/plan_values.h"
#include "planner/decision.h"

#include <fmt/format.h>

#include "base/csv_table.h"

namespace deepvm::exchange {
namespace {

Json quota_value(const problem::QuotaLimits& quotas) {
    Json value = Json::object();
    for (const auto& [quota_class, vcpus] : quotas)
        value[quota_class] = vcpus;
    return value;
}

Json likely_value(const std::optional<problem::Likely>& likely) {
    return likely ? Json{{"low", likely->low}, {"high", likely->high}} : Json(nullptr);
}

template <typename T>
Json or_null(const std::optional<T>& optional) {
    return optional ? Json(*optional) : Json(nullptr);
}

Json range_value(const std::optional<model::SpeedRange>& range) {
    return range ? Json{{"low", range->low}, {"high", range->high}} : Json(nullptr);
}

Json name_or_null(const std::string& name) {
    return name.empty() ? Json(nullptr) : Json(name);
}

// The ceiling that holds; null where the published preset has none of its own.
Json ceiling_value(const problem::Request& request) {
    if (request.max_nodes) return *request.max_nodes;
    return request.preset == problem::Preset::corrected ? Json(problem::default_max_nodes) : Json(nullptr);
}

Json limits_value(const problem::Plan& plan) {
    Json limits = Json::array();
    for (const auto& state : plan.limits)
        limits.push_back({{"limit", name(state.limit)},
                          {"slack", state.slack},
                          {"unit", state.unit},
                          {"binding", state.binding}});
    return limits;
}

Json job_value(const problem::JobOutlook& job) {
    Json value{{"revocations_per_hour", or_null(job.revocations_per_hour)},
               {"fault_free_hours", or_null(job.fault_free_hours)},
               {"expected_usd", or_null(job.expected_usd)},
               {"likely_hours", likely_value(job.likely_hours)},
               {"likely_usd", likely_value(job.likely_usd)},
               {"done_by_deadline", or_null(job.done_by_deadline)},
               {"unknown", name_or_null(job.unknown)},
               {"expected", nullptr}};
    if (const auto& expected = job.expected)
        value["expected"] = {{"finishes", expected->finishes},
                             {"hours", expected->expected_hours},
                             {"deviation_hours", expected->deviation_hours},
                             {"revocations", expected->expected_revocations},
                             {"checkpoints", expected->checkpoints},
                             {"interval_seconds", expected->interval_seconds},
                             {"checkpoint_percent", expected->checkpoint_percent},
                             {"lost_percent", expected->lost_percent},
                             {"restart_percent", expected->restart_percent}};
    return value;
}

Json job_request_value(const problem::Problem& problem) {
    const problem::Request& request = problem.request;
    const auto* workload = problem::find_workload(*problem.market, request);
    return {{"unit", name(request.job.unit)},
            {"amount", request.job.amount.value_or(workload->epochs)},
            {"deadline_hours", or_null(request.job.deadline_hours)},
            {"confidence", request.job.confidence}};
}

Json risk_value(const problem::Risk& risk) {
    Json value{{"point", name(risk.point)},
               {"source", risk.rates ? risk.source : "interruption bands of the offers"},
               {"revocations_per_machine_hour", nullptr}};
    if (risk.rates)
        value["revocations_per_machine_hour"] = {
            {"low", risk.rates->low}, {"middle", risk.rates->middle}, {"high", risk.rates->high}};
    return value;
}

Json checkpointing_value(const problem::Checkpointing& ways) {
    return {{"disk_gbs", ways.disk_gbs},
            {"store_gbs", ways.store_gbs},
            {"host_copy_gbs", ways.host_copy_gbs},
            {"provisioning_seconds", ways.provisioning_s},
            {"store_usd_per_gib_month", ways.store_usd_per_gib_month}};
}

Json measured_value(const problem::Request& request) {
    Json value = Json::object();
    for (const auto& [type, law] : request.measured)
        value[type] = {{"epoch_seconds", law.epoch_seconds},
                       {"transfer_seconds", law.transfer_seconds},
                       {"latency_seconds", law.latency_seconds}};
    return value;
}

Json next_step_value(const planner::NextStep& next) {
    return {{"hourly_price", next.plan.hourly_price.usd()},
            {"extra_usd_per_hour", next.extra.usd()},
            {"gain_percent", next.gain_percent},
            {"objective", next.plan.objective},
            {"architecture", name(next.plan.architecture)},
            {"provider", name_or_null(next.plan.provider)},
            {"region", name_or_null(next.plan.region)},
            {"worker", next.plan.worker},
            {"other_worker", name_or_null(next.plan.other_worker)},
            {"nodes", next.plan.nodes},
            {"other_workers", next.plan.other_workers},
            {"remote", name_or_null(next.plan.remote)},
            {"remotes", next.plan.remotes}};
}

}  // namespace

Json catalog_value(const model::Market& market) {
    Json value;
    value[market.kind == model::MarketKind::published ? "dataset" : "provider"] = market.name;
    const bool one_place = market.places.size() == 1;
    value["region"] = one_place ? name_or_null(market.places.front().region) : Json("any");
    value["prices_as_of"] = model::prices_as_of(market);
    return value;
}

Json request_value(const problem::Problem& problem) {
    const problem::Request& request = problem.request;
    Json architectures = Json::array();
    for (const auto architecture : request.architectures)
        architectures.push_back(problem::name(architecture));
    const auto* workload = problem::find_workload(*problem.market, request);
    return {{"preset", problem::name(request.preset)},
            {"architectures", std::move(architectures)},
            {"objective", problem::name(request.objective)},
            {"workload", request.workload},
            {"precision", problem::name(request.precision.value_or(workload->precision))},
            {"utilisation", or_null(request.utilisation)},
            {"overlap", request.overlap},
            {"hosts", problem::name(request.hosts)},
            {"min_efficiency", problem::least_efficiency(*problem.market, request)},
            {"observed_prices_only", request.observed_prices_only},
            {"max_nodes", ceiling_value(request)},
            {"checkpoint_size_100mb", request.checkpoint_size_100mb},
            {"buffer_size", request.buffer_size},
            {"checkpoint_gib", request.checkpoint_gib.value_or(model::checkpoint_gib(*workload))},
            {"buffer_depth", request.buffer_depth},
            {"spot_quota", quota_value(request.spot_quota)},
            {"on_demand_quota", quota_value(request.on_demand_quota)},
            {"job", job_request_value(problem)},
            {"risk", risk_value(request.risk)},
            {"checkpointing", checkpointing_value(request.checkpointing)},
            {"measured", measured_value(request)},
            {"top", request.top}};
}

Json plan_value(const problem::Plan& plan, int rank, const planner::NextStep* next) {
    Json binding = Json::array();
    for (const auto limit : plan.binding)
        binding.push_back(name(limit));
    return {{"rank", rank},
            {"architecture", name(plan.architecture)},
            {"objective", plan.objective},
            {"provider", name_or_null(plan.provider)},
            {"region", name_or_null(plan.region)},
            {"worker", plan.worker},
            {"other_worker", name_or_null(plan.other_worker)},
            {"nodes", plan.nodes},
            {"spot_workers", plan.spot_workers},
            {"other_workers", plan.other_workers},
            {"anchors", plan.anchors},
            {"remote", name_or_null(plan.remote)},
            {"remotes", plan.remotes},
            {"hourly_price", plan.hourly_price.usd()},
            {"effective_nodes", plan.effective_nodes},
            {"efficiency", plan.efficiency},
            {"samples_per_second",
             plan.samples_per_second ? Json(plan.samples_per_second->samples_per_second) : Json(nullptr)},
            {"samples_per_second_range", range_value(plan.samples_per_second)},
            {"speed_basis", plan.samples_per_second ? Json(speed_basis_name(plan.speed)) : Json(nullptr)},
            {"hosts", plan.host == model::HostArchitecture::arm64 ? "arm" : "x86"},
            {"sharded", plan.sharded},
            {"likely_price", plan.likely_price ? Json{{"low", plan.likely_price->low.usd()},
                                                      {"high", plan.likely_price->high.usd()}}
                                               : Json(nullptr)},
            {"throughput_tflops", plan.throughput_tflops},
            {"flopp", or_null(plan.flopp)},
            {"scaling", name(plan.scaling)},
            {"job", job_value(plan.job)},
            {"binding", std::move(binding)},
            {"limits", limits_value(plan)},
            {"next_step", next ? next_step_value(*next) : Json(nullptr)}};
}

Json plan_values(const std::vector<problem::Plan>& plans) {
    Json values = Json::array();
    for (const auto& plan : plans)
        values.push_back(plan_value(plan, static_cast<int>(values.size()) + 1, nullptr));
    return values;
}

Json by_architecture_value(
    const std::map<problem::Architecture, std::vector<problem::Plan>>& by_architecture) {
    Json value = Json::object();
    for (const auto& [architecture, plans] : by_architecture)
        value[std::string(name(architecture))] = plan_values(plans);
    return value;
}

std::string text(const Json& document) {
    // Text from a catalog may not be UTF-8; a reader is better off with a replacement character than without
    // answer.
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string plan_csv_header() {
    return "architecture,provider,region,worker,nodes,spot_workers,anchors,remote,remotes,hourly_price_usd,"
           "objective,effective_nodes,throughput_tflops,flopp,other_worker,other_workers,scaling,"
           "expected_hours,expected_usd,samples_per_second,efficiency,speed_basis,host";
}

std::string plan_csv_fields(const problem::Plan& plan) {
    const auto number = [](const std::optional<double>& value) {
        return value ? fmt::format("{}", *value) : std::string();
    };
    std::optional<double> hours;
    if (plan.job.expected && plan.job.expected->finishes) hours = plan.job.expected->expected_hours;
    return fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", name(plan.architecture),
        base::csv_field(plan.provider), base::csv_field(plan.region), base::csv_field(plan.worker),
        plan.nodes, plan.spot_workers, plan.anchors, base::csv_field(plan.remote), plan.remotes,
        plan.hourly_price.decimal(), plan.objective, plan.effective_nodes, plan.throughput_tflops,
        number(plan.flopp), base::csv_field(plan.other_worker), plan.other_workers, name(plan.scaling),
        number(hours), number(plan.job.expected_usd),
        plan.samples_per_second ? fmt::format("{}", plan.samples_per_second->samples_per_second)
                                : std::string(),
        plan.efficiency, plan.samples_per_second ? speed_basis_name(plan.speed) : std::string_view(),
        name(plan.host));
}

}  // namespace deepvm::exchange
