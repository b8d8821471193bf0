// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/formats.h"

#include <cmath>

namespace deepvm::tests::judge {

using model::Precision;

Format format_of(const model::Accelerator& accelerator, Precision asked) {
    const Format tensor{Precision::tensor, accelerator.tensor_tflops, 2};
    const Format plain{Precision::fp32, accelerator.fp32_tflops, 4};
    const bool ampere = accelerator.year >= 2020;
    const bool hopper = accelerator.year >= 2022;
    if (asked == Precision::fp8 && hopper) return {Precision::fp8, 2 * tensor.tflops, 1};
    if (asked == Precision::fp8 || asked == Precision::tensor) return tensor;
    if (asked == Precision::tf32 && ampere) return {Precision::tf32, tensor.tflops / 2, 4};
    return plain;
}

Format training_format(const model::Accelerator& accelerator, Precision asked) {
    return format_of(accelerator, asked == Precision::fp32 ? Precision::tf32 : asked);
}

double worth_of(int accelerators) {
    return accelerators * std::exp(std::log2(accelerators) * std::log(0.95) / 3);
}

}  // namespace deepvm::tests::judge
