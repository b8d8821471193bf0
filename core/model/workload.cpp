// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/workload.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/name_table.h"

namespace deepvm::model {
namespace {

constexpr double bytes_per_gib = 1024.0 * 1024.0 * 1024.0;

constexpr std::array<std::pair<WorkloadKind, std::string_view>, 5> workload_kinds{
    {{WorkloadKind::convolution, "convolution"},
     {WorkloadKind::encoder, "encoder"},
     {WorkloadKind::vision_transformer, "vision-transformer"},
     {WorkloadKind::diffusion, "diffusion"},
     {WorkloadKind::language_model, "language-model"}}};

}  // namespace

std::string_view workload_kind_name(WorkloadKind kind) {
    return base::name_in(workload_kinds, kind);
}

std::optional<WorkloadKind> workload_kind_named(std::string_view text) {
    return base::find_in(workload_kinds, text);
}

std::vector<std::string> workload_kind_names() {
    return base::names_in(workload_kinds);
}

double frozen_weight_bytes(const WorkloadProfile& workload) {
    constexpr int trained = 16;
    return static_cast<double>(workload.parameters) *
           std::max(0, workload.state_bytes_per_parameter - trained);
}

double checkpoint_gib(const WorkloadProfile& workload) {
    return static_cast<double>(workload.parameters) * workload.checkpoint_bytes_per_parameter / bytes_per_gib;
}

double training_state_gib(const WorkloadProfile& workload) {
    return static_cast<double>(workload.parameters) * workload.state_bytes_per_parameter / bytes_per_gib;
}

}  // namespace deepvm::model
