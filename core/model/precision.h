// SPDX-License-Identifier: GPL-3.0-or-later
// Which number format a training runs in, and the peak rate that counts for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/instance.h"
#include "model/workload.h"

namespace deepvm::model {

/// "fp32", "tf32", "tensor" or "fp8".
std::string_view precision_name(Precision precision);
/// Nothing for any other text.
std::optional<Precision> precision_named(std::string_view text);
/// All names.
std::vector<std::string> precision_names();

/// Tensor cores that take 32-bit numbers (NVIDIA since Ampere, AMD since CDNA 3), and such that take 8-bit
/// ones (since Ada and Hopper): told by the year of the architecture. No where the year is unknown.
bool has_tf32(const Accelerator& accelerator);
bool has_fp8(const Accelerator& accelerator);

/// The format that is left on an accelerator without the one asked for: fp32 for tf32, tensor for fp8.
Precision runs_as(const Accelerator& accelerator, Precision precision);

/// The format that a workload of `precision` trains in: the frameworks take TF32 for fp32 where there is any.
Precision trains_in(const Accelerator& accelerator, Precision precision);

/// Dense TFLOP/s of one accelerator in what `precision` runs as there: fp32 and tensor as the catalog has
/// them, TF32 half of tensor, FP8 twice.
double peak_tflops(const Accelerator& accelerator, Precision precision);

/// Bytes of a number that is computed with, which stand for the memory traffic: 4, 4, 2 and 1.
int bytes_per_number(Precision precision);

/// How many times one accelerator `count` of them in a node are worth: eight are worth 0.95 x 8, and each
/// doubling loses the same share.
double worth_of_accelerators(int count);

}  // namespace deepvm::model
