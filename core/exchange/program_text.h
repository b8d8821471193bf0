// SPDX-License-Identifier: GPL-3.0-or-later
// A plan's program as other solvers read it.
#pragma once

#include <string>
#include <vector>

#include "planner/linear_program.h"

namespace deepvm::exchange {

/// lp_solve's LP format, with `comments` (one a line) at its head.
std::string lp_text(const planner::LinearProgram& program, const std::vector<std::string>& comments);

/// Free MPS. The format knows no maximum that all solvers read alike, so a maximum is written as the minimum
/// of the negated objective, and a comment says so. `comments` at its head.
std::string mps_text(const planner::LinearProgram& program, const std::vector<std::string>& comments);

}  // namespace deepvm::exchange
