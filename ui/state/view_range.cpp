// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/view_range.h"

#include <algorithm>
#include <array>

#include "state/exploration.h"

namespace deepvm::ui::state {
namespace {

void clip(std::vector<planner::Plan>& plans, base::Money end) {
    std::erase_if(plans, [end](const planner::Plan& plan) { return plan.hourly_price > end; });
}

}  // namespace

base::Money viewEnd(base::Money current, base::Money budget) {
    const std::int64_t now = current.micro();
    const std::int64_t micro = budget.micro();
    if (now > 0 && 20 * micro >= 3 * now && 10 * micro <= 9 * now) return current;
    constexpr std::array factors{1, 2, 5};
    for (std::int64_t decade = 100'000;; decade *= 10)
        for (const int factor : factors)
            if (const std::int64_t end = decade * factor; end >= 2 * micro || end >= most_budget.micro())
                return base::Money::from_micro(end);
}

std::shared_ptr<const planner::Frontier> clipped(const planner::Frontier& whole, base::Money end) {
    auto part = std::make_shared<planner::Frontier>(whole);
    part->from = std::min(part->from, end);
    part->to = end;
    clip(part->overall, end);
    clip(part->cost_first, end);
    clip(part->performance_first, end);
    for (auto& [architecture, plans] : part->by_architecture) clip(plans, end);
    return part;
}

}  // namespace deepvm::ui::state
