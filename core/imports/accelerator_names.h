// SPDX-License-Identifier: GPL-3.0-or-later
// Accelerators by the names that others give them. Private to this folder.
#pragma once

#include <span>
#include <string_view>

#include "model/instance.h"

namespace deepvm::imports {

/// "A100-80GB", "NVIDIA Tesla V100", "NVIDIA T4 Tensor Core": the one of `known` that is meant; null where it
/// is none or not clear. `memory_gib` is what one of them has, by one reading or another; it may be empty.
const model::Accelerator* accelerator_named(std::span<const model::Accelerator> known, std::string_view text,
                                            std::span<const double> memory_gib);

}  // namespace deepvm::imports
