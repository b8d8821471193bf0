// SPDX-License-Identifier: GPL-3.0-or-later
// What a network gives a training that runs on several machines: less than its line, and how much less
// depends on the way that the bytes take.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/scaling.h"
#include "model/throughput.h"

namespace deepvm::model {

/// "gpudirect-tcpx"
std::string_view fabric_name(Fabric fabric);
/// Nothing for a fabric that is not known.
std::optional<Fabric> fabric_named(std::string_view text);
/// All names.
std::vector<std::string> fabric_names();

/// What TCP brings to a training however fast the line is, in Gbit/s: as fitted on the fit rows of
/// resources/validation/multinode_throughput.csv (g4dn.12xlarge has a line of 50 Gbit/s).
inline constexpr double measured_tcp_gbps = 6.95;

/// What reaches the training of a line of `line_gbps`: 70 %, by TCP no more than `tcp_gbps`.
double usable_gbps(Fabric fabric, double line_gbps, double tcp_gbps = measured_tcp_gbps);
/// Between machines of this type, whose network is known.
double usable_gbps(const InstanceType& type);

/// The share of the communication that a program may hide behind computing.
inline constexpr double most_hidden = 0.7;

/// How the training uses its machines.
struct ClusterWay {
    double hidden = 0;           ///< share of the communication behind computing, 0..most_hidden
    int accumulation_steps = 1;  ///< steps between two all-reduces
    /// Bytes of weights that no gradient is made for, where the states are sharded over all nodes; nothing
    /// where every node holds them all.
    std::optional<double> sharded_frozen_bytes;

    bool operator==(const ClusterWay&) const = default;
};

/// The law for `workload` on nodes that compute `node_samples_per_second` each, `batch` samples a step.
/// Sharded states move 1.5 times the bytes of replicas: weights are gathered forward and backward, gradients
/// scattered, where a ring is two; and the frozen weights are gathered, too.
AnalyticScaling fabric_law(double parameters, double gradient_bytes_per_parameter, double batch,
                           double node_samples_per_second, double usable_gbps, const ClusterWay& way);

/// The bytes of a gradient, where only the precision is known: 4 for fp32 and tf32, 2 for all others.
double gradient_bytes(Precision precision);

/// Samples a second of `row`'s cluster for a node that makes `node_samples_per_second` alone: the law of its
/// series, plain replicas, nothing hidden. Needs network, parameters, precision and batch (see can_predict).
double predicted_samples_per_second(const ClusterThroughput& row, double node_samples_per_second,
                                    double tcp_gbps);
bool can_predict(const ClusterThroughput& row);

/// Lines from here on are taken for RDMA where a row does not say its fabric: no source here has a slower
/// one.
inline constexpr double slowest_rdma_gbps = 100;
Fabric likely_fabric(double line_gbps);

/// Accelerators of the largest cluster that the rows of resources/validation/multinode_throughput.csv
/// measured with a workload of this kind; 0 where they have none. Beyond, the law is extrapolated.
int most_measured_accelerators(WorkloadKind kind);

/// A series: its node alone, and the rows on more of them. Families ("pollux" of "pollux-bert-b12-g4") are
/// sources; each counts once however many series it has.
struct ClusterSeries {
    std::string name;
    double node_samples_per_second = 0;  ///< median of its rows on one node
    std::vector<ClusterThroughput> rows;

    std::string family() const { return name.substr(0, name.find('-')); }
};
/// By name; series without a row on one node, rows of context and rows that cannot be predicted are left out.
std::vector<ClusterSeries> cluster_series(std::span<const ClusterThroughput> rows);

/// Root mean square of log(predicted / measured) over the rows of a series, and over series and families in
/// turn; nothing without any.
std::optional<double> cluster_error(std::span<const ClusterSeries> series, double tcp_gbps);

/// The cap of TCP that the fit rows of `rows` say, in Gbit/s; refused where none of them is on TCP.
base::Result<double> fit_tcp_gbps(std::span<const ClusterThroughput> rows);

}  // namespace deepvm::model
