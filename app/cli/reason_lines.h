// SPDX-License-Identifier: GPL-3.0-or-later
// Why the first plan is the first, for people.
#pragma once

#include <string>

#include "planner/decision.h"
#include "problem/problem.h"
#include "words/figures.h"

namespace deepvm::cli {

/// What a terminal shows.
inline constexpr auto style = words::Style::plain;

/// What is left of every limit, the steps, the rivals, the proof; without plans what the cheapest would cost.
std::string reason_lines(const problem::Problem& problem, const planner::Decision& decision);

}  // namespace deepvm::cli
