// SPDX-License-Identifier: GPL-3.0-or-later
// The remote nodes that can be among the top plans of a place; internal to the planner.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "problem/problem.h"

namespace deepvm::problem {

/// What a remote type is wherever it is offered.
struct RemoteType {
    double network_gbps = 0;
    int min_remotes = 0;
    int max_remotes = 0;
    std::vector<MachineLimit> limits;
    MemoryRule memory;
    std::size_t kind = 0;  ///< the same for types that differ in nothing but name and price
};

/// A remote type in one place, as workers with one speed of network see it.
struct SeenRemote {
    std::size_t type = 0;  ///< index into Market::types
    base::Money price;
    double saturation = 0;  ///< workers a remote node; the slower end's network counts
};

/// For one thread; the problem must outlive it.
class Remotes {
  public:
    explicit Remotes(const Problem& problem);

    /// The remote types of a place that can be among its top plans with workers of this network, cheapest
    /// first. The answer lives as long as this object. Cheap while the questions go from place to place.
    std::span<const SeenRemote> in(std::size_t place, double worker_gbps);

    /// What holds of a type that in() has named.
    const RemoteType& of(std::size_t type) const { return *types_[type]; }

  private:
    void look_at(std::size_t place);
    bool before(const SeenRemote& a, const SeenRemote& b) const;
    /// What more memory a remote node has makes no difference to a job.
    double useful_gib(const MemoryRule& memory, double workers_per_remote) const;

    const Problem& problem_;
    std::size_t kept_;  // as many of the same workers are told
    double most_nodes_;
    double checkpoint_gib_;
    std::vector<std::optional<RemoteType>> types_;   // by type; nothing for those that can be no remote node
    std::vector<std::vector<SeenRemote>> cheapest_;  // by kind, of place_
    std::optional<std::size_t> place_;
    std::vector<SeenRemote> offered_;  // all of cheapest_, cheapest first
    std::map<std::pair<std::size_t, double>, std::vector<SeenRemote>> seen_;  // by place and workers' network
};

}  // namespace deepvm::problem
