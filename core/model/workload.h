// SPDX-License-Identifier: GPL-3.0-or-later
// What is trained: the figures of a training job that decide communication time, memory and checkpoint size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deepvm::model {

/// Which peak rate of an accelerator counts: plain 32-bit, tensor cores in mixed precision (FP16, BF16),
/// tensor cores on 32-bit numbers, or on 8-bit ones. More in precision.h.
enum class Precision { fp32, tensor, tf32, fp8 };

/// How the FLOP of a model come about: what it keeps of a peak depends on it.
enum class WorkloadKind { convolution, encoder, vision_transformer, diffusion, language_model };

/// "language-model"
std::string_view workload_kind_name(WorkloadKind kind);
/// Nothing for a kind that is not known.
std::optional<WorkloadKind> workload_kind_named(std::string_view text);
/// All names.
std::vector<std::string> workload_kind_names();

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
    std::optional<WorkloadKind> kind = std::nullopt;  ///< nothing where it is none that is known
    int accumulation_steps = 1;    ///< steps between two all-reduces; the batch is one step's
    std::string measured_as = {};  ///< its name among measured speeds, where that is another

    bool operator==(const WorkloadProfile&) const = default;
};

/// Bytes of weights that are not trained: what the states take beyond 16 bytes a parameter, which is all that
/// mixed precision and Adam need; adapters train beside such.
double frozen_weight_bytes(const WorkloadProfile& workload);

/// Bytes of one checkpoint in GiB.
double checkpoint_gib(const WorkloadProfile& workload);

/// GiB that weights, gradients and optimizer state take on every node (replicated between nodes).
double training_state_gib(const WorkloadProfile& workload);

}  // namespace deepvm::model
