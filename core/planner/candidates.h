// SPDX-License-Identifier: GPL-3.0-or-later
// The steps by which make_problem finds what can be chosen; internal to the planner.
#pragma once

#include <stop_token>

#include "planner/problem.h"

namespace deepvm::planner {

/// Worker types with their rate and FLOPP; those that cannot train the workload go to left_out. False when it
/// was stopped.
bool find_workers(Problem& problem, const std::stop_token& stop);

/// All candidates of the request's architectures that could be among its top plans. False when it was
/// stopped.
bool find_candidates(Problem& problem, const std::stop_token& stop);

/// E(n) of every worker, as far as any of its candidates goes.
void tabulate_scaling(Problem& problem);

/// The node counts of every candidate that are worth more than any smaller one.
void set_counts(Problem& problem);

}  // namespace deepvm::planner
