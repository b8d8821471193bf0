// SPDX-License-Identifier: GPL-3.0-or-later
// Why a decision is what it is, as text for a person at a terminal: the facts of the window's "Why this?" in
// the same words, with exact prices.
#pragma once

#include <string>

#include "planner/plan.h"
#include "planner/problem.h"

namespace deepvm::cli {

/// The machines, with their region where the market has several.
std::string cluster(const planner::Problem& problem, const planner::Plan& plan);
/// The same where it stands alone: with the provider, too, where the market has several.
std::string located(const planner::Problem& problem, const planner::Plan& plan);

/// What is left of every limit, the steps, the rivals, the proof; without plans what the cheapest would cost.
std::string reason_lines(const planner::Problem& problem, const planner::Decision& decision);

}  // namespace deepvm::cli
