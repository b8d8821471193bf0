// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as text for a person at a terminal.
#pragma once

#include <string>
#include <vector>

#include "planner/flopp.h"
#include "planner/plan.h"
#include "planner/problem.h"

namespace deepvm::cli {

std::string plan_table(const planner::Problem& problem, const planner::Decision& decision);
std::string frontier_table(const planner::Problem& problem, const planner::Frontier& frontier);
std::string flopp_table(const planner::Problem& problem, const std::vector<planner::FloppEntry>& entries);

}  // namespace deepvm::cli
