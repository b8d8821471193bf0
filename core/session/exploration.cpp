// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exploration.h"

#include <algorithm>

#include "problem/quotas.h"

namespace deepvm::session {

bool Exploration::has(problem::Architecture architecture) const {
    return std::ranges::find(architectures, architecture) != architectures.end();
}

void Exploration::enable(problem::Architecture architecture, bool on) {
    std::vector<problem::Architecture> next;
    for (const auto known : shown_architectures)
        if (known == architecture ? on : has(known)) next.push_back(known);
    architectures = std::move(next);
}

namespace {

model::MarketKind kind_of(const catalog::Selection& selection) {
    return selection.region.empty() ? model::MarketKind::published : model::MarketKind::provider;
}

// The usual architectures in the order of the toggles.
std::vector<problem::Architecture> usual_architectures(model::MarketKind kind) {
    const auto usual = problem::default_request(kind).architectures;
    std::vector<problem::Architecture> ordered;
    for (const auto architecture : shown_architectures)
        if (std::ranges::find(usual, architecture) != usual.end()) ordered.push_back(architecture);
    return ordered;
}

}  // namespace

void Exploration::move_to(catalog::Selection to) {
    const auto from = kind_of(selection);
    const auto kind = kind_of(to);
    const bool usual =
        objective == problem::default_objective(from) && architectures == usual_architectures(from);
    if (usual && from != kind) {
        objective = problem::default_objective(kind);
        architectures = usual_architectures(kind);
    }
    selection = std::move(to);
}

Exploration first_exploration() {
    Exploration first;
    first.move_to({"aws", "us-east-1"});
    first.budget = base::Money::from_micro(12'000'000);
    return first;
}

std::string quota_key(const model::Market& market, std::string_view quota_class) {
    if (model::spans_providers(market)) return std::string(quota_class);
    return market.name + '/' + std::string(quota_class);
}

namespace {

void set_quotas(const Exploration& exploration, const model::Market& market, problem::Request& request) {
    if (exploration.spot_quota.empty() && exploration.on_demand_quota.empty()) return;
    for (const auto& each : problem::quota_classes(market)) {
        const auto key = quota_key(market, each.name);
        const auto take = [&](const problem::QuotaLimits& from, problem::QuotaLimits& into) {
            if (const auto limit = from.find(key); limit != from.end()) into[each.name] = limit->second;
        };
        take(exploration.spot_quota, request.spot_quota);
        take(exploration.on_demand_quota, request.on_demand_quota);
    }
}

void set_assumptions(const Assumptions& assumptions, model::MarketKind kind, problem::Request& request) {
    request.precision = assumptions.precision;
    request.utilisation = assumptions.utilisation;
    request.overlap = assumptions.overlap;
    // A published data set does not say what hosts its machines have.
    if (kind == model::MarketKind::provider) request.hosts = assumptions.hosts;
    request.min_efficiency = assumptions.min_efficiency;
    request.checkpoint_gib = assumptions.checkpoint_gib;
    request.buffer_depth = assumptions.buffer_depth;
    request.checkpoint_size_100mb = assumptions.checkpoint_size_100mb;
    request.buffer_size = assumptions.buffer_size;
}

}  // namespace

problem::Request to_request(const Exploration& exploration, const model::Market& market) {
    problem::Request request;
    // The choice of preset stays with the person while a provider is on show, which has but one.
    request.preset = problem::default_preset(market.kind);
    if (market.kind == model::MarketKind::published && exploration.preset)
        request.preset = *exploration.preset;
    request.architectures = exploration.architectures;
    request.objective = exploration.objective;
    request.workload = exploration.workload;
    request.max_nodes = exploration.max_nodes;
    request.observed_prices_only = exploration.observed_prices_only;
    request.job = exploration.job;
    request.risk = exploration.risk;
    request.checkpointing = exploration.checkpointing;
    request.own_workloads = exploration.own_workloads;
    for (const auto& [type, fit] : exploration.measured)
        request.measured[type] = fit.law;
    set_assumptions(exploration.assumptions, market.kind, request);
    set_quotas(exploration, market, request);
    return request;
}

namespace {

// In one place the region is that place's, also where a provider has no other.
catalog::Selection selection_of(const model::Market& market) {
    if (market.kind == model::MarketKind::published) return {market.name, ""};
    if (market.places.size() == 1 && !model::spans_providers(market))
        return {market.name, market.places.front().region};
    return {market.name, std::string(catalog::any_region)};
}

problem::QuotaLimits keyed(const problem::QuotaLimits& limits, const model::Market& market) {
    problem::QuotaLimits result;
    for (const auto& [name, vcpus] : limits)
        result[quota_key(market, name)] = vcpus;
    return result;
}

}  // namespace

Exploration exploration_of(const problem::Problem& problem, base::Money budget) {
    const auto& market = *problem.market;
    const auto& request = problem.request;
    Exploration made;
    made.selection = selection_of(market);
    made.budget = budget;
    // Of the window, which has them in one order.
    for (const auto architecture : problem::all_architectures)
        made.enable(architecture,
                    std::ranges::find(request.architectures, architecture) != request.architectures.end());
    made.objective = request.objective;
    made.workload = request.workload;
    if (request.preset != problem::default_preset(market.kind)) made.preset = request.preset;
    made.observed_prices_only = request.observed_prices_only;
    made.max_nodes = request.max_nodes;
    made.job = request.job;
    made.risk = request.risk;
    made.checkpointing = request.checkpointing;
    made.assumptions = {request.precision,    request.utilisation,           request.overlap,
                        request.hosts,        request.min_efficiency,        request.checkpoint_gib,
                        request.buffer_depth, request.checkpoint_size_100mb, request.buffer_size};
    made.spot_quota = keyed(request.spot_quota, market);
    made.on_demand_quota = keyed(request.on_demand_quota, market);
    made.own_workloads = request.own_workloads;
    for (const auto& [type, law] : request.measured)
        made.measured[type] = {type, law, {}, 0};
    return made;
}

}  // namespace deepvm::session
