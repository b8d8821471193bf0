// SPDX-License-Identifier: GPL-3.0-or-later
// Spot workers, asynchronous, and on-demand parameter servers (Speeding up Deep Learning with Transient
// Servers, ICAC 2019). The servers keep the parameters: a revoked worker takes its share of the speed with
// it, and nothing rolls back. How many servers there are is a choice beside the number of workers.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <tuple>

#include "model/fabric.h"
#include "problem/architectures/architectures.h"
#include "problem/bounds.h"
#include "problem/candidates.h"
#include "problem/machine_limits.h"
#include "problem/pairs.h"
#include "risk/parameter_server.h"

namespace deepvm::problem {
namespace {

constexpr double latency_seconds = 0.002;  // as in model::AnalyticScaling

// The computing time of a worker's step, and a server's: gradients in, parameters out.
struct TrainingStep {
    double compute_seconds = 0;
    double service_seconds = 0;

    bool operator==(const TrainingStep&) const = default;
};

TrainingStep step(const Problem& problem, const Candidate& candidate) {
    const Worker& worker = problem.workers[candidate.worker];
    const auto& workload = workload_of(problem);
    const auto& type = type_of(problem, candidate.worker);
    const double batch = workload.batch_per_accelerator * std::max(type.accelerator_count, 1);
    const double bytes =
        2.0 * static_cast<double>(workload.parameters) * workload.gradient_bytes_per_parameter;
    // The servers are reached by TCP, whatever the fabric between the workers.
    const double gbs = model::usable_gbps(model::Fabric::tcp,
                                          std::min(type.network_gbps,
                                                   problem.market->types[*candidate.remote].network_gbps)) /
                       8;
    return {*worker.epoch_seconds * batch / static_cast<double>(workload.samples_per_epoch),
            worker.communication * bytes / (gbs * 1e9)};
}

bool is_ideal(const Worker& worker) {
    return std::holds_alternative<model::IdealScaling>(worker.scaling);
}

// E(1) ... E(workers): steps a second in units of those of a worker that waits for nobody.
// Ends before the first number of workers that is not as efficient as `least`.
std::vector<double> effective(const TrainingStep& step, int workers, int servers, double least) {
    auto table = risk::throughputs(workers, servers, step.compute_seconds + latency_seconds,
                                   step.service_seconds, least / step.compute_seconds);
    for (double& entry : table)
        entry *= step.compute_seconds;
    return table;
}

// The whole of it by number of servers. Hundreds of counts of one candidate follow each other and ask for the
// same, so a thread keeps those of the last one.
class EffectiveTables {
  public:
    static EffectiveTables& of_this_thread() {
        thread_local EffectiveTables tables;
        return tables;
    }

    /// Valid until the next call.
    std::span<const double> of(const TrainingStep& step, int workers, int servers) {
        if (step != step_) {
            step_ = step;
            tables_.clear();
        }
        const auto at = static_cast<std::size_t>(servers) - 1;
        if (tables_.size() <= at) tables_.resize(at + 1);
        auto& table = tables_[at];
        const auto size = static_cast<std::size_t>(workers);
        if (table.size() < size)
            table = effective(step, std::max(workers, 2 * static_cast<int>(table.size())), servers, 0);
        return std::span(table).first(size);
    }

  private:
    TrainingStep step_;
    std::vector<std::vector<double>> tables_;
};

// The same for machines that wait for nobody.
std::vector<double> ideal_table(int workers) {
    std::vector<double> table(static_cast<std::size_t>(workers));
    std::iota(table.begin(), table.end(), 1.0);
    return table;
}

// The types of a place that can be among its top plans as servers: those that not as many others as plans are
// told beat in price (or name), network and quota.
class Servers {
  public:
    explicit Servers(const Problem& problem) : problem_(problem), kept_(told_remotes(problem)) {}

    std::span<const SeenRemote> in(std::size_t place) {
        const auto [known, added] = seen_.try_emplace(place);
        if (added) known->second = look_at(place);
        return known->second;
    }

