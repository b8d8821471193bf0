// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/scaling.h"

#include <algorithm>
#include <cmath>

namespace deepvm::model {
namespace {

// What the nodes of a ring spend on each other: the bandwidth and the latency part of an all-reduce.
double ring_seconds(double n, double transfer_seconds, double latency_seconds) {
    return 2 * (n - 1) / n * transfer_seconds + latency_seconds * std::log2(n);
}

double evaluate(const IdealScaling&, double n) {
    return n;
}

double evaluate(const LogisticScaling& law, double n) {
    if (n <= law.b) return n;
    const double logistic = law.c / (1 + std::exp(-law.a * (n - law.b)));
    const double line = (law.c * law.a / 4) * (n - law.b) + law.c / 2;
    return n * (logistic / line);
}

double evaluate(const AnalyticScaling& law, double n) {
    const double exposed = (1 - law.hidden) * ring_seconds(n, law.transfer_seconds, law.latency_seconds);
    return n * law.step_compute_seconds / (law.step_compute_seconds + exposed);
}

double epoch_seconds(const MeasuredScaling& law, double n) {
    return (law.epoch_seconds + ring_seconds(n, law.transfer_seconds, law.latency_seconds)) / n;
}

double evaluate(const MeasuredScaling& law, double n) {
    return law.epoch_seconds / epoch_seconds(law, n);
}

}  // namespace

double epoch_seconds(const MeasuredScaling& law, int nodes) {
    return epoch_seconds(law, static_cast<double>(nodes));
}

double effective_nodes(const ScalingLaw& law, int nodes, double communication) {
    const double effective = std::visit([nodes](const auto& known) { return evaluate(known, nodes); }, law);
    if (communication == 1) return effective;  // as it is, to the last bit
    return nodes / (1 + communication * (nodes / effective - 1));
}

EffectiveNodes tabulate(const ScalingLaw& law, int max_nodes, double communication) {
    EffectiveNodes table;
    table.reserve(static_cast<std::size_t>(std::max(max_nodes, 0)));
    for (int nodes = 1; nodes <= max_nodes; ++nodes)
        table.push_back(effective_nodes(law, nodes, communication));
    return table;
}

}  // namespace deepvm::model
