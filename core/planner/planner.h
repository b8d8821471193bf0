// SPDX-License-Identifier: GPL-3.0-or-later
// The two questions that the explorer asks: what is best at this budget, and how the best changes with the
// budget.
#pragma once

#include <stop_token>

#include "base/error.h"
#include "planner/decision.h"
#include "planner/kept_programs.h"
#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::planner {

/// The best plans at `budget`, decided by lp_solve, certified in exact arithmetic. Thread-safe; `programs`
/// make the next decision quick, and change no answer. The only error is `cancelled`.
base::Result<Decision> decide(const problem::Problem& problem, base::Money budget, KeptPrograms& programs,
                              std::stop_token stop = {});
/// The same for one decision alone.
base::Result<Decision> decide(const problem::Problem& problem, base::Money budget, std::stop_token stop = {});

/// All breakpoints with from <= price <= to; the first entry may be the plan that is already best at `from`.
/// The only error is `cancelled`.
base::Result<Frontier> frontier(const problem::Problem& problem, base::Money from, base::Money to,
                                std::stop_token stop = {});

}  // namespace deepvm::planner
