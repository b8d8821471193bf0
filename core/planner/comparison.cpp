// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/comparison.h"

namespace deepvm::planner {

std::vector<MachineChange> machine_changes(const Plan& from, const Plan& to) {
    std::vector<MachineChange> changes;
    if (from.architecture != to.architecture || from.provider != to.provider || from.region != to.region ||
        from.worker != to.worker)
        return changes;
    const auto add = [&changes](const std::string& type, int count) {
        if (count != 0) changes.push_back({type, count});
    };
    add(to.worker, to.nodes - from.nodes);
    if (from.remote == to.remote) {
        add(to.remote, to.remotes - from.remotes);
    } else {
        add(to.remote, to.remotes);
        add(from.remote, -from.remotes);
    }
    return changes;
}

double percent_of(const Plan& plan, const Plan& first) {
    return first.objective > 0 ? plan.objective / first.objective * 100 : 0;
}

Plan undeceived(Plan no_scale) {
    // The objective is the worth of a node times the nodes that count, and it believed in all of them.
    no_scale.objective *= no_scale.effective_nodes / no_scale.nodes;
    return no_scale;
}

}  // namespace deepvm::planner
