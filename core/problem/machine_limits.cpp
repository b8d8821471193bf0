// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/machine_limits.h"

#include <algorithm>

namespace deepvm::problem {

std::optional<int> quota(const Problem& problem, Purchase purchase, const model::InstanceType& type) {
    const Request& request = problem.request;
    // Nobody's limit is asked for a million times.
    if (own_quotas(request, purchase).empty() && request.preset != Preset::published) return std::nullopt;
    return quota(*problem.market, request, purchase, model::quota_name(*problem.market, type));
}

std::vector<MachineLimit> machine_limits(const Problem& problem, const model::InstanceType& type,
                                         Purchase purchase, int uncounted) {
    const bool published = problem.request.preset == Preset::published;
    std::vector<MachineLimit> limits;
    if (const auto vcpus = quota(problem, purchase, type)) {
        const int machines = *vcpus / type.vcpus;
        limits.push_back({purchase == Purchase::spot ? Limit::spot_quota : Limit::on_demand_quota,
                          published ? machines - 1 : machines + uncounted});
    }
    int ceiling = problem.request.max_nodes.value_or(published ? largest_max_nodes : default_max_nodes);
    if (published && limits.empty() && problem.market->node_bound)
        ceiling = std::min(ceiling, *problem.market->node_bound - 1);
    limits.push_back({Limit::cluster_ceiling, ceiling});
    return limits;
}

MemoryRule memory_rule(const Problem& problem, const model::InstanceType& remote) {
    const Request& request = problem.request;
    if (request.preset == Preset::published)
        return {request.checkpoint_size_100mb * request.buffer_size, *remote.memory_gib, false};
    const double checkpoint = request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem)));
    return {checkpoint * request.buffer_depth, *remote.memory_gib, true};
}

}  // namespace deepvm::problem
