// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of the kinds that the planner builds, from a seed, and what enumeration says of them: in whole
// micro-dollars, from the limits of the candidate alone.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::tests {

/// A candidate of a random market and a budget; keeps its problem.
struct Question {
    std::shared_ptr<const problem::Problem> problem;
    problem::Candidate candidate;  ///< a copy, with all of its choices or a few
    base::Money budget;
};

/// `many` questions on the market of the seed; fewer where it has no candidate. Some have a few choices, some
/// all of the candidate's. The budgets are anywhere, or exactly what a plan costs, or a micro-dollar
/// more, or a cent less.
std::vector<Question> random_questions(unsigned seed, int many);

/// The choice that is worth most among those that fit, by its index; nothing when none fits.
std::optional<std::size_t> best_choice(const Question& question);

/// Choose one of up to twelve columns within up to two rows, with or without a whole number of remote nodes.
/// All coefficients of the budget row are whole cents, so that nothing fits by a hair.
solver::LinearProgram random_program(std::mt19937& random);

/// The best value of an integer program of that kind, by trying everything; nothing when it is infeasible.
std::optional<double> best_value(const solver::LinearProgram& program);

}  // namespace deepvm::tests
