// SPDX-License-Identifier: GPL-3.0-or-later
// One on-demand anchor and spot workers of its type and of a second one, synchronous, the batch shared by
// speed (Speeding up Deep Learning with Transient Servers, ICAC 2019). All wait for the slowest link, so the
// cluster is as efficient as the less efficient of its types at that size. Two types, as that work has them:
// with a budget and a number of machines alone the relaxation's optimum has no more, with quotas of several
// classes it might.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "problem/architectures/architectures.h"
#include "problem/bounds.h"
#include "problem/machine_limits.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

constexpr std::size_t price_steps = 1024;

double kept_share(const Worker& worker, int nodes) {
    return effective_nodes(worker, nodes) / nodes;
}

double slowest(const Problem& problem, const Candidate& candidate, int nodes) {
    return std::min(kept_share(problem.workers[candidate.worker], nodes),
                    kept_share(problem.workers[*candidate.other], nodes));
}

double sum(Counts counts, NodeWorth each) {
    return (counts.nodes - counts.others) * each.first + counts.others * each.other +
           (each.anchor - each.first);
}

// Spot vCPUs of both types; the published preset stays below its quota, as it does with one type.
void limit_vcpus(const Problem& problem, Candidate& candidate) {
    const auto& first = type_of(problem, candidate.worker);
    const auto& other = type_of(problem, *candidate.other);
    const int uncounted = problem.request.preset == Preset::published ? 1 : 0;
    const auto add = [&](const model::InstanceType& type, int per_first, int per_other) {
        if (const auto vcpus = quota(problem, Purchase::spot, type))
            candidate.vcpu_limits.push_back({Limit::spot_quota, *vcpus - uncounted, per_first, per_other});
    };
    if (model::quota_name(*problem.market, first) == model::quota_name(*problem.market, other)) {
        add(first, first.vcpus, other.vcpus);
    } else {
        add(first, first.vcpus, 0);
        add(other, 0, other.vcpus);
    }
}

std::optional<Candidate> mixed(const Problem& problem, std::size_t first, std::size_t other) {
    auto candidate = anchored(problem, first);
    if (!candidate) return std::nullopt;
    candidate->architecture = Architecture::mixed_workers;
    candidate->other = other;
    candidate->per_other = *problem.workers[other].spot - candidate->per_node;
    std::vector<MachineLimit> ceiling;
    for (const auto& limit : machine_limits(problem, type_of(problem, first), Purchase::spot, 1))
        if (limit.limit == Limit::cluster_ceiling) ceiling.push_back(limit);
    limit_nodes(problem, *candidate, std::move(ceiling));
    limit_vcpus(problem, *candidate);
    if (candidate->max_nodes < candidate->min_nodes) return std::nullopt;
    return candidate;
}

// Decides which types of a place can be in a pair that is among the top plans.
class Rivals {
  public:
    explicit Rivals(const Problem& problem)
        : problem_(problem),
          depth_(static_cast<std::size_t>(std::max(problem.request.top, 2))),
          most_(machine_limits(problem, problem.market->types.front(), Purchase::spot, 0).back().machines) {}

    /// Of workers in one place the ordered pairs that not as many others as plans are told beat.
    std::vector<std::pair<std::size_t, std::size_t>> pairs(const std::vector<std::size_t>& workers) {
        std::map<std::size_t, std::vector<std::size_t>> over_first;
        std::map<std::size_t, std::vector<std::size_t>> over_other;
        for (const auto worker : workers)
            for (const auto rival : workers) {
                if (rival == worker || !beats(rival, worker)) continue;
                if (before(rival, worker, true)) over_first[worker].push_back(rival);
                if (before(rival, worker, false)) over_other[worker].push_back(rival);
            }
        std::vector<std::pair<std::size_t, std::size_t>> kept;
        for (const auto first : workers)
            for (const auto other : workers) {
                if (first == other || type_of(problem_, first).host != type_of(problem_, other).host)
                    continue;
                const auto without = [](const std::vector<std::size_t>& rivals, std::size_t one) {
                    return rivals.size() -
                           static_cast<std::size_t>(std::count(rivals.begin(), rivals.end(), one));
                };
                if (without(over_first[first], other) < depth_ && without(over_other[other], first) < depth_)
                    kept.emplace_back(first, other);
            }
        return kept;
    }

