// SPDX-License-Identifier: GPL-3.0-or-later
// Training speeds that were measured in the world: the rows of device_throughput.csv (one machine) and
// multinode_throughput.csv (several).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/csv_table.h"
#include "model/instance.h"
#include "model/workload.h"

namespace deepvm::model {

/// What a row is for. Both fit and test rows are measurements that answers use, but estimates are fitted on
/// fit rows alone, so that test rows judge them; context is for reading only (input-bound, padding skipped).
enum class RowUse { fit, test, context };

/// What was trained, as far as a speed depends on it.
struct TrainingLoad {
    std::string workload;
    std::optional<WorkloadKind> kind;  ///< nothing where it is none that is known
    double parameters = 0;             ///< 0 where the source does not say
    double flop_per_sample = 0;        ///< 0 where the source does not say

    bool operator==(const TrainingLoad&) const = default;
};

/// What of the workload a speed depends on, by the name that measured speeds have for it.
TrainingLoad training_load(const WorkloadProfile& workload);

/// Samples a second of one machine.
struct DeviceThroughput {
    std::string accelerator;
    int accelerators = 1;
    TrainingLoad load;
    std::optional<Precision> precision;  ///< nothing where the source does not say which of several
    double samples_per_second = 0;
    std::string software;
    std::string source;
    std::string source_date;
    RowUse use = RowUse::fit;

    bool operator==(const DeviceThroughput&) const = default;
};

inline constexpr std::array<std::string_view, 12> device_throughput_columns{
    "accelerator",        "gpus",     "workload", "kind",        "parameters", "flop_per_sample", "precision",
    "samples_per_second", "software", "source",   "source_date", "use"};
base::Result<DeviceThroughput> parse_device_throughput(const base::CsvRow& row);

/// Samples a second of `nodes` machines. One series is the same training on several numbers of them.
struct ClusterThroughput {
    std::string series;
    std::string accelerator;
    int nodes = 1;
    int accelerators_per_node = 1;
    std::optional<double> network_gbps;  ///< of the line; nothing where the source does not say
    TrainingLoad load;
    std::optional<Precision> precision;
    std::optional<double> batch_per_accelerator;  ///< in one step
    int accumulation_steps = 1;                   ///< steps between two all-reduces
    double samples_per_second = 0;
    RowUse use = RowUse::fit;

    bool operator==(const ClusterThroughput&) const = default;
};

inline constexpr std::array<std::string_view, 14> cluster_throughput_columns{"series",
                                                                             "accelerator",
                                                                             "nodes",
                                                                             "gpus_per_node",
                                                                             "network_gbps",
                                                                             "workload",
                                                                             "kind",
                                                                             "parameters",
                                                                             "flop_per_sample",
                                                                             "precision",
                                                                             "batch_per_accelerator",
                                                                             "accumulation_steps",
                                                                             "samples_per_second",
                                                                             "use"};
base::Result<ClusterThroughput> parse_cluster_throughput(const base::CsvRow& row);

/// One row of resources/validation/peaks/accelerators.csv.
inline constexpr std::array<std::string_view, 7> accelerator_columns{
    "accelerator", "display_name",         "fp32_tflops", "tensor_tflops",
    "memory_gib",  "memory_bandwidth_gbs", "year"};
base::Result<Accelerator> parse_accelerator(const base::CsvRow& row);

}  // namespace deepvm::model
