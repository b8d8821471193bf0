// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/exploration.h"

#include <algorithm>

#include "problem/quotas.h"

namespace deepvm::ui::state {

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

model::MarketKind kindOf(const catalog::Selection& selection) {
    return selection.region.empty() ? model::MarketKind::published : model::MarketKind::provider;
}

// The usual architectures in the order of the toggles.
std::vector<problem::Architecture> usualArchitectures(model::MarketKind kind) {
    const auto usual = problem::default_request(kind).architectures;
    std::vector<problem::Architecture> ordered;
    for (const auto architecture : shown_architectures)
        if (std::ranges::find(usual, architecture) != usual.end()) ordered.push_back(architecture);
    return ordered;
}

}  // namespace

void Exploration::moveTo(catalog::Selection to) {
    const auto from = kindOf(selection);
    const auto kind = kindOf(to);
    const bool usual =
        objective == problem::default_objective(from) && architectures == usualArchitectures(from);
    if (usual && from != kind) {
        objective = problem::default_objective(kind);
        architectures = usualArchitectures(kind);
    }
    selection = std::move(to);
}

Exploration firstExploration() {
    Exploration first;
    first.moveTo({"aws", "us-east-1"});
    first.budget = base::Money::from_micro(12'000'000);
    return first;
}

SceneKey::SceneKey(Exploration of) : exploration(std::move(of)) {
    exploration.budget = {};
    exploration.whatIfPercent = 0;
    exploration.futureRuns = 0;
    exploration.futureSeed = 0;
}

std::string quotaKey(const model::Market& market, std::string_view quota_class) {
    if (model::spans_providers(market)) return std::string(quota_class);
    return market.name + '/' + std::string(quota_class);
}

namespace {

void setQuotas(const Exploration& exploration, const model::Market& market, problem::Request& request) {
    if (exploration.spotQuota.empty() && exploration.onDemandQuota.empty()) return;
    for (const auto& each : problem::quota_classes(market)) {
        const auto key = quotaKey(market, each.name);
        const auto take = [&](const problem::QuotaLimits& from, problem::QuotaLimits& into) {
            if (const auto limit = from.find(key); limit != from.end()) into[each.name] = limit->second;
        };
        take(exploration.spotQuota, request.spot_quota);
        take(exploration.onDemandQuota, request.on_demand_quota);
    }
}

void setAssumptions(const Assumptions& assumptions, model::MarketKind kind, problem::Request& request) {
    request.precision = assumptions.precision;
    request.utilisation = assumptions.utilisation;
    request.overlap = assumptions.overlap;
    // A published data set does not say what hosts its machines have.
    if (kind == model::MarketKind::provider) request.hosts = assumptions.hosts;
    request.min_efficiency = assumptions.minEfficiency;
    request.checkpoint_gib = assumptions.checkpointGib;
    request.buffer_depth = assumptions.bufferDepth;
}

}  // namespace

problem::Request toRequest(const Exploration& exploration, const model::Market& market) {
    problem::Request request;
    // The choice of preset stays with the person while a provider is on show, which has but one.
    request.preset = problem::default_preset(market.kind);
    if (market.kind == model::MarketKind::published && exploration.preset)
        request.preset = *exploration.preset;
    request.architectures = exploration.architectures;
    request.objective = exploration.objective;
    request.workload = exploration.workload;
    request.max_nodes = exploration.maxNodes;
    request.observed_prices_only = exploration.observedPricesOnly;
    request.job = exploration.job;
    request.risk = exploration.risk;
    request.checkpointing = exploration.checkpointing;
    request.own_workloads = exploration.ownWorkloads;
    for (const auto& [type, fit] : exploration.measured)
        request.measured[type] = fit.law;
    setAssumptions(exploration.assumptions, market.kind, request);
    setQuotas(exploration, market, request);
    return request;
}

}  // namespace deepvm::ui::state
