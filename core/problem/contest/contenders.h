// SPDX-License-Identifier: GPL-3.0-or-later
// Most of thousands of candidates are never told, whatever the budget: as many others as are told, and one
// more, are worth more for no more money. Closed forms find these before their choices are worked out.
// Internal to the planner.
#pragma once

#include <stop_token>
#include <vector>

#include "problem/candidates.h"
#include "problem/problem.h"

namespace deepvm::problem {

/// Fills Problem::contenders, and Candidate::outdone of all others, with the hours in which no counts of
/// theirs finish the request's job. In a published data set, where every remote node is told apart, all are
/// contenders; so they are at one budget, where who asks compares candidates that others outdo, and few are
/// payable. What is known of a part stays as it is. False when it was stopped.
bool find_contenders(Problem& problem, const KnownParts& known, std::vector<double>& least_hours,
                     const std::stop_token& stop);

}  // namespace deepvm::problem
