// SPDX-License-Identifier: GPL-3.0-or-later
// The budgets at which the answer changes, read from the tabulated choices of all candidates. Internal to the
// planner.
#pragma once

#include <optional>
#include <span>

#include "problem/problem.h"

namespace deepvm::problem {

/// Sets steps and overall_steps from the choices.
void find_steps(Problem& problem);

/// Those of one architecture or of all that the request asks for; no other set has any.
std::span<const Step> steps_of(const Problem& problem, std::span<const Architecture> architectures);

/// The one that is the answer at `budget`; nothing where nothing fits.
std::optional<std::size_t> step_at(std::span<const Step> steps, base::Money budget);

/// The choice that a candidate of the problem is listed with at `budget`: where it is its architecture's
/// answer the step's, else the last that fits; nothing where none does.
std::optional<std::size_t> choice_at(const Problem& problem, const Candidate& candidate, base::Money budget);

}  // namespace deepvm::problem
