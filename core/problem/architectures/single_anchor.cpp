// SPDX-License-Identifier: GPL-3.0-or-later
// One on-demand anchor and spot workers of the same type (DeepVM, CCGrid 2024). The anchor, which stays,
// writes the checkpoints to its disk; the training stops meanwhile.
#include <algorithm>

#include "problem/architectures/architectures.h"

namespace deepvm::problem {
namespace {

class SingleAnchor : public ArchitectureRules {
  public:
    bool find(Problem& problem, const Places& places, const std::stop_token&) const override {
        add_of_one_type(problem, Architecture::single_anchor, places, single_anchor);
        return true;
    }

    int anchors() const override { return 1; }

    risk::JobRun exposure(const Problem& problem, const Candidate& candidate, Counts counts) const override {
        const Checkpointing& ways = problem.request.checkpointing;
        const double network = usable_gbs(type_of(problem, candidate.worker).network_gbps);
        risk::JobRun run;
        run.revocations_per_hour = (counts.nodes - 1) * revocation_rate(problem, candidate.worker);
        run.checkpoint_seconds = checkpoint_seconds(problem, ways.disk_gbs);
        run.restart_seconds =
            ways.provisioning_s + checkpoint_seconds(problem, std::min(ways.disk_gbs, network));
        return run;
    }
};

}  // namespace

const ArchitectureRules& single_anchor_rules() {
    static const SingleAnchor rules;
    return rules;
}

}  // namespace deepvm::problem
