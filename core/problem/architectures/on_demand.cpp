// SPDX-License-Identifier: GPL-3.0-or-later
// On-demand machines of one type: nothing is revoked, no checkpoint is needed.
#include "problem/architectures/architectures.h"
#include "problem/machine_limits.h"

namespace deepvm::problem {
namespace {

std::optional<Candidate> on_demand(const Problem& problem, std::size_t worker) {
    Candidate candidate;
    candidate.architecture = Architecture::on_demand;
    candidate.worker = worker;
    candidate.per_node = problem.workers[worker].offer->on_demand;
    limit_nodes(problem, candidate,
                machine_limits(problem, type_of(problem, worker), Purchase::on_demand, 0));
    return candidate;
}

class OnDemand : public ArchitectureRules {
  public:
    bool find(Problem& problem, const Places& places, const std::stop_token&) const override {
        add_of_one_type(problem, Architecture::on_demand, places, on_demand);
        return true;
    }
};

}  // namespace

const ArchitectureRules& on_demand_rules() {
    static const OnDemand rules;
    return rules;
}

}  // namespace deepvm::problem
