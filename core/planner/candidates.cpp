// SPDX-License-Identifier: GPL-3.0-or-later
// Candidates: every architecture with its machines chosen, and the limits on their counts.
#include "planner/candidates.h"

#include <algorithm>
#include <utility>

#include "planner/bounds.h"

namespace deepvm::planner {
namespace {

enum class Purchase { spot, on_demand };

// vCPUs that the quota of the type's class allows, nothing when there is no limit.
std::optional<int> quota(const Problem& problem, Purchase purchase, const model::InstanceType& type) {
    const Request& request = problem.request;
    const auto& given = purchase == Purchase::spot ? request.spot_quota : request.on_demand_quota;
    if (const auto found = given.find(model::quota_name(*problem.market, type)); found != given.end())
        return found->second;
    if (request.preset != Preset::published) return std::nullopt;
    for (const auto& limit : problem.market->quotas)
        if (limit.quota_class == type.quota_class)
            return purchase == Purchase::spot ? limit.spot_vcpus : limit.on_demand_vcpus;
    return std::nullopt;
}

// Limits on `machines of this type` + `uncounted` by quota and ceiling. The published planner counts up to
// but not including its bounds, and lets an anchor pass as a spot worker; the corrected preset does neither.
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

void limit_nodes(Candidate& candidate, std::vector<MachineLimit> limits) {
    candidate.node_limits = std::move(limits);
    candidate.max_nodes = tightest(candidate.node_limits, std::nullopt);
}

// The machines and prices alone; limits are the caller's.
std::optional<Candidate> anchored(const Problem& problem, std::size_t worker_index) {
    const Worker& worker = problem.workers[worker_index];
    if (!worker.offer->spot) return std::nullopt;
    if (problem.request.preset == Preset::corrected) {
        const auto& type = problem.market->types[worker.type];
        const auto anchors = quota(problem, Purchase::on_demand, type);
        if (anchors && *anchors < type.vcpus) return std::nullopt;
    }
    Candidate candidate;
    candidate.architecture = Architecture::single_anchor;
    candidate.worker = worker_index;
    candidate.fixed = worker.offer->on_demand - *worker.offer->spot;  // n nodes are one anchor and n - 1 spot
    candidate.per_node = *worker.offer->spot;
    candidate.min_nodes = 2;
    return candidate;
}

std::optional<Candidate> single_anchor(const Problem& problem, std::size_t worker_index) {
    auto candidate = anchored(problem, worker_index);
    if (!candidate) return std::nullopt;
    const auto& type = problem.market->types[problem.workers[worker_index].type];
    limit_nodes(*candidate, machine_limits(problem, type, Purchase::spot, 1));
    return candidate;
}

// What the policies choose from. The published ones use the whole spot quota, one node more than the
// published planner, and know no bound on the simulated set.
std::optional<Candidate> policy_candidate(const Problem& problem, std::size_t worker_index) {
    if (problem.request.preset == Preset::corrected) return single_anchor(problem, worker_index);
    auto candidate = anchored(problem, worker_index);
    if (!candidate) return std::nullopt;
    const auto& type = problem.market->types[problem.workers[worker_index].type];
    std::vector<MachineLimit> limits;
    if (const auto vcpus = quota(problem, Purchase::spot, type))
        limits.push_back({Limit::spot_quota, *vcpus / type.vcpus});
    if (problem.request.max_nodes) limits.push_back({Limit::cluster_ceiling, *problem.request.max_nodes});
    limit_nodes(*candidate, std::move(limits));
    return candidate;
}

std::optional<Candidate> on_demand(const Problem& problem, std::size_t worker_index) {
    const Worker& worker = problem.workers[worker_index];
    Candidate candidate;
    candidate.architecture = Architecture::on_demand;
    candidate.worker = worker_index;
    candidate.per_node = worker.offer->on_demand;
    limit_nodes(candidate,
                machine_limits(problem, problem.market->types[worker.type], Purchase::on_demand, 0));
    return candidate;
}

MemoryRule memory_rule(const Problem& problem, const model::InstanceType& remote) {
    const Request& request = problem.request;
    if (request.preset == Preset::published)
        return {request.checkpoint_size_100mb * request.buffer_size, *remote.memory_gib, false};
    const auto* workload = model::find_workload(*problem.market, request.workload);
    const double checkpoint = request.checkpoint_gib.value_or(model::checkpoint_gib(*workload));
    return {checkpoint * request.buffer_depth, *remote.memory_gib, true};
}

// The fewest remote nodes whose memory holds the checkpoints; nothing when no number does.
std::optional<int> remotes_for_memory(const MemoryRule& memory) {
    for (int remotes = 1; remotes <= largest_max_nodes; ++remotes)
        if (usable_memory_gib(memory, remotes) >= memory.needed) return remotes;
    return std::nullopt;
}

// What a remote type offers to workers of one network speed.
struct Remote {
    const model::Offer* offer = nullptr;
    const std::string* name = nullptr;
    double network_gbps = 0;
    int min_remotes = 0;
    int max_remotes = 0;
    std::vector<MachineLimit> limits;
    MemoryRule memory;
};

std::vector<Remote> remotes_in(const Problem& problem, std::size_t place) {
    std::vector<Remote> remotes;
    for (const auto& offer : problem.market->places[place].offers) {
        const auto& type = problem.market->types[offer.type];
        if (type.is_worker()) continue;
        if (!type.memory_gib) continue;
        const auto memory = memory_rule(problem, type);
        const auto least = remotes_for_memory(memory);
        if (!least) continue;
        auto limits = machine_limits(problem, type, Purchase::on_demand, 0);
        const int most = tightest(limits, std::nullopt);
        if (most < *least) continue;
        remotes.push_back({&offer, &type.name, type.network_gbps, *least, most, std::move(limits), memory});
    }
    // Cheapest first, so that what could dominate a type stands before it.
    std::sort(remotes.begin(), remotes.end(), [](const Remote& a, const Remote& b) {
        return std::pair(a.offer->on_demand, *a.name) < std::pair(b.offer->on_demand, *b.name);
    });
    return remotes;
}

// A remote type as one worker type sees it.
struct SeenRemote {
    const Remote* remote = nullptr;
    double saturation = 0;  // workers a remote node; the slower end's network counts
};

// A remote type that `top` others beat in price (or name), saturation, memory and quota can never be among
// the top plans: each of the others gives a plan that is worth as much and is listed before it.
std::vector<SeenRemote> undominated(const Problem& problem, const std::vector<Remote>& remotes,
                                    double worker_gbps, int top) {
    std::vector<SeenRemote> kept;
    for (const Remote& remote : remotes) {
        const double saturation =
            problem.market->saturation.workers_per_remote(std::min(worker_gbps, remote.network_gbps));
        const auto beats = [&](const SeenRemote& other) {
            return other.saturation >= saturation && other.remote->min_remotes <= remote.min_remotes &&
                   other.remote->max_remotes >= remote.max_remotes;
        };
        if (std::count_if(kept.begin(), kept.end(), beats) < top) kept.push_back({&remote, saturation});
    }
    return kept;
}

void add_tiering(Problem& problem, std::size_t worker_index, const std::vector<Remote>& remotes) {
    const Worker& worker = problem.workers[worker_index];
    const auto& type = problem.market->types[worker.type];
    if (!worker.offer->spot) return;
    const int kept = std::max(problem.request.top, 2);  // the runner-up is told even when it is not listed
    for (const auto& [remote, saturation] : undominated(problem, remotes, type.network_gbps, kept)) {
        Candidate candidate;
        candidate.architecture = Architecture::tiering;
        candidate.worker = worker_index;
        candidate.remote = remote->offer->type;
        candidate.per_node = *worker.offer->spot;
        candidate.per_remote = remote->offer->on_demand;
        candidate.min_remotes = remote->min_remotes;
        candidate.max_remotes = remote->max_remotes;
        candidate.remote_limits = remote->limits;
        candidate.memory = remote->memory;
        candidate.saturation = saturation;
        limit_nodes(candidate, machine_limits(problem, type, Purchase::spot, 0));
        if (candidate.max_nodes >= candidate.min_nodes) problem.candidates.push_back(std::move(candidate));
    }
}

}  // namespace

void find_candidates(Problem& problem) {
    for (std::size_t i = 0; i < problem.workers.size(); ++i) {
        auto candidate = policy_candidate(problem, i);
        if (candidate && candidate->max_nodes >= candidate->min_nodes)
            problem.policy_candidates.push_back(std::move(*candidate));
    }
    for (const auto architecture : problem.request.architectures) {
        std::vector<Remote> remotes;
        std::optional<std::size_t> remotes_place;
        for (std::size_t i = 0; i < problem.workers.size(); ++i) {
            if (!problem.workers[i].value_per_node) continue;
            if (architecture == Architecture::tiering) {
                const auto place = problem.workers[i].place;
                if (remotes_place != place) remotes = remotes_in(problem, place);
                remotes_place = place;
                add_tiering(problem, i, remotes);
                continue;
            }
            auto candidate = architecture == Architecture::single_anchor ? single_anchor(problem, i)
                                                                         : on_demand(problem, i);
            if (candidate && candidate->max_nodes >= candidate->min_nodes)
                problem.candidates.push_back(std::move(*candidate));
        }
    }
}

}  // namespace deepvm::planner
