// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/workload.h"

namespace deepvm::model {
namespace {
constexpr double bytes_per_gib = 1024.0 * 1024.0 * 1024.0;
}

double checkpoint_gib(const WorkloadProfile& workload) {
    return static_cast<double>(workload.parameters) * workload.checkpoint_bytes_per_parameter / bytes_per_gib;
}

double training_state_gib(const WorkloadProfile& workload) {
    return static_cast<double>(workload.parameters) * workload.state_bytes_per_parameter / bytes_per_gib;
}

}  // namespace deepvm::model
