// SPDX-License-Identifier: GPL-3.0-or-later
// What makes one architecture: which machines it can be made of, which counts of them, what they are worth
// together and how they bear revocations. All else, the programs, bounds and reasons, is the same for all.
// A new one is a file with such a class, a name in request.h and its line in rules(). Internal to the
// planner.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <vector>

#include "problem/candidates.h"
#include "problem/problem.h"
#include "risk/job_run.h"

namespace deepvm::problem {

/// What one ideal node of either type is worth, in any unit. Not counted in nodes of one of them: clusters of
/// the same nodes in other roles must be worth the same to the last bit, so that the price decides.
struct NodeWorth {
    double first;
    double other;
    double anchor;  ///< of the first type, on demand: the same as `first` unless prices count
};

/// What a number of nodes do together at most: both `per_node` times as much and `most`.
struct TogetherBound {
    double per_node = 0;
    double most = std::numeric_limits<double>::infinity();
};

/// Counts of a candidate and what its nodes are worth together; false where no more are wanted.
using Visit = std::function<bool(Counts, double worth)>;

/// A line from one price to another, and what counts with a price in between do together at most: a straight
/// line, too.
struct Row {
    base::Money low, high;
    double together_at_low = 0, together_at_high = 0;
    Counts counts_at_low, counts_at_high;  ///< two of these, which need not fit
};

/// False where no more are wanted.
using VisitRow = std::function<bool(const Row& row)>;

class ArchitectureRules {
  public:
    ArchitectureRules() = default;
    virtual ~ArchitectureRules() = default;
    ArchitectureRules(const ArchitectureRules&) = delete;
    ArchitectureRules& operator=(const ArchitectureRules&) = delete;

    /// Adds every candidate that could be among the request's top plans. False when it was stopped.
    virtual bool find(Problem& problem, const Places& places, const std::stop_token& stop) const = 0;

    /// All counts that the candidate's machine limits may allow, in any order. Here: every number of nodes,
    /// with the fewest remote nodes that it needs.
    virtual void visit(const Problem& problem, const Candidate& candidate, NodeWorth each,
                       const Visit& visit) const;

    /// Of those at least all that may be worth more than every cheaper one, where the worth is that of the
    /// nodes together. Here: all.
    virtual void visit_promising(const Problem& problem, const Candidate& candidate, NodeWorth each,
                                 const Visit& visit) const;

    /// Rows that together have all counts that are efficient enough. Here: a few numbers of nodes that follow
    /// each other, up to an eighth more than the first.
    virtual void visit_rows(const Problem& problem, const Candidate& candidate, NodeWorth each,
                            const VisitRow& visit) const;

    /// What counts of one's own are worth together, also beyond the limits. `throughputs` become those of
    /// risk::JobRun, or stay as they are where a revocation rolls back. Here: E(n) first nodes.
    virtual double together(const Problem& problem, const Candidate& candidate, Counts counts, NodeWorth each,
                            std::vector<double>& throughputs) const;

    /// On what nodes do together with so many remote nodes, in closed form. Here: none waits for another.
    virtual TogetherBound bound(const Problem& problem, const Candidate& candidate, int remotes,
                                NodeWorth each) const;

    /// What revocations and checkpoints do to a job on these counts: all of JobRun but the useful time and
    /// the throughputs; the rates of its spot machines are known. Here: nothing, as on demand.
    virtual risk::JobRun exposure(const Problem& problem, const Candidate& candidate, Counts counts) const;

    /// On-demand machines that compute beside spot workers.
    virtual int anchors() const { return 0; }

    /// Larger counts next to these, `step` steps away. Here: more nodes, with the remote nodes they need.
    virtual std::vector<Counts> larger(const Candidate& candidate, Counts counts, int step) const;
};

const ArchitectureRules& rules(Architecture architecture);

/// Seconds for the checkpoint of the request's workload over a way of so many GB/s.
double checkpoint_seconds(const Problem& problem, double gbs);

/// Until the first step: provisioning and one load from a disk.
double start_seconds(const Problem& problem);

/// What a machine's network carries, GB/s: 70 % of the line rate.
double usable_gbs(double network_gbps);

/// Of the worker's spot machines, an hour; only where it is known.
double revocation_rate(const Problem& problem, std::size_t worker);

}  // namespace deepvm::problem
