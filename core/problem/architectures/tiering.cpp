// SPDX-License-Identifier: GPL-3.0-or-later
// Spot workers and on-demand remote nodes that hold the checkpoints (DeepVM, CCGrid 2024). DeepCheck sends
// them there in the background: only the copy to host memory stops the training, but a checkpoint is safe no
// sooner than it has arrived, and needs room in their memory.
#include <algorithm>

#include "problem/architectures/architectures.h"
#include "problem/machine_limits.h"
#include "problem/pairs.h"
#include "problem/remotes.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

Candidate tiering(const Problem& problem, std::size_t worker_index, const SeenRemote& seen,
                  const RemoteType& remote) {
    Candidate candidate;
    candidate.architecture = Architecture::tiering;
    candidate.worker = worker_index;
    candidate.remote = seen.type;
    candidate.remotes_follow = true;
    candidate.per_node = *problem.workers[worker_index].spot;
    candidate.per_remote = seen.price;
    candidate.min_remotes = remote.min_remotes;
    candidate.max_remotes = remote.max_remotes;
    candidate.remote_limits = remote.limits;
    candidate.memory = remote.memory;
    candidate.saturation = seen.saturation;
    limit_nodes(problem, candidate,
                machine_limits(problem, type_of(problem, worker_index), Purchase::spot, 0));
    return candidate;
}

class Tiering : public ArchitectureRules {
  public:
    bool find(Problem& problem, const Places& places, const std::stop_token& stop) const override {
        Remotes remotes(problem);
        const auto partners = [&](std::size_t worker) {
            return remotes.in(problem.workers[worker].place, type_of(problem, worker).network_gbps);
        };
        const auto pairs = unbeaten_pairs(problem, Architecture::tiering, places, partners, stop);
        if (!pairs) return false;
        for (const auto& [worker, remote] : *pairs) {
            auto candidate = tiering(problem, worker, *remote, remotes.of(remote->type));
            if (candidate.max_nodes >= candidate.min_nodes)
                problem.candidates.push_back(std::move(candidate));
        }
        return true;
    }

    risk::JobRun exposure(const Problem& problem, const Candidate& candidate, Counts counts) const override {
        const Checkpointing& ways = problem.request.checkpointing;
        const double own = type_of(problem, candidate.worker).network_gbps;
        const double remote = problem.market->types[*candidate.remote].network_gbps;
        const double way = usable_gbs(std::min(own, remote));
        risk::JobRun run;
        run.revocations_per_hour = counts.nodes * revocation_rate(problem, candidate.worker);
        run.checkpoint_seconds = checkpoint_seconds(problem, ways.host_copy_gbs);
        run.restart_seconds = ways.provisioning_s + checkpoint_seconds(problem, way);
        // As DeepCheck's simulation has it: the next checkpoint waits for the flush of those before, and what
        // was cut and is on its way when a machine goes is lost and done again.
        const auto pipeline = pipeline_of(problem, candidate, counts);
        const auto shortest = risk::shortest_interval_seconds(pipeline);
        constexpr double never = 1e12;  // remote memory that holds no checkpoint keeps none
        run.shortest_interval_seconds = shortest.value_or(never);
        const auto steps = risk::step_seconds(pipeline);
        if (shortest && steps) run.restart_seconds += steps->cut + steps->send;
        return run;
    }
};

}  // namespace

const ArchitectureRules& tiering_rules() {
    static const Tiering rules;
    return rules;
}

}  // namespace deepvm::problem
