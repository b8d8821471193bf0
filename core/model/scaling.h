// SPDX-License-Identifier: GPL-3.0-or-later
// Scaling laws: E(n), how many ideal nodes n real nodes are worth.
#pragma once

#include <variant>
#include <vector>

#include "model/instance.h"
#include "model/workload.h"

namespace deepvm::model {

/// E(n) = n: what a planner believes that knows no scaling (the no-scale policy).
struct IdealScaling {
    bool operator==(const IdealScaling&) const = default;
};

/// Synchronous data-parallel training with ring all-reduce, for types without measurements:
/// E(n) = n t / (t + (1 - hidden)(2 (n - 1) / n transfer + latency log2(n))). Overlap is a share of the
/// communication: half the compute time would hide all of it on most clusters, which the measured ones
/// contradict.
struct AnalyticScaling {
    double step_compute_seconds = 0;  ///< t: all that a node computes between two all-reduces
    double transfer_seconds = 0;      ///< the gradients once over what the fabric gives
    double hidden = 0;                ///< share of the communication, 0..1
    double latency_seconds = 0.002;   ///< per doubling of the nodes

    bool operator==(const AnalyticScaling&) const = default;
};

/// Fitted to measured times of an epoch, T(n) = (epoch + 2 (n - 1) / n transfer + latency log2(n)) / n;
/// E(n) = T(1) / T(n). The shape of the analytic law, with seconds of an epoch in place of a step's.
struct MeasuredScaling {
    double epoch_seconds = 0;     ///< T(1), above 0
    double transfer_seconds = 0;  ///< not negative; the gradients of one node's epoch once over the wire
    double latency_seconds = 0;   ///< not negative; per doubling of the nodes

    bool operator==(const MeasuredScaling&) const = default;
};

/// T(n) for n >= 1.
double epoch_seconds(const MeasuredScaling& law, int nodes);

/// LogisticScaling is the published law of DeepVM: S(n) = c / (1 + exp(-a (n - b))),
/// L(n) = (c a / 4)(n - b) + c / 2, E(n) = n for n <= b and n S(n) / L(n) beyond. It is relative to a line
/// through S at b, not to one node.
using ScalingLaw = std::variant<IdealScaling, LogisticScaling, AnalyticScaling, MeasuredScaling>;

/// E(n) for n >= 1. `communication` > 0 stretches the time that nodes wait for each other: n / E(n) - 1 is
/// that time in units of the computing time, whatever the law, so E becomes n / (1 + communication (n / E(n)
/// - 1)). For the analytic law this is its exposed communication time times the factor; the published law has
/// no time of its own, only what it loses. Scaling the loss 1 - E(n) / n instead could lose more than all.
double effective_nodes(const ScalingLaw& law, int nodes, double communication = 1);

/// The share of a line that reaches the application.
inline constexpr double usable_share = 0.7;

/// E(1), E(2) ... E(N); entry i is E(i + 1).
using EffectiveNodes = std::vector<double>;
EffectiveNodes tabulate(const ScalingLaw& law, int max_nodes, double communication = 1);

}  // namespace deepvm::model
