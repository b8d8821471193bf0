// SPDX-License-Identifier: GPL-3.0-or-later
// One plan beside another: what to rent more of, and how much less it is worth.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/decision.h"
#include "problem/plan.h"

namespace deepvm::planner {

/// So many machines of a type more, or fewer when negative.
struct MachineChange {
    std::string type;
    int count = 0;

    bool operator==(const MachineChange&) const = default;
};

/// What leads from one plan to the other: workers first, without what stays. Nothing where it is another
/// cluster altogether: another architecture, place or worker type.
std::vector<MachineChange> machine_changes(const problem::Plan& from, const problem::Plan& to);

/// What `plan` is worth in percent of `first`; both of the same problem.
double percent_of(const problem::Plan& plan, const problem::Plan& first);

/// The cheapest step of `steps` (by price) that has `share` of the worth of the last that `budget` buys,
/// where it is cheaper than that one by at least 5 %: its index.
std::optional<std::size_t> knee(const std::vector<problem::Plan>& steps, base::Money budget,
                                double share = 0.9);

/// The best plan of another architecture, and how much `plan` is ahead of it, of a job what it saves, in
/// percent.
struct Ahead {
    problem::Architecture of = problem::Architecture::single_anchor;
    double percent = 0;
};
std::optional<Ahead> ahead_of_others(const problem::Plan& plan, const Decision& decision,
                                     problem::Objective objective);

}  // namespace deepvm::planner
