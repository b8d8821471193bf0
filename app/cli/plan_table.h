// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as text for a person at a terminal.
#pragma once

#include <string>
#include <vector>

#include "planner/decision.h"
#include "problem/flopp.h"
#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::cli {

std::string plan_table(const problem::Problem& problem, const planner::Decision& decision);
std::string frontier_table(const problem::Problem& problem, const planner::Frontier& frontier);
std::string flopp_table(const problem::Problem& problem, const std::vector<problem::FloppEntry>& entries);

}  // namespace deepvm::cli
