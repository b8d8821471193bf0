// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/remotes.h"

#include <algorithm>
#include <tuple>

#include "problem/bounds.h"
#include "problem/candidates.h"
#include "problem/machine_limits.h"

namespace deepvm::problem {
namespace {

// The fewest remote nodes whose memory holds the checkpoints; nothing when no number does.
std::optional<int> remotes_for_memory(const MemoryRule& memory) {
    for (int remotes = 1; remotes <= largest_max_nodes; ++remotes)
        if (usable_memory_gib(memory, remotes) >= memory.needed) return remotes;
    return std::nullopt;
}

std::optional<RemoteType> remote_type(const Problem& problem, const model::InstanceType& type) {
    if (type.is_worker() || !type.memory_gib || !type.network_known()) return std::nullopt;
    const auto memory = memory_rule(problem, type);
    const auto least = remotes_for_memory(memory);
    if (!least) return std::nullopt;
    auto limits = machine_limits(problem, type, Purchase::on_demand, 0);
    const int most = tightest(limits, std::nullopt);
    if (most < *least) return std::nullopt;
    return RemoteType{type.network_gbps, *least, most, std::move(limits), memory, 0};
}

}  // namespace

Remotes::Remotes(const Problem& problem)
    : problem_(problem),
      kept_(told_remotes(problem)),
      most_nodes_(problem.request.max_nodes.value_or(default_max_nodes)),
      checkpoint_gib_(problem.request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem)))) {
    std::map<std::tuple<double, int, int, double>, std::size_t> kinds;
    const bool of_job = is_of_job(problem.request.objective);  // how many checkpoints they hold counts, too
    for (const auto& type : problem.market->types) {
        auto remote = remote_type(problem, type);
        if (remote) {
            const std::tuple key(remote->network_gbps, remote->min_remotes, remote->max_remotes,
                                 of_job ? useful_gib(remote->memory, most_nodes_) : 0);
            remote->kind = kinds.emplace(key, kinds.size()).first->second;
        }
        types_.push_back(std::move(remote));
    }
    cheapest_.resize(kinds.size());
}

// DeepCheck sends one checkpoint of every worker while it flushes the one before: room for a third is no use.
double Remotes::useful_gib(const MemoryRule& memory, double workers_per_remote) const {
    if (!memory.adds_up) return memory.per_remote;
    constexpr double held = 2;
    constexpr double rounding = 1 + 1e-6;
    const double gib = held * checkpoint_gib_ * std::min(workers_per_remote, most_nodes_) * rounding;
    return std::min(memory.per_remote, gib / usable_memory_gib({gib, 1, true}, 1));
}

bool Remotes::before(const SeenRemote& a, const SeenRemote& b) const {
    if (a.price != b.price) return a.price < b.price;
    return problem_.market->types[a.type].name < problem_.market->types[b.type].name;
}

// Of types of one kind only the cheapest can be told: each of the others is beaten by all of these. So few
// are left that the order of thousands never has to be known.
void Remotes::look_at(std::size_t place) {
    for (auto& each : cheapest_)
        each.clear();
    const auto by_price = [this](const SeenRemote& a, const SeenRemote& b) { return before(a, b); };
    for (const auto& offer : problem_.market->places[place].offers) {
        const auto& type = types_[offer.type];
        if (!type) continue;
        auto& best = cheapest_[type->kind];
        const SeenRemote remote{offer.type, offer.on_demand, 0};
        if (best.size() == kept_ && !before(remote, best.back())) continue;
        if (best.size() == kept_) best.pop_back();
        best.insert(std::upper_bound(best.begin(), best.end(), remote, by_price), remote);
    }
    offered_.clear();
    for (const auto& each : cheapest_)
        offered_.insert(offered_.end(), each.begin(), each.end());
    std::sort(offered_.begin(), offered_.end(), by_price);
    place_ = place;
}

// A remote type that others, as many as plans are told, beat in price (or name), saturation, memory and quota
// can never be among the top plans: each of the others gives a plan that is worth as much and is listed
// before it.
std::span<const SeenRemote> Remotes::in(std::size_t place, double worker_gbps) {
    const auto [known, added] = seen_.try_emplace({place, worker_gbps});
    auto& kept = known->second;
    if (!added) return kept;
    if (place_ != place) look_at(place);
    for (SeenRemote remote : offered_) {
        const RemoteType& type = of(remote.type);
        remote.saturation =
            problem_.market->saturation.workers_per_remote(std::min(worker_gbps, type.network_gbps));
        const auto beats = [&](const SeenRemote& other) {
            const RemoteType& others = of(other.type);
            if (others.min_remotes > type.min_remotes || others.max_remotes < type.max_remotes) return false;
            // A job is bound by what all remote nodes together carry: fewer of them are no better by
            // themselves.
            if (is_of_job(problem_.request.objective))
                return other.saturation == remote.saturation && others.min_remotes == type.min_remotes &&
                       others.network_gbps >= type.network_gbps &&
                       others.memory.per_remote >= useful_gib(type.memory, remote.saturation);
            return other.saturation >= remote.saturation;
        };
        if (static_cast<std::size_t>(std::count_if(kept.begin(), kept.end(), beats)) < kept_)
            kept.push_back(remote);
    }
    return kept;
}

}  // namespace deepvm::problem
