// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/plan.h"

#include <fmt/format.h>

#include <tuple>

namespace deepvm::problem {

std::string_view name(Limit limit) {
    switch (limit) {
        case Limit::budget:
            return "budget";
        case Limit::spot_quota:
            return "spot-quota";
        case Limit::on_demand_quota:
            return "on-demand-quota";
        case Limit::network_saturation:
            return "network-saturation";
        case Limit::remote_memory:
            return "remote-memory";
        case Limit::cluster_ceiling:
            return "cluster-ceiling";
        case Limit::accelerator_memory:
            return "accelerator-memory";
        case Limit::unknown_network:
            return "unknown-network";
        case Limit::efficiency:
            return "efficiency";
        case Limit::scaling:
            return "scaling";
    }
    return {};
}

std::string machines(const Plan& plan) {
    auto text = fmt::format("{} x {}", plan.nodes - plan.other_workers, plan.worker);
    if (plan.other_workers > 0) text += fmt::format(" + {} x {}", plan.other_workers, plan.other_worker);
    if (plan.remotes > 0) text += fmt::format(" + {} x {}", plan.remotes, plan.remote);
    return text;
}

std::string_view name(ScalingBasis basis) {
    switch (basis) {
        case ScalingBasis::measured:
            return "measured";
        case ScalingBasis::published:
            return "published";
        case ScalingBasis::assumed:
            break;
    }
    return "assumed";
}

double gain_percent(Objective objective, const Plan& before, const Plan& after) {
    if (is_of_job(objective)) return (1 - before.worth / after.worth) * 100;
    return (after.worth / before.worth - 1) * 100;
}

bool better(const Plan& a, const Plan& b) {
    const auto key = [](const Plan& plan) {
        return std::tuple(-plan.worth, plan.hourly_price, plan.nodes + plan.remotes, -plan.generation,
                          std::string_view(plan.worker), std::string_view(plan.other_worker),
                          std::string_view(plan.remote), std::string_view(plan.provider),
                          std::string_view(plan.region), plan.architecture);
    };
    return key(a) < key(b);
}

}  // namespace deepvm::problem