  private:
    std::vector<SeenRemote> look_at(std::size_t place) const {
        const auto& types = problem_.market->types;
        std::vector<SeenRemote> offered;
        for (const auto& offer : problem_.market->places[place].offers)
            if (!types[offer.type].is_worker() && types[offer.type].network_known())
                offered.push_back({offer.type, offer.on_demand, 0});
        std::sort(offered.begin(), offered.end(), [&](const SeenRemote& a, const SeenRemote& b) {
            return std::tie(a.price, types[a.type].name) < std::tie(b.price, types[b.type].name);
        });
        std::vector<SeenRemote> kept;
        for (const SeenRemote& server : offered) {
            const auto beats = [&](const SeenRemote& other) {
                return types[other.type].network_gbps >= types[server.type].network_gbps &&
                       fewest(other.type) <= fewest(server.type) && most(other.type) >= most(server.type);
            };
            if (static_cast<std::size_t>(std::count_if(kept.begin(), kept.end(), beats)) < kept_)
                kept.push_back(server);
        }
        return kept;
    }

    // That hold the parameters; one where nobody says how much it holds.
    double fewest(std::size_t type) const {
        const auto& gib = problem_.market->types[type].memory_gib;
        if (!gib) return 1;
        const double needed =
            problem_.request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem_)));
        return std::max(1.0, std::ceil(needed / usable_memory_gib({needed, *gib, true}, 1)));
    }

    int most(std::size_t type) const {
        return tightest(machine_limits(problem_, problem_.market->types[type], Purchase::on_demand, 0),
                        std::nullopt);
    }

    const Problem& problem_;
    std::size_t kept_;
    std::map<std::size_t, std::vector<SeenRemote>> seen_;  // by place
};

std::optional<Candidate> with_servers(const Problem& problem, std::size_t worker, const SeenRemote& seen) {
    auto candidate = spot_only(problem, Architecture::parameter_server, worker);
    if (!candidate) return std::nullopt;
    const auto& type = problem.market->types[seen.type];
    candidate->remote = seen.type;
    candidate->per_remote = seen.price;
    candidate->min_remotes = 1;
    // Together they keep the parameters and the optimizer's state, where it is known what they hold.
    if (type.memory_gib) {
        candidate->memory = {
            problem.request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem))),
            *type.memory_gib, true};
        const double fewest = std::ceil(candidate->memory.needed / usable_memory_gib(candidate->memory, 1));
        candidate->min_remotes = static_cast<int>(std::clamp(fewest, 1.0, 1e6));
    }
    candidate->remote_limits = machine_limits(problem, type, Purchase::on_demand, 0);
    candidate->max_remotes = tightest(candidate->remote_limits, std::nullopt);
    const int servers = std::min(candidate->max_nodes, candidate->max_remotes);
    if (candidate->min_remotes > servers) return std::nullopt;
    return candidate;
}

class ParameterServer : public ArchitectureRules {
  public:
    bool find(Problem& problem, const Places& places, const std::stop_token& stop) const override {
        Servers servers(problem);
        const auto partners = [&](std::size_t worker) {
            return problem.workers[worker].epoch_seconds ? servers.in(problem.workers[worker].place)
                                                         : std::span<const SeenRemote>();
        };
        const auto pairs = unbeaten_pairs(problem, Architecture::parameter_server, places, partners, stop);
        if (!pairs) return false;
        for (const auto& [worker, server] : *pairs)
            if (auto candidate = with_servers(problem, worker, *server))
                problem.candidates.push_back(std::move(*candidate));
        return true;
    }

    void visit(const Problem& problem, const Candidate& candidate, NodeWorth each,
               const Visit& visit) const override {
        const bool ideal = is_ideal(problem.workers[candidate.worker]);
        const int most = std::min(candidate.max_remotes, ideal ? 1 : candidate.max_nodes);
        const double least = candidate.least_efficiency * (1 - rounding_of_efficiency);
        for (int servers = candidate.min_remotes; servers <= std::max(most, candidate.min_remotes);
             ++servers) {
            const auto table = ideal
                                   ? ideal_table(candidate.max_nodes)
                                   : effective(step(problem, candidate), candidate.max_nodes, servers, least);
            for (int nodes = servers; nodes <= static_cast<int>(table.size()); ++nodes)
                if (!visit({nodes, servers}, each.first * table[static_cast<std::size_t>(nodes) - 1])) return;
        }
    }

