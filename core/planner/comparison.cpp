// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/comparison.h"

namespace deepvm::planner {

std::vector<MachineChange> machine_changes(const Plan& from, const Plan& to) {
    std::vector<MachineChange> changes;
    if (from.architecture != to.architecture || from.provider != to.provider || from.region != to.region ||
        from.worker != to.worker || from.other_worker != to.other_worker)
        return changes;
    const auto add = [&changes](const std::string& type, int count) {
        if (count != 0) changes.push_back({type, count});
    };
    add(to.worker, (to.nodes - to.other_workers) - (from.nodes - from.other_workers));
    add(to.other_worker, to.other_workers - from.other_workers);
    if (from.remote == to.remote) {
        add(to.remote, to.remotes - from.remotes);
    } else {
        add(to.remote, to.remotes);
        add(from.remote, -from.remotes);
    }
    return changes;
}

double percent_of(const Plan& plan, const Plan& first) {
    return first.worth > 0 ? plan.worth / first.worth * 100 : 0;
}

}  // namespace deepvm::planner
