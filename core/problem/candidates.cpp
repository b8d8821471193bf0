// SPDX-License-Identifier: GPL-3.0-or-later
// Candidates: every architecture with its machines chosen, and the limits on their counts. Of the same
// machines in several places only those that no other place beats in every price: a market of a million
// offers has about as many candidates as one of a few thousand.
#include "problem/candidates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "problem/architectures/architecture.h"
#include "problem/bounds.h"
#include "problem/machine_limits.h"

namespace deepvm::problem {
namespace {

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
    limit_nodes(problem, *candidate, std::move(limits));
    candidate->least_efficiency = 0;
    return candidate;
}

// What decides what the machines cost and are worth: less of each is never worse. The spot price counts for
// on-demand machines, too, where the objective is their FLOPP; the risk only where the objective is a job's.
struct Burden {
    base::Money on_demand;
    base::Money spot;
    double revocations = 0;

    bool beats(const Burden& other) const {
        return on_demand <= other.on_demand && spot <= other.spot && revocations <= other.revocations;
    }
};

// The published planner judges every machine by its spot FLOPP.
bool spot_decides_all(const Problem& problem) {
    return problem.market->kind == model::MarketKind::published;
}

Burden burden(const Problem& problem, Architecture architecture, std::size_t worker) {
    const Worker& of = problem.workers[worker];
    const bool owned = architecture == Architecture::on_demand;
    Burden burden{of.offer->on_demand, {}, 0};
    if (!owned || (problem.request.objective == Objective::deepvm && spot_decides_all(problem)))
        burden.spot = of.spot.value_or(base::Money{});
    if (!owned && is_of_job(problem.request.objective)) burden.revocations = revocation_rate(problem, worker);
    return burden;
}

Places places_of_types(const Problem& problem) {
    Places places(problem.market->types.size());
    for (std::size_t i = 0; i < problem.workers.size(); ++i)
        places[problem.workers[i].type].push_back(i);
    return places;
}

// Those that no earlier worker of the same type beats in both prices: the policies take the first in catalog
// order of those with as many nodes.
std::vector<std::size_t> unbeaten_by_earlier(const Problem& problem,
                                             const std::vector<std::size_t>& workers) {
    std::vector<std::size_t> kept;
    for (const auto worker : workers) {
        const model::Offer& own = *problem.workers[worker].offer;
        const bool beaten = std::any_of(kept.begin(), kept.end(), [&](std::size_t earlier) {
            const model::Offer& other = *problem.workers[earlier].offer;
            return other.on_demand <= own.on_demand &&
                   *problem.workers[earlier].spot <= *problem.workers[worker].spot;
        });
        if (!beaten) kept.push_back(worker);
    }
    return kept;
}

// On providers the machines that an answer can have, else a policy would win by what the answer may not use;
// the published policies look at every spot price.
bool can_be_compared(const Problem& problem, std::size_t worker) {
    if (spot_decides_all(problem)) return problem.workers[worker].spot.has_value();
    return can_compute(problem, Architecture::single_anchor, worker);
}

void find_policy_candidates(Problem& problem, const Places& places) {
    std::vector<std::size_t> workers;
    for (const auto& of_type : places) {
        std::vector<std::size_t> priced;
        for (const auto worker : of_type)
            if (can_be_compared(problem, worker)) priced.push_back(worker);
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

}  // namespace

const model::InstanceType& type_of(const Problem& problem, std::size_t worker) {
    return problem.market->types[problem.workers[worker].type];
}

const std::string& region_of(const Problem& problem, std::size_t worker) {
    return problem.market->places[problem.workers[worker].place].region;
}

std::size_t told_remotes(const Problem& problem) {
    const bool published = problem.market->kind == model::MarketKind::published;
    return published ? static_cast<std::size_t>(std::max(problem.request.top, 2)) : 1;
}

void limit_nodes(const Problem& problem, Candidate& candidate, std::vector<MachineLimit> limits) {
    const Worker& worker = problem.workers[candidate.worker];
    candidate.min_nodes = std::max(candidate.min_nodes, worker.min_nodes);
    candidate.least_efficiency = least_efficiency(*problem.market, problem.request);
    if (!problem.market->types[worker.type].network_known()) limits.push_back({Limit::unknown_network, 1});
    candidate.node_limits = std::move(limits);
    candidate.max_nodes = tightest(candidate.node_limits, std::nullopt);
}

bool can_compute(const Problem& problem, Architecture architecture, std::size_t worker) {
    const Worker& of = problem.workers[worker];
    if (architecture == Architecture::on_demand) return of.owned_value.has_value();
    if (!of.value_per_node) return false;
    // Copies that go on by themselves, and shares of unequal nodes, each need the whole model.
    const bool whole =
        architecture == Architecture::parameter_server || architecture == Architecture::mixed_workers;
    if (whole && of.min_nodes > 1) return false;
    const bool alone = architecture == Architecture::on_demand || architecture == Architecture::spot_bucket;
    if (!alone && !problem.market->types[of.type].network_known()) return false;
    return of.spot && (of.revocations || !is_of_job(problem.request.objective));
}

std::vector<std::size_t> unbeaten(const Problem& problem, Architecture architecture,
                                  std::vector<std::size_t> workers) {
    std::sort(workers.begin(), workers.end(), [&](std::size_t a, std::size_t b) {
        const Burden first = burden(problem, architecture, a);
        const Burden second = burden(problem, architecture, b);
        return std::tie(first.on_demand, first.spot, first.revocations, region_of(problem, a)) <
               std::tie(second.on_demand, second.spot, second.revocations, region_of(problem, b));
    });
    std::vector<std::size_t> kept;
    for (const auto worker : workers) {
        const Burden own = burden(problem, architecture, worker);
        const bool beaten = std::any_of(kept.begin(), kept.end(), [&](std::size_t other) {
            return burden(problem, architecture, other).beats(own);
        });
        if (!beaten) kept.push_back(worker);
    }
    return kept;
}

std::optional<Candidate> anchored(const Problem& problem, std::size_t worker_index) {
    const Worker& worker = problem.workers[worker_index];
    if (!worker.spot) return std::nullopt;
    if (problem.request.preset == Preset::corrected) {
        const auto& type = problem.market->types[worker.type];
        const auto anchors = quota(problem, Purchase::on_demand, type);
        if (anchors && *anchors < type.vcpus) return std::nullopt;
    }
    Candidate candidate;
    candidate.architecture = Architecture::single_anchor;
    candidate.worker = worker_index;
    candidate.fixed = worker.offer->on_demand - *worker.spot;  // n nodes are one anchor and n - 1 spot
    candidate.per_node = *worker.spot;
    candidate.min_nodes = 2;
    return candidate;
}

std::optional<Candidate> single_anchor(const Problem& problem, std::size_t worker_index) {
    auto candidate = anchored(problem, worker_index);
    if (!candidate) return std::nullopt;
    limit_nodes(problem, *candidate,
                machine_limits(problem, type_of(problem, worker_index), Purchase::spot, 1));
    return candidate;
}

std::optional<Candidate> spot_only(const Problem& problem, Architecture architecture, std::size_t worker) {
    const auto& spot = problem.workers[worker].spot;
    if (!spot) return std::nullopt;
    Candidate candidate;
    candidate.architecture = architecture;
    candidate.worker = worker;
    candidate.per_node = *spot;
    limit_nodes(problem, candidate, machine_limits(problem, type_of(problem, worker), Purchase::spot, 0));
    return candidate;
}

void add_of_one_type(Problem& problem, Architecture architecture, const Places& places,
                     std::optional<Candidate> (*make)(const Problem&, std::size_t worker)) {
    std::vector<std::size_t> workers;
    for (const auto& of_type : places) {
        std::vector<std::size_t> possible;
        for (const auto worker : of_type)
            if (can_compute(problem, architecture, worker)) possible.push_back(worker);
        const auto kept = unbeaten(problem, architecture, std::move(possible));
        workers.insert(workers.end(), kept.begin(), kept.end());
    }
    std::sort(workers.begin(), workers.end());
    for (const auto worker : workers) {
        auto candidate = make(problem, worker);
        if (candidate && candidate->max_nodes >= candidate->min_nodes)
            problem.candidates.push_back(std::move(*candidate));
    }
}

bool find_candidates(Problem& problem, const KnownParts& known, const std::stop_token& stop) {
    const auto places = places_of_types(problem);
    find_policy_candidates(problem, places);
    for (const auto architecture : problem.request.architectures) {
        const auto first = problem.candidates.size();
        if (const auto* part = known.of(architecture))
            problem.candidates.insert(problem.candidates.end(), part->candidates.begin(),
                                      part->candidates.end());
        else if (!rules(architecture).find(problem, places, stop))
            return false;
        if (stop.stop_requested()) return false;
        problem.ranges[architecture] = {first, problem.candidates.size()};
    }
    return true;
}

}  // namespace deepvm::problem
