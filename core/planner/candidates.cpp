// SPDX-License-Identifier: GPL-3.0-or-later
// Candidates: every architecture with its machines chosen, and the limits on their counts. Of the same
// machines in several places only those that no other place beats in every price: a market of a million
// offers has about as many candidates as one of a few thousand.
#include "planner/candidates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "planner/bounds.h"
#include "planner/machine_limits.h"
#include "planner/remotes.h"

namespace deepvm::planner {
namespace {

const model::InstanceType& type_of(const Problem& problem, std::size_t worker) {
    return problem.market->types[problem.workers[worker].type];
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
    limit_nodes(*candidate, machine_limits(problem, type_of(problem, worker_index), Purchase::spot, 1));
    return candidate;
}

// What the policies choose from. The published ones use the whole spot quota, one node more than the
// published planner, and know no bound on the simulated set.
std::optional<Candidate> policy_candidate(const Problem& problem, std::size_t worker_index) {
    if (problem.request.preset == Preset::corrected) return single_anchor(problem, worker_index);
    auto candidate = anchored(problem, worker_index);
    if (!candidate) return std::nullopt;
    const auto& type = type_of(problem, worker_index);
    std::vector<MachineLimit> limits;
    if (const auto vcpus = quota(problem, Purchase::spot, type))
        limits.push_back({Limit::spot_quota, *vcpus / type.vcpus});
    if (problem.request.max_nodes) limits.push_back({Limit::cluster_ceiling, *problem.request.max_nodes});
    limit_nodes(*candidate, std::move(limits));
    return candidate;
}

std::optional<Candidate> on_demand(const Problem& problem, std::size_t worker_index) {
    Candidate candidate;
    candidate.architecture = Architecture::on_demand;
    candidate.worker = worker_index;
    candidate.per_node = problem.workers[worker_index].offer->on_demand;
    limit_nodes(candidate, machine_limits(problem, type_of(problem, worker_index), Purchase::on_demand, 0));
    return candidate;
}

Candidate tiering(const Problem& problem, std::size_t worker_index, const SeenRemote& seen,
                  const RemoteType& remote) {
    Candidate candidate;
    candidate.architecture = Architecture::tiering;
    candidate.worker = worker_index;
    candidate.remote = seen.type;
    candidate.per_node = *problem.workers[worker_index].offer->spot;
    candidate.per_remote = seen.price;
    candidate.min_remotes = remote.min_remotes;
    candidate.max_remotes = remote.max_remotes;
    candidate.remote_limits = remote.limits;
    candidate.memory = remote.memory;
    candidate.saturation = seen.saturation;
    limit_nodes(candidate, machine_limits(problem, type_of(problem, worker_index), Purchase::spot, 0));
    return candidate;
}

// The two prices that decide what the machines cost and are worth: fewer dollars of each are never worse. The
// spot price counts for on-demand machines, too, where the objective is their FLOPP.
using Prices = std::pair<base::Money, base::Money>;

Prices prices(const Problem& problem, Architecture architecture, std::size_t worker) {
    const model::Offer& offer = *problem.workers[worker].offer;
    const bool spot_counts =
        architecture != Architecture::on_demand || problem.request.objective == Objective::deepvm;
    return {offer.on_demand, spot_counts ? offer.spot.value_or(base::Money{}) : base::Money{}};
}

// The workers of each type, in catalog order.
using Places = std::vector<std::vector<std::size_t>>;

Places places_of_types(const Problem& problem) {
    Places places(problem.market->types.size());
    for (std::size_t i = 0; i < problem.workers.size(); ++i)
        places[problem.workers[i].type].push_back(i);
    return places;
}

const std::string& region_of(const Problem& problem, std::size_t worker) {
    return problem.market->places[problem.workers[worker].place].region;
}

// Those of the workers of one type that no other beats in both prices; of equals the first by name of the
// region, as the planner ranks them.
std::vector<std::size_t> unbeaten(const Problem& problem, Architecture architecture,
                                  std::vector<std::size_t> workers) {
    std::sort(workers.begin(), workers.end(), [&](std::size_t a, std::size_t b) {
        return std::forward_as_tuple(prices(problem, architecture, a), region_of(problem, a)) <
               std::forward_as_tuple(prices(problem, architecture, b), region_of(problem, b));
    });
    std::vector<std::size_t> kept;
    for (const auto worker : workers)
        if (kept.empty() ||
            prices(problem, architecture, worker).second < prices(problem, architecture, kept.back()).second)
            kept.push_back(worker);
    return kept;
}

// Those that no earlier worker of the same type beats in both prices: the policies take the first in catalog
// order of those with as many nodes.
std::vector<std::size_t> unbeaten_by_earlier(const Problem& problem,
                                             const std::vector<std::size_t>& workers) {
    std::vector<std::size_t> kept;
    for (const auto worker : workers) {
        const auto own = prices(problem, Architecture::single_anchor, worker);
        const bool beaten = std::any_of(kept.begin(), kept.end(), [&](std::size_t earlier) {
            const auto [on_demand, spot] = prices(problem, Architecture::single_anchor, earlier);
            return on_demand <= own.first && spot <= own.second;
        });
        if (!beaten) kept.push_back(worker);
    }
    return kept;
}

void find_policy_candidates(Problem& problem, const Places& places) {
    std::vector<std::size_t> workers;
    for (const auto& of_type : places) {
        std::vector<std::size_t> priced;
        for (const auto worker : of_type)
            if (problem.workers[worker].offer->spot) priced.push_back(worker);
        const auto kept = unbeaten_by_earlier(problem, priced);
        workers.insert(workers.end(), kept.begin(), kept.end());
    }
    std::sort(workers.begin(), workers.end());
    for (const auto worker : workers) {
        auto candidate = policy_candidate(problem, worker);
        if (candidate && candidate->max_nodes >= candidate->min_nodes)
            problem.policy_candidates.push_back(std::move(*candidate));
    }
}

void add_of_one_type(Problem& problem, Architecture architecture, const Places& places) {
    std::vector<std::size_t> workers;
    for (const auto& of_type : places) {
        std::vector<std::size_t> possible;
        for (const auto worker : of_type)
            if (problem.workers[worker].value_per_node &&
                (architecture == Architecture::on_demand || problem.workers[worker].offer->spot))
                possible.push_back(worker);
        const auto kept = unbeaten(problem, architecture, std::move(possible));
        workers.insert(workers.end(), kept.begin(), kept.end());
    }
    std::sort(workers.begin(), workers.end());
    for (const auto worker : workers) {
        auto candidate = architecture == Architecture::single_anchor ? single_anchor(problem, worker)
                                                                     : on_demand(problem, worker);
        if (candidate && candidate->max_nodes >= candidate->min_nodes)
            problem.candidates.push_back(std::move(*candidate));
    }
}

// The pairs of a worker and a remote node in its place that no other place beats in both prices.
struct Pair {
    std::size_t worker = 0;
    const SeenRemote* remote = nullptr;
};

// With rising spot price a pair is worth a candidate only where its remote node is cheaper than before.
void add_pairs(const Problem& problem, std::vector<std::size_t> workers,
               const std::vector<std::span<const SeenRemote>>& seen,
               std::vector<std::optional<base::Money>>& cheapest, std::vector<Pair>& pairs) {
    std::sort(workers.begin(), workers.end(), [&](std::size_t a, std::size_t b) {
        return std::forward_as_tuple(*problem.workers[a].offer->spot, region_of(problem, a)) <
               std::forward_as_tuple(*problem.workers[b].offer->spot, region_of(problem, b));
    });
    for (const auto worker : workers)
        for (const SeenRemote& remote : seen[worker]) {
            auto& least = cheapest[remote.type];
            if (least && *least <= remote.price) continue;
            least = remote.price;
            pairs.push_back({worker, &remote});
        }
    for (const auto worker : workers)
        for (const SeenRemote& remote : seen[worker])
            cheapest[remote.type].reset();
}

bool add_tiering(Problem& problem, const Places& places, const std::stop_token& stop) {
    Remotes remotes(problem);
    std::vector<std::span<const SeenRemote>> seen(problem.workers.size());
    for (std::size_t i = 0; i < problem.workers.size(); ++i) {
        const Worker& worker = problem.workers[i];
        if (!worker.value_per_node || !worker.offer->spot) continue;
        if (stop.stop_requested()) return false;
        seen[i] = remotes.in(worker.place, type_of(problem, i).network_gbps);
    }
    std::vector<std::optional<base::Money>> cheapest(problem.market->types.size());
    std::vector<Pair> pairs;
    for (const auto& of_type : places) {
        std::vector<std::size_t> possible;
        for (const auto worker : of_type)
            if (!seen[worker].empty()) possible.push_back(worker);
        if (stop.stop_requested()) return false;
        add_pairs(problem, std::move(possible), seen, cheapest, pairs);
    }
    // In catalog order; the remote nodes of one worker, which lie behind one another, as they were.
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return std::tuple(a.worker, a.remote) < std::tuple(b.worker, b.remote);
    });
    for (const auto& [worker, remote] : pairs) {
        auto candidate = tiering(problem, worker, *remote, remotes.of(remote->type));
        if (candidate.max_nodes >= candidate.min_nodes) problem.candidates.push_back(std::move(candidate));
    }
    return true;
}

}  // namespace

bool find_candidates(Problem& problem, const std::stop_token& stop) {
    const auto places = places_of_types(problem);
    find_policy_candidates(problem, places);
    for (const auto architecture : problem.request.architectures) {
        if (architecture != Architecture::tiering)
            add_of_one_type(problem, architecture, places);
        else if (!add_tiering(problem, places, stop))
            return false;
        if (stop.stop_requested()) return false;
    }
    return true;
}

}  // namespace deepvm::planner
