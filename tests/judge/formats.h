// SPDX-License-Identifier: GPL-3.0-or-later
// Number formats of accelerators and how fast they are in them.
#pragma once

#include "model/instance.h"
#include "model/workload.h"

namespace deepvm::tests::judge {

struct Format {
    model::Precision precision = model::Precision::fp32;
    double tflops = 0;  ///< peak of one accelerator
    int bytes = 4;      ///< of a number
};

/// What an accelerator runs in that is asked for this: TF32 since 2020, FP8 since 2022, else what is next.
Format format_of(const model::Accelerator& accelerator, model::Precision asked);

/// What a training runs in: frameworks take TF32 for 32-bit numbers where there is any.
Format training_format(const model::Accelerator& accelerator, model::Precision asked);

/// How many times one accelerator so many in a machine are worth: each doubling loses what three of them make
/// 5 % of.
double worth_of(int accelerators);

}  // namespace deepvm::tests::judge
