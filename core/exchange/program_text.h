// SPDX-License-Identifier: GPL-3.0-or-later
// A plan's program as other solvers read it.
#pragma once

#include <string>
#include <vector>

#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::exchange {

enum class ProgramForm { lp, mps };

/// The whole program of the plan's machines at `budget`, whose optimum the plan is, headed by what it speaks
/// of: the market, the optimum, the meaning and unit of every row and column. `plan` must be one of
/// `problem`.
std::string program_text(const problem::Problem& problem, const problem::Plan& plan, base::Money budget,
                         ProgramForm form);

/// lp_solve's LP format, with `comments` (one a line) at its head.
std::string lp_text(const solver::LinearProgram& program, const std::vector<std::string>& comments);

/// Free MPS. The format knows no maximum that all solvers read alike, so a maximum is written as the minimum
/// of the negated objective, and a comment says so. `comments` at its head.
std::string mps_text(const solver::LinearProgram& program, const std::vector<std::string>& comments);

}  // namespace deepvm::exchange
