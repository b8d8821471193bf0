// SPDX-License-Identifier: GPL-3.0-or-later
// The steps by which make_problem finds what can be chosen; internal to the planner.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "problem/kept_parts.h"
#include "problem/problem.h"

namespace deepvm::problem {

/// The workers of each type, in catalog order.
using Places = std::vector<std::vector<std::size_t>>;

/// The parts of a problem that are known before it is made. Lives as long as the problem is made.
class KnownParts {
  public:
    /// Of the request's architectures, where there are any: `kept` may be null.
    KnownParts(const Problem& problem, KeptParts* kept, bool scaled);

    /// Null where it is not known.
    const ArchitecturePart* of(Architecture architecture) const;
    bool has(Architecture architecture) const { return of(architecture) != nullptr; }
    /// Keeps what has been worked out of the problem; `fastest_hours` of its architectures.
    void keep_others(const Problem& problem, const std::map<Architecture, double>& fastest_hours) const;

  private:
    KeptParts* kept_;
    bool scaled_;
    std::map<Architecture, std::shared_ptr<const ArchitecturePart>> known_;
};

/// Worker types with their rate and FLOPP; those that cannot train the workload go to left_out. False when it
/// was stopped.
bool find_workers(Problem& problem, const std::stop_token& stop);

/// All candidates of the request's architectures that could be among its top plans. False when it was
/// stopped.
bool find_candidates(Problem& problem, const KnownParts& known, const std::stop_token& stop);

/// E(n) of every worker, as far as any of its candidates goes.
void tabulate_scaling(Problem& problem);

/// The choices of every candidate whose part is not known. False when it was stopped.
bool set_choices(Problem& problem, const KnownParts& known, const std::stop_token& stop);

/// Whether the worker has all that the request's objective needs to know of it, a spot price and for a job
/// its revocation rate unless all is on demand.
bool can_compute(const Problem& problem, Architecture architecture, std::size_t worker);

/// Those of the workers of one type that no other beats in every price and in risk; of equals the first by
/// name of the region, as the planner ranks them.
std::vector<std::size_t> unbeaten(const Problem& problem, Architecture architecture,
                                  std::vector<std::size_t> workers);

/// Adds the candidates of an architecture that has machines of one type only: `make` one for each unbeaten
/// worker.
void add_of_one_type(Problem& problem, Architecture architecture, const Places& places,
                     std::optional<Candidate> (*make)(const Problem&, std::size_t worker));

/// How many remote types for the same workers can be among the plans that are told: what the published
/// planner lists apart is elsewhere the same machines with another helper, of which the best is enough.
std::size_t told_remotes(const Problem& problem);

/// Sets node_limits and max_nodes, and what the worker asks of every cluster of it: the least nodes and the
/// least efficiency.
void limit_nodes(const Problem& problem, Candidate& candidate, std::vector<MachineLimit> limits);

const model::InstanceType& type_of(const Problem& problem, std::size_t worker);
const std::string& region_of(const Problem& problem, std::size_t worker);

/// One anchor and spot machines of the same type, without limits on their number; nothing without a spot
/// price or where not even the anchor is within its quota.
std::optional<Candidate> anchored(const Problem& problem, std::size_t worker);

/// anchored() with its limits.
std::optional<Candidate> single_anchor(const Problem& problem, std::size_t worker);

/// Spot machines of one type alone, with their limits; nothing without a spot price.
std::optional<Candidate> spot_only(const Problem& problem, Architecture architecture, std::size_t worker);

}  // namespace deepvm::problem
