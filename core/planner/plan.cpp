// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/plan.h"

#include <fmt/format.h>

#include <tuple>

namespace deepvm::planner {

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
        case Limit::scaling:
            return "scaling";
    }
    return {};
}

std::string machines(const Plan& plan) {
    auto text = fmt::format("{} x {}", plan.nodes, plan.worker);
    if (plan.remotes > 0) text += fmt::format(" + {} x {}", plan.remotes, plan.remote);
    return text;
}

bool better(const Plan& a, const Plan& b) {
    const auto key = [](const Plan& plan) {
        return std::tuple(-plan.objective, plan.hourly_price, plan.nodes + plan.remotes,
                          std::string_view(plan.worker), std::string_view(plan.remote),
                          std::string_view(plan.provider), std::string_view(plan.region), plan.architecture);
    };
    return key(a) < key(b);
}

}  // namespace deepvm::planner
