// SPDX-License-Identifier: GPL-3.0-or-later
// The scales of the sliders.
#pragma once

#include <memory>
#include <vector>

#include "planner/decision.h"
#include "problem/plan.h"
#include "widgets/log_slider.h"

namespace deepvm::ui::panels {

/// $0.05 to $500 in micro-dollars: four decades of 200 positions, each with at most three and a half digits.
const widgets::LogScale& budgetScale();

/// From the cheapest cluster to the last step of `frontier`, as fine as budgetScale(), with round ends
/// outside of them; around them where they are close together or one. Null where there is none.
std::unique_ptr<widgets::LogScale> budgetScaleOf(const planner::Frontier& frontier);

/// Round budgets within `scale` and its ends where there is room for them, as labels under its slider.
std::vector<widgets::LogSlider::Tick> budgetTicks(const widgets::SliderScale& scale);

/// 2 to 256 nodes.
const widgets::LogScale& nodesScale();

/// Revocations a month: 0 to 99 % in whole percentages, counted in tenths of one.
const widgets::EvenScale& revocationScale();

}  // namespace deepvm::ui::panels