  private:
    // Whatever the counts and whatever the price: no slower, no less efficient, not against a tighter quota.
    bool beats(std::size_t rival, std::size_t worker) {
        const Worker& a = problem_.workers[rival];
        const Worker& b = problem_.workers[worker];
        if (*a.value_per_node < *b.value_per_node || *a.owned_value < *b.owned_value) return false;
        if (is_of_job(problem_.request.objective) &&
            revocation_rate(problem_, rival) > revocation_rate(problem_, worker))
            return false;
        // With a deadline a slower type may be the surer one.
        if (problem_.request.job.deadline_hours && !(doubt_of(problem_, a) == doubt_of(problem_, b)))
            return false;
        const auto& first = problem_.market->types[a.type];
        if (first.host != problem_.market->types[b.type].host) return false;
        const auto& second = problem_.market->types[b.type];
        const bool limited =
            quota(problem_, Purchase::spot, first) || quota(problem_, Purchase::on_demand, first);
        if (limited && (first.vcpus > second.vcpus || model::quota_name(*problem_.market, first) !=
                                                          model::quota_name(*problem_.market, second)))
            return false;
        return scales_as_well(a, b);
    }

    // In price, or at the same price by name.
    bool before(std::size_t rival, std::size_t worker, bool anchor) const {
        const auto& a = *problem_.workers[rival].offer;
        const auto& b = *problem_.workers[worker].offer;
        const auto spot = *problem_.workers[rival].spot;
        const auto other = *problem_.workers[worker].spot;
        if (spot > other || (anchor && a.on_demand > b.on_demand)) return false;
        const bool same = spot == other && (!anchor || a.on_demand == b.on_demand) &&
                          *problem_.workers[rival].value_per_node == *problem_.workers[worker].value_per_node;
        const auto& first = type_of(problem_, rival);
        const auto& second = type_of(problem_, worker);
        return !same || std::tuple(-model::generation(first), std::string_view(first.name)) <
                            std::tuple(-model::generation(second), std::string_view(second.name));
    }

    // Job clusters load their checkpoints over the network, too.
    bool scales_as_well(const Worker& a, const Worker& b) {
        const auto [known, added] = scales_.try_emplace({a.type, b.type}, true);
        if (!added) return known->second;
        if (problem_.market->types[a.type].network_gbps < problem_.market->types[b.type].network_gbps)
            return known->second = false;
        for (int nodes = 2; nodes <= most_; ++nodes)
            if (model::effective_nodes(a.scaling, nodes, a.communication) <
                model::effective_nodes(b.scaling, nodes, b.communication))
                return known->second = false;
        return true;
    }

    const Problem& problem_;
    std::size_t depth_;
    int most_;
    std::map<std::pair<std::size_t, std::size_t>, bool> scales_;  // by type
};

// What the two types cost in a place, and their risk.
struct PairBurden {
    base::Money anchor, first, other;
    double first_revocations = 0, other_revocations = 0;

    bool beats(const PairBurden& rival) const {
        return anchor <= rival.anchor && first <= rival.first && other <= rival.other &&
               first_revocations <= rival.first_revocations && other_revocations <= rival.other_revocations;
    }
};

PairBurden burden(const Problem& problem, std::size_t first, std::size_t other) {
    const auto& offer = *problem.workers[first].offer;
    PairBurden burden{offer.on_demand, *problem.workers[first].spot, *problem.workers[other].spot};
    if (is_of_job(problem.request.objective)) {
        burden.first_revocations = revocation_rate(problem, first);
        burden.other_revocations = revocation_rate(problem, other);
    }
    return burden;
}

class MixedWorkers : public ArchitectureRules {
  public:
    bool find(Problem& problem, const Places&, const std::stop_token& stop) const override {
        std::map<std::size_t, std::vector<std::size_t>> by_place;
        for (std::size_t i = 0; i < problem.workers.size(); ++i)
            if (can_compute(problem, Architecture::mixed_workers, i))
                by_place[problem.workers[i].place].push_back(i);
        Rivals rivals(problem);
        struct Kept {
            PairBurden burden;
            std::size_t first = 0, other = 0;
        };
        std::map<std::pair<std::size_t, std::size_t>, std::vector<Kept>> by_types;
        for (const std::size_t place : by_region(problem, by_place)) {
            if (stop.stop_requested()) return false;
            for (const auto& [first, other] : rivals.pairs(by_place[place])) {
                const PairBurden own = burden(problem, first, other);
                auto& kept = by_types[{problem.workers[first].type, problem.workers[other].type}];
                if (std::any_of(kept.begin(), kept.end(), [&](const Kept& k) { return k.burden.beats(own); }))
                    continue;
                kept.push_back({own, first, other});
            }
        }
        for (const auto& [types, kept] : by_types)
            for (const Kept& pair : kept)
                if (auto candidate = mixed(problem, pair.first, pair.other))
                    problem.candidates.push_back(std::move(*candidate));
        return true;
    }

    void visit(const Problem& problem, const Candidate& candidate, NodeWorth each,
               const Visit& visit) const override {
        for (int nodes = candidate.min_nodes; nodes <= candidate.max_nodes; ++nodes) {
            const double slow = slowest(problem, candidate, nodes);
            if (slow < candidate.least_efficiency * (1 - rounding_of_efficiency)) continue;
            for (int others = 1; others < nodes; ++others)
                if (!visit({nodes, 0, others}, slow * sum({nodes, 0, others}, each))) return;
        }
    }

