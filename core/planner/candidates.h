// SPDX-License-Identifier: GPL-3.0-or-later
// The steps by which make_problem finds what can be chosen; internal to the planner.
#pragma once

#include "planner/problem.h"

namespace deepvm::planner {

/// Worker types with their rate and FLOPP; those that cannot train the workload go to left_out.
void find_workers(Problem& problem);

/// All candidates of the request's architectures that could be among its top plans.
void find_candidates(Problem& problem);

/// E(n) of every worker, as far as any of its candidates goes.
void tabulate_scaling(Problem& problem);

/// The node counts of every candidate that are worth more than any smaller one.
void set_counts(Problem& problem);

}  // namespace deepvm::planner
