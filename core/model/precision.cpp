// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/precision.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/name_table.h"

namespace deepvm::model {
namespace {

constexpr std::array<std::pair<Precision, std::string_view>, 4> formats{{{Precision::fp32, "fp32"},
                                                                         {Precision::tf32, "tf32"},
                                                                         {Precision::tensor, "tensor"},
                                                                         {Precision::fp8, "fp8"}}};

}  // namespace

std::string_view precision_name(Precision precision) {
    return base::name_in(formats, precision);
}

std::optional<Precision> precision_named(std::string_view text) {
    return base::find_in(formats, text);
}

std::vector<std::string> precision_names() {
    return base::names_in(formats);
}

bool has_tf32(const Accelerator& accelerator) {
    return accelerator.year >= 2020;
}

bool has_fp8(const Accelerator& accelerator) {
    return accelerator.year >= 2022;
}

Precision runs_as(const Accelerator& accelerator, Precision precision) {
    if (precision == Precision::tf32 && !has_tf32(accelerator)) return Precision::fp32;
    if (precision == Precision::fp8 && !has_fp8(accelerator)) return Precision::tensor;
    return precision;
}

Precision trains_in(const Accelerator& accelerator, Precision precision) {
    return runs_as(accelerator, precision == Precision::fp32 ? Precision::tf32 : precision);
}

double peak_tflops(const Accelerator& accelerator, Precision precision) {
    switch (runs_as(accelerator, precision)) {
        case Precision::fp32:
            return accelerator.fp32_tflops;
        case Precision::tf32:
            return accelerator.tensor_tflops / 2;
        case Precision::tensor:
            return accelerator.tensor_tflops;
        case Precision::fp8:
            return accelerator.tensor_tflops * 2;
    }
    return 0;
}

int bytes_per_number(Precision precision) {
    switch (precision) {
        case Precision::fp32:
        case Precision::tf32:
            return 4;
        case Precision::tensor:
            return 2;
        case Precision::fp8:
            return 1;
    }
    return 4;
}

double worth_of_accelerators(int count) {
    constexpr double of_eight = 0.95;
    return count * std::pow(of_eight, std::log2(count) / 3);
}

}  // namespace deepvm::model