    // Of thousands of counts in thousands of candidates most are worth no more than cheaper ones: a first
    // look notes what is worth most up to every step of the price.
    void visit_promising(const Problem& problem, const Candidate& candidate, NodeWorth each,
                         const Visit& visit) const override {
        const auto budget = problem.asked_at.value_or(base::Money::largest());
        std::array<double, price_steps> most{};
        const auto highest =
            candidate.fixed +
            candidate.max_nodes * std::max(candidate.per_node, candidate.per_node + candidate.per_other);
        int shift = 0;
        while ((highest.micro() >> shift) >= static_cast<std::int64_t>(price_steps))
            ++shift;
        const auto all = [&](const auto& take) {
            for (int nodes = candidate.min_nodes; nodes <= candidate.max_nodes; ++nodes) {
                const double slow = slowest(problem, candidate, nodes);
                if (slow < candidate.least_efficiency * (1 - rounding_of_efficiency)) continue;
                const std::int64_t without = (candidate.fixed + nodes * candidate.per_node).micro();
                const std::int64_t per_other = candidate.per_other.micro();
                const auto [fewest, many] = others_within(candidate, nodes, budget);
                for (int others = fewest; others <= many; ++others) {
                    const Counts counts{nodes, 0, others};
                    const auto step = static_cast<std::size_t>((without + others * per_other) >> shift);
                    take(counts, step, slow * sum(counts, each));
                }
            }
        };
        all([&](Counts, std::size_t step, double worth) { most[step] = std::max(most[step], worth); });
        double cheaper = 0;
        for (double& of_step : most)
            cheaper = std::max(cheaper, std::exchange(of_step, cheaper));
        all([&](Counts counts, std::size_t step, double worth) {
            if (worth > most[step]) visit(counts, worth);
        });
    }

    // Of one number of nodes, the price and what they do together rise evenly with those of the second type.
    void visit_rows(const Problem& problem, const Candidate& candidate, NodeWorth each,
                    const VisitRow& visit) const override {
        for (int nodes = candidate.min_nodes; nodes <= candidate.max_nodes; ++nodes) {
            const double slow = slowest(problem, candidate, nodes);
            if (slow < candidate.least_efficiency * (1 - rounding_of_efficiency)) continue;
            Counts first{nodes, 0, 1};
            Counts last{nodes, 0, nodes - 1};
            if (candidate.per_other < base::Money{}) std::swap(first, last);
            if (!visit({price(candidate, first), price(candidate, last), slow * sum(first, each),
                        slow * sum(last, each), first, last}))
                return;
        }
    }

    double together(const Problem& problem, const Candidate& candidate, Counts counts, NodeWorth each,
                    std::vector<double>&) const override {
        return slowest(problem, candidate, counts.nodes) * sum(counts, each);
    }

    int anchors() const override { return 1; }

    risk::JobRun exposure(const Problem& problem, const Candidate& candidate, Counts counts) const override {
        const Checkpointing& ways = problem.request.checkpointing;
        const double network = usable_gbs(std::min(type_of(problem, candidate.worker).network_gbps,
                                                   type_of(problem, *candidate.other).network_gbps));
        risk::JobRun run;
        run.revocations_per_hour =
            (counts.nodes - 1 - counts.others) * revocation_rate(problem, candidate.worker) +
            counts.others * revocation_rate(problem, *candidate.other);
        run.checkpoint_seconds = checkpoint_seconds(problem, ways.disk_gbs);
        run.restart_seconds =
            ways.provisioning_s + checkpoint_seconds(problem, std::min(ways.disk_gbs, network));
        return run;
    }

    std::vector<Counts> larger(const Candidate&, Counts counts, int step) const override {
        std::vector<Counts> next{{counts.nodes + step, 0, counts.others},
                                 {counts.nodes + step, 0, counts.others + step}};
        if (counts.others + step < counts.nodes) next.push_back({counts.nodes, 0, counts.others + step});
        if (counts.others > step) next.push_back({counts.nodes, 0, counts.others - step});
        return next;
    }

  private:
    // By name of the region: of equals the planner ranks the first by name.
    static std::vector<std::size_t> by_region(
        const Problem& problem, const std::map<std::size_t, std::vector<std::size_t>>& by_place) {
        std::vector<std::size_t> places;
        places.reserve(by_place.size());
        for (const auto& [place, workers] : by_place)
            places.push_back(place);
        std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            return problem.market->places[a].region < problem.market->places[b].region;
        });
        return places;
    }
};

}  // namespace

const ArchitectureRules& mixed_workers_rules() {
    static const MixedWorkers rules;
    return rules;
}

}  // namespace deepvm::problem
