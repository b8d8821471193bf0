// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/comparison.h"
#include "planner/decision.h"

#include <algorithm>

namespace deepvm::planner {

std::vector<MachineChange> machine_changes(const problem::Plan& from, const problem::Plan& to) {
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

double percent_of(const problem::Plan& plan, const problem::Plan& first) {
    return first.worth > 0 ? plan.worth / first.worth * 100 : 0;
}

std::optional<std::size_t> knee(const std::vector<problem::Plan>& steps, base::Money budget, double share) {
    const auto end =
        std::ranges::find_if(steps, [&](const problem::Plan& step) { return step.hourly_price > budget; });
    if (end == steps.begin()) return std::nullopt;
    const problem::Plan& best = *(end - 1);
    const auto first = std::find_if(
        steps.begin(), end, [&](const problem::Plan& step) { return step.worth >= share * best.worth; });
    // What saves next to nothing an hour is no choice.
    constexpr double least_saving = 0.05;
    if (first->hourly_price.usd() > (1 - least_saving) * best.hourly_price.usd()) return std::nullopt;
    return static_cast<std::size_t>(first - steps.begin());
}

std::optional<Ahead> ahead_of_others(const problem::Plan& plan, const Decision& decision,
                                     problem::Objective objective) {
    const problem::Plan* best = nullptr;
    for (const auto& [architecture, plans] : decision.by_architecture)
        if (architecture != plan.architecture && !plans.empty() && (!best || better(plans.front(), *best)))
            best = &plans.front();
    if (!best || best->worth <= 0) return std::nullopt;
    return Ahead{best->architecture, gain_percent(objective, *best, plan)};
}

}  // namespace deepvm::planner
