// SPDX-License-Identifier: GPL-3.0-or-later
// The architectures, a file each; internal to the planner.
#pragma once

#include "problem/architectures/architecture.h"

namespace deepvm::problem {

const ArchitectureRules& single_anchor_rules();
const ArchitectureRules& tiering_rules();
const ArchitectureRules& on_demand_rules();
const ArchitectureRules& spot_bucket_rules();
const ArchitectureRules& parameter_server_rules();
const ArchitectureRules& mixed_workers_rules();

}  // namespace deepvm::problem
