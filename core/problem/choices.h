// SPDX-License-Identifier: GPL-3.0-or-later
// A candidate's choices: of all its counts those that are worth more than any that cost no more. Internal to
// the planner.
#pragma once

#include "problem/problem.h"

namespace deepvm::problem {

/// Fills the candidate's choices, of a problem that is asked at one budget those within it. The least
/// expected hours of the job on any of its counts, where that is below `fastest`, which is given back
/// otherwise; untouched where the objective is not about a job.
double find_choices(const Problem& problem, Candidate& candidate, double fastest);

}  // namespace deepvm::problem
