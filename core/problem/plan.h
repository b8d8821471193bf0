// SPDX-License-Identifier: GPL-3.0-or-later
// What the planner answers: plain values, immutable once handed out.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "model/speeds.h"
#include "problem/request.h"
#include "risk/job_run.h"

namespace deepvm::problem {

/// What keeps a plan from growing by one step.
enum class Limit {
    budget,
    spot_quota,
    on_demand_quota,
    network_saturation,
    remote_memory,
    cluster_ceiling,
    accelerator_memory,  ///< fewer machines do not hold the training states
    unknown_network,     ///< of a type without a known network only one is planned
    efficiency,          ///< the next node would make the cluster wait more than the least efficiency allows
    scaling,             ///< the next node is worth nothing more
};
std::string_view name(Limit limit);

/// How far a plan is from a limit.
struct LimitState {
    Limit limit = Limit::budget;
    double slack = 0;       ///< what is left, in `unit`
    std::string_view unit;  ///< "USD/h", "nodes", "remotes", "vCPUs", "GiB" or "%"
    bool binding = false;   ///< see Plan::binding; of a limit on nodes and on remotes, the one in the way

    bool operator==(const LimitState&) const = default;
};

/// Where the worth of more nodes comes from.
enum class ScalingBasis {
    measured,   ///< fitted to measured epoch times
    published,  ///< the paper's curve
    assumed,    ///< the analytic law, from network and workload
};
std::string_view name(ScalingBasis basis);

/// What holds in about four of five cases, both ends above 0.
struct Likely {
    double low = 0;
    double high = 0;

    bool operator==(const Likely&) const = default;
};

/// What becomes of the request's job on a plan, revocations included.
struct JobOutlook {
    std::optional<double> revocations_per_hour;  ///< of all its spot machines; nothing when unknown
    std::optional<double>
        fault_free_hours;  ///< at full speed, without start and checkpoints; nothing when unknown
    std::optional<risk::Outlook> expected;   ///< nothing where one of the two above is
    std::optional<double> expected_usd;      ///< hourly price x expected hours
    std::optional<Likely> likely_hours;      ///< by the ranges of speed; nothing where they are points
    std::optional<Likely> likely_usd;        ///< by those and the estimates of prices
    std::optional<double> done_by_deadline;  ///< probability, the ranges of speed and revocations included;
                                             ///< nothing without a deadline, too
    std::string unknown;                     ///< what is not known, for people; empty when all is

    bool operator==(const JobOutlook&) const = default;
};

struct PriceRange {
    base::Money low;
    base::Money high;

    bool operator==(const PriceRange&) const = default;
};

/// A cluster that can be rented: every one that leaves the planner was checked against its constraints
/// exactly.
struct Plan {
    Architecture architecture = Architecture::single_anchor;
    std::string provider;  ///< empty for a published data set, as the region
    std::string region;
    std::string worker;        ///< instance type that computes
    std::string other_worker;  ///< mixed-workers: the second type that computes, on spot only
    std::string remote;        ///< instance type of the remote nodes or parameter servers, empty without
    int nodes = 0;             ///< machines that compute: anchors + spot workers, or all of on-demand
    int spot_workers = 0;      ///< of both types
    int other_workers = 0;     ///< of the spot workers those of the second type
    int anchors = 0;           ///< on-demand machines that compute beside spot workers
    int remotes = 0;           ///< on-demand machines that hold checkpoints or parameters
    base::Money hourly_price;  ///< with the object store where there is one
    double objective = 0;      ///< in the unit of the request's objective
    double worth = 0;          ///< what plans are ranked by, more is better: the objective; of a job jobs per
                               ///< dollar or per hour
    double effective_nodes = 0;  ///< E(nodes)
    double efficiency = 1;       ///< what the nodes do together of what each would do alone, (0, 1]
    std::optional<model::SpeedRange> samples_per_second;  ///< of the cluster; nothing where no speed is known
    model::SpeedBasis speed = model::SpeedBasis::estimated;          ///< of two types the less sure
    model::HostArchitecture host = model::HostArchitecture::x86_64;  ///< of its workers
    int generation = 0;    ///< year of the first type's accelerators, 0 where it is not known
    bool sharded = false;  ///< no node holds the training states alone
    /// What it may cost an hour where spot prices are estimates, in about four of five cases; nothing where
    /// none is.
    std::optional<PriceRange> likely_price;
    double throughput_tflops =
        0;  ///< effective rate x effective nodes; published data sets: their own rate unit
    std::optional<double> flopp;  ///< spot FLOPP of one worker, FLOP per dollar; nothing without a spot price
    ScalingBasis scaling = ScalingBasis::assumed;
    JobOutlook job;
    std::vector<Limit> binding;      ///< without any one of these the same machines could do more; where only
                                     ///< several together forbid it, all of them
    std::vector<LimitState> limits;  ///< every limit that the plan is subject to

    bool operator==(const Plan&) const = default;
};

/// "17 x g4dn.xlarge + 1 x c5.xlarge": worker and remote machines of a plan.
std::string machines(const Plan& plan);

/// How much better `after` is than `before`, in percent of the objective: of a job what is saved.
double gain_percent(Objective objective, const Plan& before, const Plan& after);

/// The order of all lists: more worth, then lower price, then fewer machines, then the newer accelerators,
/// then name.
bool better(const Plan& a, const Plan& b);

}  // namespace deepvm::problem
