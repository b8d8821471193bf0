// SPDX-License-Identifier: GPL-3.0-or-later
// One plan beside another: what to rent more of, and how much less it is worth.
#pragma once

#include <string>
#include <vector>

#include "planner/plan.h"

namespace deepvm::planner {

/// So many machines of a type more, or fewer when negative.
struct MachineChange {
    std::string type;
    int count = 0;

    bool operator==(const MachineChange&) const = default;
};

/// What leads from one plan to the other: workers first, without what stays. Nothing where it is another
/// cluster altogether: another architecture, place or worker type.
std::vector<MachineChange> machine_changes(const Plan& from, const Plan& to);

/// What `plan` is worth in percent of `first`; both of the same problem.
double percent_of(const Plan& plan, const Plan& first);

}  // namespace deepvm::planner
