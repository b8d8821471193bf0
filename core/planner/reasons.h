// SPDX-License-Identifier: GPL-3.0-or-later
// Why a decision is what it is; internal to the planner.
#pragma once

#include "planner/decision.h"
#include "planner/search.h"
#include "problem/plan.h"

namespace deepvm::planner {

/// The reasons of decision.ranked[0], which must exist, all re-solved with `search`.
Reasons find_reasons(const problem::Problem& problem, Search& search, const Decision& decision);

}  // namespace deepvm::planner
