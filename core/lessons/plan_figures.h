// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a plan by name: the same for the first plan, another rank and another architecture. Private
// to this folder.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "lessons/value.h"
#include "problem/problem.h"

namespace deepvm::lessons {

struct PlanFigure {
    std::string_view name;
    Unit unit;
    std::string_view meaning;
    std::optional<double> (*of)(const problem::Problem& problem, const problem::Plan& plan);
};
std::span<const PlanFigure> plan_figures();

/// Not known for a name that there is not.
Value figure_of(const problem::Problem& problem, const problem::Plan* plan, std::string_view figure);

/// The unit of the request's objective, as far as lessons have one for it.
Unit objective_unit_of(const problem::Problem& problem);

}  // namespace deepvm::lessons
