// SPDX-License-Identifier: GPL-3.0-or-later
// Spot workers alone; the checkpoints go to an object store and come back from it (CIFAR-10 on spot VMs). The
// store is rented with the cluster.
#include <algorithm>
#include <cmath>

#include "problem/architectures/architectures.h"

namespace deepvm::problem {
namespace {

// What the store costs an hour, to the next micro-dollar.
base::Money storage_price(const Problem& problem) {
    const Checkpointing& ways = problem.request.checkpointing;
    const double gib = problem.request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem)));
    const double usd = gib * ways.stored_checkpoints * ways.store_usd_per_gib_month / risk::hours_per_month;
    return base::Money::from_micro(static_cast<std::int64_t>(std::ceil(usd * 1e6)));
}

std::optional<Candidate> spot_bucket(const Problem& problem, std::size_t worker) {
    auto candidate = spot_only(problem, Architecture::spot_bucket, worker);
    if (candidate) candidate->fixed = storage_price(problem);
    return candidate;
}

class SpotBucket : public ArchitectureRules {
  public:
    bool find(Problem& problem, const Places& places, const std::stop_token&) const override {
        add_of_one_type(problem, Architecture::spot_bucket, places, spot_bucket);
        return true;
    }

    risk::JobRun exposure(const Problem& problem, const Candidate& candidate, Counts counts) const override {
        const Checkpointing& ways = problem.request.checkpointing;
        const auto& type = type_of(problem, candidate.worker);
        const double network = type.network_known() ? usable_gbs(type.network_gbps) : ways.store_gbs;
        risk::JobRun run;
        run.revocations_per_hour = counts.nodes * revocation_rate(problem, candidate.worker);
        run.checkpoint_seconds = checkpoint_seconds(problem, std::min(ways.store_gbs, network));
        run.restart_seconds = ways.provisioning_s + run.checkpoint_seconds;
        return run;
    }
};

}  // namespace

const ArchitectureRules& spot_bucket_rules() {
    static const SpotBucket rules;
    return rules;
}

}  // namespace deepvm::problem
