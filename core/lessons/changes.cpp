// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/changes.h"

#include <algorithm>
#include <array>

#include "base/names.h"

namespace deepvm::lessons {
namespace {

using session::Exploration;

struct Changeable {
    std::string_view name;
    std::string_view words;
    bool (*same)(const Exploration& a, const Exploration& b);
};

// All of an exploration but the width of What if and the number and seed of futures.
constexpr std::array<Changeable, 20> changeables{{
    {"market", "the market",
     [](const auto& a, const auto& b) { return a.selection.market == b.selection.market; }},
    {"region", "the region",
     [](const auto& a, const auto& b) { return a.selection.region == b.selection.region; }},
    {"budget", "the budget", [](const auto& a, const auto& b) { return a.budget == b.budget; }},
    {"workload", "the workload",
     [](const auto& a, const auto& b) {
         return a.workload == b.workload && a.own_workloads == b.own_workloads;
     }},
    {"objective", "the objective", [](const auto& a, const auto& b) { return a.objective == b.objective; }},
    {"architectures", "the architectures",
     [](const auto& a, const auto& b) { return a.architectures == b.architectures; }},
    {"preset", "the rules", [](const auto& a, const auto& b) { return a.preset == b.preset; }},
    {"epochs", "the length of the job",
     [](const auto& a, const auto& b) { return a.job.unit == b.job.unit && a.job.amount == b.job.amount; }},
    {"deadline", "the deadline",
     [](const auto& a, const auto& b) { return a.job.deadline_hours == b.job.deadline_hours; }},
    {"confidence", "the confidence of the deadline",
     [](const auto& a, const auto& b) { return a.job.confidence == b.job.confidence; }},
    {"revocations", "the risk", [](const auto& a, const auto& b) { return a.risk == b.risk; }},
    {"max_nodes", "the most nodes", [](const auto& a, const auto& b) { return a.max_nodes == b.max_nodes; }},
    {"observed_prices_only", "which spot prices count",
     [](const auto& a, const auto& b) { return a.observed_prices_only == b.observed_prices_only; }},
    {"precision", "the precision",
     [](const auto& a, const auto& b) { return a.assumptions.precision == b.assumptions.precision; }},
    {"utilisation", "the utilisation",
     [](const auto& a, const auto& b) { return a.assumptions.utilisation == b.assumptions.utilisation; }},
    {"min_efficiency", "the least efficiency",
     [](const auto& a, const auto& b) {
         return a.assumptions.min_efficiency == b.assumptions.min_efficiency;
     }},
    {"provisioning", "the time of provisioning",
     [](const auto& a, const auto& b) {
         return a.checkpointing.provisioning_s == b.checkpointing.provisioning_s;
     }},
    {"store_gbs", "the speed of the store",
     [](const auto& a, const auto& b) { return a.checkpointing.store_gbs == b.checkpointing.store_gbs; }},
    {"quotas", "the quotas",
     [](const auto& a, const auto& b) {
         return a.spot_quota == b.spot_quota && a.on_demand_quota == b.on_demand_quota;
     }},
    {"checkpoints", "other speeds of checkpoints",
     [](const auto& a, const auto& b) {
         auto rest = b.checkpointing;
         rest.provisioning_s = a.checkpointing.provisioning_s;
         rest.store_gbs = a.checkpointing.store_gbs;
         return a.checkpointing == rest;
     }},
}};

// The assumptions of an expert that have no setting of their own, and speeds that were measured.
bool same_assumptions(const Exploration& a, const Exploration& b) {
    auto rest = b.assumptions;
    rest.precision = a.assumptions.precision;
    rest.utilisation = a.assumptions.utilisation;
    rest.min_efficiency = a.assumptions.min_efficiency;
    return a.assumptions == rest && a.measured == b.measured;
}

constexpr std::string_view assumptions = "assumptions";
constexpr std::string_view any = "any";

}  // namespace

base::Result<void> check_allowed(std::string_view name) {
    std::vector<std::string> names{std::string(assumptions), std::string(any)};
    for (const auto& each : changeables)
        names.emplace_back(each.name);
    if (std::ranges::find(names, name) != names.end()) return {};
    return tl::unexpected(base::unknown_name("setting", std::string(name), names));
}

std::vector<std::string> changed_beside(const session::Exploration& begin, const session::Exploration& now,
                                        const SettingNames& allowed) {
    std::vector<std::string> changed;
    if (allowed.contains(any)) return changed;
    for (const auto& each : changeables)
        if (!allowed.contains(each.name) && !each.same(begin, now)) changed.emplace_back(each.words);
    if (!allowed.contains(assumptions) && !same_assumptions(begin, now))
        changed.emplace_back("an assumption of Advanced");
    return changed;
}

}  // namespace deepvm::lessons
