// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/exploration.h"

#include <algorithm>

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

problem::Request toRequest(const Exploration& exploration, model::MarketKind kind) {
    problem::Request request;
    // The choice of preset stays with the person while a provider is on show, which has but one.
    request.preset = problem::default_preset(kind);
    if (kind == model::MarketKind::published && exploration.preset) request.preset = *exploration.preset;
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
    return request;
}

}  // namespace deepvm::ui::state
