// SPDX-License-Identifier: GPL-3.0-or-later
// An answer as a whole: how sure it is, and what to do where there is none.
#pragma once

#include <optional>

#include "base/error.h"
#include "explain/idle_settings.h"
#include "planner/decision.h"
#include "problem/problem.h"
#include "words/figures.h"

namespace deepvm::words {

/// "Optimal, proven · 9 programs solved · budget $2.90: 17 workers fit, the next step needs $0.1104/h more".
std::string status(const planner::Decision& decision);

std::string nothing_fits(const planner::Decision& decision);  ///< "No cluster fits $0.10/h."
/// What the cheapest costs, or why no budget buys one.
std::string cheapest_that_fits(const planner::Decision& decision, const problem::Problem& problem,
                               Style style);
/// Why there is no decision; `any` is whether an architecture is switched on.
std::string no_answer(const std::optional<base::Error>& error, bool any);

/// How sure an answer is.
struct Proof {
    std::string verdict;  ///< "Optimal, proven", or "Unproven" and never anything else when it is not
    std::string detail;   ///< sentences: what was solved; when unproven, what that means and what to do
};
Proof proof(const planner::Decision& decision, const problem::Problem& problem, Style style);

/// "saves 38 % for 8 % less": the knee against the plan that the budget buys.
std::string knee(const problem::Plan& knee, const problem::Plan& best);

/// "these prices are up to 488 days apart" where a year or more lies between the oldest and the newest; else
/// empty.
std::string apart(const model::Market& market);

/// "516 days old" where the oldest price of the market is older than stale_days; empty else, and for
/// published data.
std::string age(const model::Market& market, std::chrono::sys_days today);

/// "--disk-gbs changes nothing in this answer: it can count only where ...".
std::string without_effect(const explain::IdleSetting& setting);
/// The same by the name of its field.
std::string field_without_effect(const explain::IdleSetting& setting);

/// Whether both answers are told alike, with what is not considered and, for each quota, what more of it
/// would bring: one that was set is told of even where it limits nothing.
bool told_alike(const problem::Problem& problem, const planner::Decision& decision,
                const problem::Problem& other_problem, const planner::Decision& other);

}  // namespace deepvm::words
