// SPDX-License-Identifier: GPL-3.0-or-later
// Frontiers and types as the planner would hand them out, small enough to know by heart.
#pragma once

#include <memory>
#include <vector>

#include "planner/decision.h"
#include "problem/flopp.h"
#include "problem/plan.h"

namespace deepvm::test {

base::Money usd(double amount);

/// A single-anchor plan of `nodes` machines at `price`.
problem::Plan plan(double price, double objective, int nodes = 2);

/// Tiering and single anchor in steps of about 16 cents from $0.33 to $10, on-demand in steps of 53 cents,
/// both baselines, one of which falls at $7.725; $0.05 to $500.
std::shared_ptr<const planner::Frontier> frontier();

/// A worker type; a price of 0 or less makes no spot price.
problem::FloppEntry type(const std::string& name, double spot, double rate, bool pareto);

}  // namespace deepvm::test
