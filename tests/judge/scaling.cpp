// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/scaling.h"

#include <algorithm>
#include <cmath>

namespace deepvm::tests::judge {
namespace {

constexpr double gib = 1073741824.0;

// Rounds in which the nodes double.
double doublings(double nodes) {
    return std::log(nodes) / std::log(2.0);
}

}  // namespace

// S / L without c: with x = a (n - b) it is 1 / (1 + e^-x) over x / 4 + 1 / 2, and the first is
// (1 + tanh(x / 2)) / 2.
double nodes_by_logistic(const model::LogisticScaling& law, int nodes) {
    const double x = law.a * (nodes - law.b);
    return x <= 0 ? nodes : nodes * (1 + std::tanh(x / 2)) / (1 + x / 2);
}

double seconds_of_epoch(const model::MeasuredScaling& law, int nodes) {
    const double shared = law.epoch_seconds / nodes;
    const double exchanged = law.transfer_seconds * 2 * (nodes - 1) / nodes / nodes;
    return shared + exchanged + law.latency_seconds * doublings(nodes) / nodes;
}

double nodes_by_measurement(const model::MeasuredScaling& law, int nodes) {
    return law.epoch_seconds / seconds_of_epoch(law, nodes);
}

// Step by step: every node passes on its n-th part to the next, n - 1 times to add up and n - 1 times to
// tell.
double nodes_by_ring(const Ring& ring, int nodes) {
    const double part = ring.bytes / nodes * 8 / (ring.gbps * 1e9);
    double exchange = 0.002 * doublings(nodes);
    for (int step = 0; step < 2 * (nodes - 1); ++step)
        exchange += part;
    const double waits = exchange - ring.hidden * exchange;
    return nodes / (1 + waits / ring.step_seconds);
}

double usable_gbps(bool by_tcp, double line_gbps) {
    const double usable = line_gbps * 7 / 10;
    return by_tcp && usable > 6.95 ? 6.95 : usable;
}

// A point as it is; between two of them evenly over doublings of the bandwidth; six more for each doubling
// beyond the last.
double workers_per_remote(const model::NetworkSaturation& points, double gbps) {
    const model::SaturationPoint* below = nullptr;
    for (const auto& point : points.points()) {
        if (point.network_gbps == gbps) return point.workers_per_remote;
        if (point.network_gbps > gbps) {
            if (!below) return point.workers_per_remote;
            const double way = (std::log2(gbps) - std::log2(below->network_gbps)) /
                               (std::log2(point.network_gbps) - std::log2(below->network_gbps));
            return below->workers_per_remote + (point.workers_per_remote - below->workers_per_remote) * way;
        }
        below = &point;
    }
    return below->workers_per_remote + 6 * (std::log2(gbps) - std::log2(below->network_gbps));
}

double checkpoint_gib(const model::WorkloadProfile& workload) {
    return workload.checkpoint_bytes_per_parameter / gib * static_cast<double>(workload.parameters);
}

int nodes_that_hold(const model::InstanceType& type, const model::WorkloadProfile& workload) {
    if (type.published_rate) return 1;  // what the paper trained on
    const double state = static_cast<double>(workload.parameters) * workload.state_bytes_per_parameter;
    const double usable = 0.9 * type.accelerator_count * type.accelerator->memory_gib * gib;
    int nodes = 1;
    while (nodes < 5000 && nodes * usable < state)
        ++nodes;
    return nodes;
}

}  // namespace deepvm::tests::judge
