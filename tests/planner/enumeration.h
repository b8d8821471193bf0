// SPDX-License-Identifier: GPL-3.0-or-later
// The judge: every cluster of a small market, one by one, from the rules of the model alone. Shares no
// constraint code with the planner, only the saturation curve and the size of a checkpoint; slow, for tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/market.h"
#include "planner/plan.h"
#include "planner/request.h"

namespace deepvm::tests {

struct Cluster {
    planner::Architecture architecture = planner::Architecture::single_anchor;
    std::string provider;
    std::string region;
    std::string worker;
    std::string remote;
    int nodes = 0;
    int remotes = 0;
    base::Money price;
    double objective = 0;
};

class Enumeration {
  public:
    Enumeration(const model::Market& market, const planner::Request& request, bool ideal_scaling = false);

    /// The best cluster of every (provider, worker, remote) of the architecture at `budget`, best first.
    std::vector<Cluster> best(planner::Architecture architecture, base::Money budget) const;

    /// Every price at which some cluster of the architecture becomes possible.
    std::vector<base::Money> prices(planner::Architecture architecture, base::Money to) const;

    /// What is wrong with a plan by the rules; empty when it keeps them all.
    std::string violation(const planner::Plan& plan, base::Money budget) const;

  private:
    template <typename Visit>
    void visit(planner::Architecture architecture, base::Money budget, Visit visit) const;
    template <typename Visit>
    void visit_tiering(const model::Place& place, const model::Offer& worker, base::Money budget,
                       Visit visit) const;
    bool within_machines(const model::InstanceType& type, int machines, bool spot) const;
    int ceiling() const;
    bool memory_holds(const model::InstanceType& remote, int remotes) const;
    double worth(const model::Offer& offer, int nodes) const;

    const model::Market& market_;
    planner::Request request_;
    bool ideal_;
};

}  // namespace deepvm::tests
