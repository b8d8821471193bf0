// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the frontier is on show. The frontier reaches to $500; a budget of $2.90 is looked at on $0..$10.
#pragma once

#include <memory>

#include "planner/plan.h"

namespace deepvm::ui::state {

/// The right end of the view for `budget`: stays at `current` while the budget sits well in it, otherwise the round
/// number (1, 2, 5 times a power of ten) that puts the budget in the left half.
base::Money viewEnd(base::Money current, base::Money budget);

/// The part of `whole` up to `end`.
std::shared_ptr<const planner::Frontier> clipped(const planner::Frontier& whole, base::Money end);

}  // namespace deepvm::ui::state
