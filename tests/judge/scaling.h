// SPDX-License-Identifier: GPL-3.0-or-later
// What several machines are worth together, how many of them a remote node serves, what states take.
#pragma once

#include "model/instance.h"
#include "model/saturation.h"
#include "model/scaling.h"
#include "model/workload.h"

namespace deepvm::tests::judge {

/// The paper's law, by which n nodes are worth n S(n) / L(n) beyond b.
double nodes_by_logistic(const model::LogisticScaling& law, int nodes);

/// An epoch on n nodes by a law that was fitted to measured ones.
double seconds_of_epoch(const model::MeasuredScaling& law, int nodes);
double nodes_by_measurement(const model::MeasuredScaling& law, int nodes);

/// Data-parallel training with a ring.
struct Ring {
    double step_seconds = 0;  ///< that a node computes between two exchanges
    double bytes = 0;         ///< that are exchanged
    double gbps = 0;          ///< that reach the training
    double hidden = 0;        ///< share of the exchange, 0..0.7
};
double nodes_by_ring(const Ring& ring, int nodes);

/// Of a line in Gbit/s what reaches the training: 70 %, and by TCP no more than 6.95.
double usable_gbps(bool by_tcp, double line_gbps);

/// Workers at which the network of one remote node is full.
double workers_per_remote(const model::NetworkSaturation& points, double gbps);

double checkpoint_gib(const model::WorkloadProfile& workload);

/// Of this type that hold the training states together, 90 % of their memory each.
int nodes_that_hold(const model::InstanceType& type, const model::WorkloadProfile& workload);

}  // namespace deepvm::tests::judge
