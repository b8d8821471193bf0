// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/pairs.h"

#include <algorithm>
#include <tuple>

#include "problem/architectures/architecture.h"

namespace deepvm::problem {
namespace {

using Seen = std::vector<std::span<const SeenRemote>>;  // by worker

// What the pairs before, with no dearer workers, have had to pay for a remote type.
struct Before {
    base::Money price;
    double revocations = 0;
};

// With rising spot price a pair is worth a candidate only where its remote node is cheaper than before, or
// its worker, where that counts, is revoked less often.
void add_pairs(const Problem& problem, std::vector<std::size_t> workers, const Seen& seen,
               std::vector<std::vector<Before>>& before, std::vector<Pair>& pairs) {
    const bool of_job = is_of_job(problem.request.objective);
    std::sort(workers.begin(), workers.end(), [&](std::size_t a, std::size_t b) {
        return std::forward_as_tuple(*problem.workers[a].spot, region_of(problem, a)) <
               std::forward_as_tuple(*problem.workers[b].spot, region_of(problem, b));
    });
    for (const auto worker : workers)
        for (const SeenRemote& remote : seen[worker]) {
            const Before own{remote.price, of_job ? revocation_rate(problem, worker) : 0};
            auto& others = before[remote.type];
            const bool beaten = std::any_of(others.begin(), others.end(), [&](const Before& other) {
                return other.price <= own.price && other.revocations <= own.revocations;
            });
            if (beaten) continue;
            others.push_back(own);
            pairs.push_back({worker, &remote});
        }
    for (const auto worker : workers)
        for (const SeenRemote& remote : seen[worker])
            before[remote.type].clear();
}

}  // namespace

std::optional<std::vector<Pair>> unbeaten_pairs(const Problem& problem, Architecture architecture,
                                                const Places& places, const Partners& partners,
                                                const std::stop_token& stop) {
    Seen seen(problem.workers.size());
    for (std::size_t i = 0; i < problem.workers.size(); ++i) {
        if (!can_compute(problem, architecture, i)) continue;
        if (stop.stop_requested()) return std::nullopt;
        seen[i] = partners(i);
    }
    std::vector<std::vector<Before>> before(problem.market->types.size());
    std::vector<Pair> pairs;
    for (const auto& of_type : places) {
        std::vector<std::size_t> possible;
        for (const auto worker : of_type)
            if (!seen[worker].empty()) possible.push_back(worker);
        if (stop.stop_requested()) return std::nullopt;
        add_pairs(problem, std::move(possible), seen, before, pairs);
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return std::tuple(a.worker, a.remote) < std::tuple(b.worker, b.remote);
    });
    return pairs;
}

}  // namespace deepvm::problem
