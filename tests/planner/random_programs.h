// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of the kinds that the planner builds, from a seed, and what enumeration says of them: in whole
// micro-dollars, from the limits of the candidate alone.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "planner/linear_program.h"
#include "planner/problem.h"

namespace deepvm::tests {

/// A candidate of a random market with counts to choose from and a budget; keeps its problem.
struct Choice {
    std::shared_ptr<const planner::Problem> problem;
    const planner::Candidate* candidate = nullptr;
    std::span<const int> counts;
    base::Money budget;
};

/// `many` choices out of the market of the seed; fewer where it has no candidate. Some have a few counts,
/// some all of the candidate's. The budgets are anywhere, or exactly what a plan costs, or a micro-dollar
/// more, or a cent less.
std::vector<Choice> random_choices(unsigned seed, int many);

/// The count that is worth most among those that fit; nothing when none fits.
std::optional<int> best_count(const Choice& choice);

/// Choose one of up to twelve columns within up to two rows, with or without a whole number of remote nodes.
/// All coefficients of the budget row are whole cents, so that nothing fits by a hair.
planner::LinearProgram random_program(std::mt19937& random);

/// The best value of an integer program of that kind, by trying everything; nothing when it is infeasible.
std::optional<double> best_value(const planner::LinearProgram& program);

}  // namespace deepvm::tests
