// SPDX-License-Identifier: GPL-3.0-or-later
// What quotas, the ceiling and the memory rule allow machines of one type; internal to the planner.
#pragma once

#include <optional>
#include <vector>

#include "problem/problem.h"
#include "problem/quotas.h"

namespace deepvm::problem {

/// vCPUs that the quota of the type's class allows, nothing when there is no limit.
std::optional<int> quota(const Problem& problem, Purchase purchase, const model::InstanceType& type);

/// Limits on `machines of this type` + `uncounted` by quota and ceiling. The published planner counts up to
/// but not including its bounds, and lets an anchor pass as a spot worker; the corrected preset does neither.
std::vector<MachineLimit> machine_limits(const Problem& problem, const model::InstanceType& type,
                                         Purchase purchase, int uncounted);

/// Of remote nodes of this type, whose memory must be known.
MemoryRule memory_rule(const Problem& problem, const model::InstanceType& remote);

}  // namespace deepvm::problem