    // The asymptotes of the queue: none waits for another, or the servers never rest.
    TogetherBound bound(const Problem& problem, const Candidate& candidate, int servers,
                        NodeWorth each) const override {
        if (is_ideal(problem.workers[candidate.worker]))
            return ArchitectureRules::bound(problem, candidate, servers, each);
        const TrainingStep of = step(problem, candidate);
        const double cycle = of.compute_seconds + latency_seconds + of.service_seconds;
        return {each.first * of.compute_seconds / cycle,
                each.first * of.compute_seconds * servers / of.service_seconds};
    }

    // Of one number of servers: first none waits for another, then the servers never rest.
    void visit_rows(const Problem& problem, const Candidate& candidate, NodeWorth each,
                    const VisitRow& visit) const override {
        if (is_ideal(problem.workers[candidate.worker]))
            return ArchitectureRules::visit_rows(problem, candidate, each, visit);
        const int servers_at_most = std::min(candidate.max_remotes, candidate.max_nodes);
        const double least = candidate.least_efficiency * (1 - rounding_of_efficiency) * each.first;
        for (int servers = candidate.min_remotes; servers <= servers_at_most; ++servers) {
            const auto at_most = bound(problem, candidate, servers, each);
            int most = candidate.max_nodes;  // who waits too long does not count
            if (most * least > at_most.most) most = static_cast<int>(at_most.most / least * (1 + 1e-9));
            const int busy = static_cast<int>(
                std::clamp(std::ceil(at_most.most / at_most.per_node), 1.0 * servers, 1.0 * most));
            if (servers > most) continue;
            const auto row = [&](int from, int to) {
                const auto of = [&](int nodes) { return std::min(nodes * at_most.per_node, at_most.most); };
                const Counts first{from, servers};
                const Counts last{to, servers};
                return visit(
                    {price(candidate, first), price(candidate, last), of(from), of(to), first, last});
            };
            // The line of the first row ends where it would rise above what the servers do.
            if (busy > servers && !row(servers, busy - 1)) return;
            if (!row(busy, most)) return;
        }
    }

    double together(const Problem& problem, const Candidate& candidate, Counts counts, NodeWorth each,
                    std::vector<double>& throughputs) const override {
        throughputs = effective_table(problem, candidate, counts.nodes, counts.remotes);
        return each.first * throughputs.back();
    }

    risk::JobRun exposure(const Problem& problem, const Candidate& candidate, Counts counts) const override {
        const Checkpointing& ways = problem.request.checkpointing;
        const double own = type_of(problem, candidate.worker).network_gbps;
        const double server = problem.market->types[*candidate.remote].network_gbps;
        risk::JobRun run;
        run.revocations_per_hour = counts.nodes * revocation_rate(problem, candidate.worker);
        run.restart_seconds =
            ways.provisioning_s + checkpoint_seconds(problem, usable_gbs(std::min(own, server)));
        return run;
    }

    std::vector<Counts> larger(const Candidate&, Counts counts, int step) const override {
        std::vector<Counts> next{{counts.nodes + step, counts.remotes}};
        if (counts.remotes + step <= counts.nodes) next.push_back({counts.nodes, counts.remotes + step});
        next.push_back({counts.nodes + step, counts.remotes + 1});
        return next;
    }

  private:
    static std::vector<double> effective_table(const Problem& problem, const Candidate& candidate, int nodes,
                                               int servers) {
        if (is_ideal(problem.workers[candidate.worker])) return ideal_table(nodes);
        const auto table = EffectiveTables::of_this_thread().of(step(problem, candidate), nodes, servers);
        return {table.begin(), table.end()};
    }
};

}  // namespace

const ArchitectureRules& parameter_server_rules() {
    static const ParameterServer rules;
    return rules;
}

}  // namespace deepvm::problem
