// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/plan_values.h"

#include <fmt/format.h>

namespace deepvm::exchange {
namespace {

Json quota_value(const planner::QuotaLimits& quotas) {
    Json value = Json::object();
    for (const auto& [quota_class, vcpus] : quotas)
        value[quota_class] = vcpus;
    return value;
}

template <typename T>
Json or_null(const std::optional<T>& optional) {
    return optional ? Json(*optional) : Json(nullptr);
}

Json name_or_null(const std::string& name) {
    return name.empty() ? Json(nullptr) : Json(name);
}

// The ceiling that holds; null where the published preset has none of its own.
Json ceiling_value(const planner::Request& request) {
    if (request.max_nodes) return *request.max_nodes;
    return request.preset == planner::Preset::corrected ? Json(planner::default_max_nodes) : Json(nullptr);
}

Json limits_value(const planner::Plan& plan) {
    Json limits = Json::array();
    for (const auto& state : plan.limits)
        limits.push_back({{"limit", name(state.limit)},
                          {"slack", state.slack},
                          {"unit", state.unit},
                          {"binding", state.binding}});
    return limits;
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
            {"nodes", next.plan.nodes},
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

Json request_value(const planner::Problem& problem) {
    const planner::Request& request = problem.request;
    Json architectures = Json::array();
    for (const auto architecture : request.architectures)
        architectures.push_back(planner::name(architecture));
    const auto* workload = model::find_workload(*problem.market, request.workload);
    return {{"preset", planner::name(request.preset)},
            {"architectures", std::move(architectures)},
            {"objective", planner::name(request.objective)},
            {"workload", request.workload},
            {"precision", planner::name(request.precision.value_or(workload->precision))},
            {"utilisation", request.utilisation},
            {"overlap", request.overlap},
            {"max_nodes", ceiling_value(request)},
            {"checkpoint_size_100mb", request.checkpoint_size_100mb},
            {"buffer_size", request.buffer_size},
            {"checkpoint_gib", request.checkpoint_gib.value_or(model::checkpoint_gib(*workload))},
            {"buffer_depth", request.buffer_depth},
            {"spot_quota", quota_value(request.spot_quota)},
            {"on_demand_quota", quota_value(request.on_demand_quota)},
            {"top", request.top}};
}

Json plan_value(const planner::Plan& plan, int rank, const planner::NextStep* next) {
    Json binding = Json::array();
    for (const auto limit : plan.binding)
        binding.push_back(name(limit));
    return {{"rank", rank},
            {"architecture", name(plan.architecture)},
            {"objective", plan.objective},
            {"provider", name_or_null(plan.provider)},
            {"region", name_or_null(plan.region)},
            {"worker", plan.worker},
            {"nodes", plan.nodes},
            {"spot_workers", plan.spot_workers},
            {"anchors", plan.anchors},
            {"remote", name_or_null(plan.remote)},
            {"remotes", plan.remotes},
            {"hourly_price", plan.hourly_price.usd()},
            {"effective_nodes", plan.effective_nodes},
            {"throughput_tflops", plan.throughput_tflops},
            {"flopp", or_null(plan.flopp)},
            {"binding", std::move(binding)},
            {"limits", limits_value(plan)},
            {"next_step", next ? next_step_value(*next) : Json(nullptr)}};
}

Json plan_values(const std::vector<planner::Plan>& plans) {
    Json values = Json::array();
    for (const auto& plan : plans)
        values.push_back(plan_value(plan, static_cast<int>(values.size()) + 1, nullptr));
    return values;
}

Json by_architecture_value(
    const std::map<planner::Architecture, std::vector<planner::Plan>>& by_architecture) {
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

std::string csv_field(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string quoted = "\"";
    for (const char c : field) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string plan_csv_header() {
    return "architecture,provider,region,worker,nodes,spot_workers,anchors,remote,remotes,hourly_price_usd,"
           "objective,"
           "effective_nodes,throughput_tflops,flopp";
}

std::string plan_csv_fields(const planner::Plan& plan) {
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}", name(plan.architecture),
                       csv_field(plan.provider), csv_field(plan.region), csv_field(plan.worker), plan.nodes,
                       plan.spot_workers, plan.anchors, csv_field(plan.remote), plan.remotes,
                       plan.hourly_price.decimal(), plan.objective, plan.effective_nodes,
                       plan.throughput_tflops, plan.flopp ? fmt::format("{}", *plan.flopp) : "");
}

}  // namespace deepvm::exchange
