// SPDX-License-Identifier: GPL-3.0-or-later
// What is trained: the figures of a training job that decide communication time, memory and checkpoint size.
#pragma once

#include <cstdint>
#include <string>

namespace deepvm::model {

/// Which peak rate of an accelerator counts: plain 32-bit or tensor cores in mixed precision.
enum class Precision { fp32, tensor };

/// One row of resources/catalog/workloads.csv, whose `note` tells how the FLOP count comes about.
struct WorkloadProfile {
    std::string name;
    std::string display_name;
    std::int64_t parameters = 0;
    double flop_per_sample = 0;  ///< forward + backward
    int batch_per_accelerator = 0;
    int gradient_bytes_per_parameter = 0;
    int state_bytes_per_parameter = 0;  ///< weights, gradients and optimizer state while training
    int checkpoint_bytes_per_parameter = 0;
    std::int64_t samples_per_epoch = 0;
    int epochs = 0;
    Precision precision = Precision::fp32;
    std::string note;

    bool operator==(const WorkloadProfile&) const = default;
};

/// Bytes of one checkpoint in GiB.
double checkpoint_gib(const WorkloadProfile& workload);

/// GiB that weights, gradients and optimizer state take on every node (replicated between nodes).
double training_state_gib(const WorkloadProfile& workload);

}  // namespace deepvm::model
