// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the job on the plans of a list, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::cli {

/// One line a plan: expected hours and dollars, what revocations and checkpoints take, and the chance of the
/// deadline if there is one. Says what is not known where it is not.
std::string job_lines(const problem::Problem& problem, const std::vector<problem::Plan>& plans);

}  // namespace deepvm::cli
