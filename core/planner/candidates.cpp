// SPDX-License-Identifier: GPL-3.0-or-later
// Candidates: every architecture with its machines chosen, and the limits on their counts.
#include "planner/candidates.h"

#include <algorithm>
#include <numeric>

namespace deepvm::planner {
namespace {

// The tightest of several bounds, remembering which limits set it.
class Ceiling {
  public:
    void at_most(Limit limit, std::int64_t bound) {
        if (bound > bound_) return;
        if (bound < bound_) limits_.clear();
        bound_ = bound;
        limits_.push_back(limit);
    }
    int bound() const { return static_cast<int>(std::max<std::int64_t>(bound_, 0)); }
    const std::vector<Limit>& limits() const { return limits_; }

  private:
    std::int64_t bound_ = largest_max_nodes;
    std::vector<Limit> limits_{Limit::cluster_ceiling};
};

enum class Purchase { spot, on_demand };

// vCPUs that the quota of this class allows, nothing when there is no limit.
std::optional<int> quota(const Problem& problem, Purchase purchase, const std::string& quota_class) {
    const Request& request = problem.request;
    const auto& given = purchase == Purchase::spot ? request.spot_quota : request.on_demand_quota;
    if (const auto found = given.find(quota_class); found != given.end()) return found->second;
    if (request.preset != Preset::published) return std::nullopt;
    for (const auto& limit : problem.market->quotas)
        if (limit.quota_class == quota_class)
            return purchase == Purchase::spot ? limit.spot_vcpus : limit.on_demand_vcpus;
    return std::nullopt;
}

// Bounds `machines of this type` + `uncounted` by quota and ceiling. The published planner counts up to but
// not including its bounds, and lets an anchor pass as a spot worker; the corrected preset does neither.
void bound_machines(const Problem& problem, const model::InstanceType& type, Purchase purchase, int uncounted,
                    Ceiling& ceiling) {
    const bool published = problem.request.preset == Preset::published;
    const auto limit = purchase == Purchase::spot ? Limit::spot_quota : Limit::on_demand_quota;
    if (const auto vcpus = quota(problem, purchase, type.quota_class)) {
        const int machines = *vcpus / type.vcpus;
        ceiling.at_most(limit, published ? machines - 1 : machines + uncounted);
    } else if (published && problem.market->node_bound) {
        ceiling.at_most(Limit::cluster_ceiling, *problem.market->node_bound - 1);
    }
    if (problem.request.max_nodes)
        ceiling.at_most(Limit::cluster_ceiling, *problem.request.max_nodes);
    else if (!published)
        ceiling.at_most(Limit::cluster_ceiling, default_max_nodes);
}

void set_node_limits(Candidate& candidate, const Ceiling& ceiling) {
    candidate.max_nodes = ceiling.bound();
    candidate.node_limits = ceiling.limits();
}

// The machines and prices alone; limits are the caller's.
std::optional<Candidate> anchored(const Problem& problem, std::size_t worker_index) {
    const Worker& worker = problem.workers[worker_index];
    if (!worker.offer->spot) return std::nullopt;
    if (problem.request.preset == Preset::corrected) {
        const auto& type = problem.market->types[worker.type];
        const auto anchors = quota(problem, Purchase::on_demand, type.quota_class);
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
    Ceiling ceiling;
    bound_machines(problem, problem.market->types[problem.workers[worker_index].type], Purchase::spot, 1,
                   ceiling);
    set_node_limits(*candidate, ceiling);
    return candidate;
}

// What the policies choose from. The published ones use the whole spot quota, one node more than the
// published planner, and know no bound on the simulated set.
std::optional<Candidate> policy_candidate(const Problem& problem, std::size_t worker_index) {
    if (problem.request.preset == Preset::corrected) return single_anchor(problem, worker_index);
    auto candidate = anchored(problem, worker_index);
    if (!candidate) return std::nullopt;
    const auto& type = problem.market->types[problem.workers[worker_index].type];
    Ceiling ceiling;
    if (const auto vcpus = quota(problem, Purchase::spot, type.quota_class))
        ceiling.at_most(Limit::spot_quota, *vcpus / type.vcpus);
    if (problem.request.max_nodes) ceiling.at_most(Limit::cluster_ceiling, *problem.request.max_nodes);
    set_node_limits(*candidate, ceiling);
    return candidate;
}

std::optional<Candidate> on_demand(const Problem& problem, std::size_t worker_index) {
    const Worker& worker = problem.workers[worker_index];
    Candidate candidate;
    candidate.architecture = Architecture::on_demand;
    candidate.worker = worker_index;
    candidate.per_node = worker.offer->on_demand;
    Ceiling ceiling;
    bound_machines(problem, problem.market->types[worker.type], Purchase::on_demand, 0, ceiling);
    set_node_limits(candidate, ceiling);
    return candidate;
}

// The fewest remote nodes whose memory holds the checkpoints; nothing when no number does.
std::optional<int> remotes_for_memory(const Problem& problem, const model::InstanceType& remote) {
    constexpr double usable_memory = 0.8;
    const Request& request = problem.request;
    if (!remote.memory_gib) return std::nullopt;
    if (request.preset == Preset::published) {
        if (*remote.memory_gib >= request.checkpoint_size_100mb * request.buffer_size) return 1;
        return std::nullopt;
    }
    const auto* workload = model::find_workload(*problem.market, request.workload);
    const double needed =
        request.checkpoint_gib.value_or(model::checkpoint_gib(*workload)) * request.buffer_depth;
    for (int remotes = 1; remotes <= largest_max_nodes; ++remotes)
        if (usable_memory * remotes * *remote.memory_gib >= needed) return remotes;
    return std::nullopt;
}

// What a remote type offers to workers of one network speed.
struct Remote {
    const model::Offer* offer = nullptr;
    const std::string* name = nullptr;
    double network_gbps = 0;
    int min_remotes = 0;
    int max_remotes = 0;
    std::vector<Limit> limits;
};

std::vector<Remote> remotes_in(const Problem& problem, std::size_t place) {
    std::vector<Remote> remotes;
    for (const auto& offer : problem.market->places[place].offers) {
        const auto& type = problem.market->types[offer.type];
        if (type.is_worker()) continue;
        const auto least = remotes_for_memory(problem, type);
        if (!least) continue;
        Ceiling ceiling;
        bound_machines(problem, type, Purchase::on_demand, 0, ceiling);
        if (ceiling.bound() < *least) continue;
        remotes.push_back({&offer, &type.name, type.network_gbps, *least, ceiling.bound(), ceiling.limits()});
    }
    // Cheapest first, so that what could dominate a type stands before it.
    std::sort(remotes.begin(), remotes.end(), [](const Remote& a, const Remote& b) {
        return std::pair(a.offer->on_demand, *a.name) < std::pair(b.offer->on_demand, *b.name);
    });
    return remotes;
}

// A remote type that `top` others beat in price (or name), network as this worker sees it, memory and quota
// can never be among the top plans: each of the others gives a plan that is worth as much and is listed
// before it.
std::vector<const Remote*> undominated(const std::vector<Remote>& remotes, double worker_gbps, int top) {
    std::vector<const Remote*> kept;
    for (const Remote& remote : remotes) {
        const auto beats = [&](const Remote* other) {
            return std::min(other->network_gbps, worker_gbps) >= std::min(remote.network_gbps, worker_gbps) &&
                   other->min_remotes <= remote.min_remotes && other->max_remotes >= remote.max_remotes;
        };
        if (std::count_if(kept.begin(), kept.end(), beats) < top) kept.push_back(&remote);
    }
    return kept;
}

void add_tiering(Problem& problem, std::size_t worker_index, const std::vector<Remote>& remotes) {
    const Worker& worker = problem.workers[worker_index];
    const auto& type = problem.market->types[worker.type];
    if (!worker.offer->spot) return;
    for (const Remote* remote : undominated(remotes, type.network_gbps, problem.request.top)) {
        Candidate candidate;
        candidate.architecture = Architecture::tiering;
        candidate.worker = worker_index;
        candidate.remote = remote->offer->type;
        candidate.per_node = *worker.offer->spot;
        candidate.per_remote = remote->offer->on_demand;
        candidate.min_remotes = remote->min_remotes;
        candidate.max_remotes = remote->max_remotes;
        candidate.remote_limits = remote->limits;
        candidate.saturation =
            problem.market->saturation.workers_per_remote(std::min(type.network_gbps, remote->network_gbps));
        Ceiling ceiling;
        bound_machines(problem, type, Purchase::spot, 0, ceiling);
        set_node_limits(candidate, ceiling);
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
