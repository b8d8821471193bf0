// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about an answer as a whole: why its first plan is the first, how sure that is, and
// what to do where there is none. Pure functions; plain text.
#pragma once

#include <QString>
#include <optional>

#include "base/error.h"
#include "model/market.h"
#include "planner/problem.h"

namespace deepvm::ui::state {

QString whyHeading(int rank);  ///< "Why this?", "Why not first?"

/// "The budget binds."; empty where nothing does.
QString bindingSentence(const planner::Plan& plan);

/// Why this plan and not a larger one, or how far it is behind the first.
QString whyThis(const planner::Plan& plan, const planner::Decision& decision, planner::Objective objective);

/// "worth 5.6 % less, $0.0404/h dearer", of a job "costs 5.6 % more, ..."; `named` says than what.
QString gap(const planner::Plan& plan, const planner::Plan& first, planner::Objective objective,
            bool named = false);

/// The best plan of another architecture, and how much `plan` is ahead of it, of a job what it saves, in
/// percent.
struct Ahead {
    planner::Architecture of = planner::Architecture::single_anchor;
    double percent = 0;
};
std::optional<Ahead> aheadOfOthers(const planner::Plan& plan, const planner::Decision& decision,
                                   planner::Objective objective);

/// "Optimal, proven · 9 programs solved · budget $2.90: 17 workers fit, the next step needs $0.1104/h more".
QString statusLine(const planner::Decision& decision);

/// "21,100/s · $0.102 a million", how it is known ("Samples, measured"), and all that is known of it;
/// the first is empty where no speed is.
QString speedLine(const planner::Plan& plan);
QString speedName(const planner::Plan& plan);
QString speedDetail(const planner::Plan& plan);

/// What the plan wastes, and what else to know before renting it, a sentence a line; empty where there is
/// nothing.
QString planRemarks(const planner::Plan& plan, const planner::Problem& problem);

/// "No cluster fits $0.10/h." and "The cheapest is ... more than the budget.", of a decision without plans.
QString nothingFits(const planner::Decision& decision);
QString cheapestThatFits(const planner::Decision& decision, const planner::Problem& problem);
/// Why no cluster does the job at any price, and what to do; empty without a job objective.
QString whyNoneDoesTheJob(const planner::Problem& problem);
/// Why there is no decision; `any` is whether an architecture is switched on.
QString noAnswer(const std::optional<base::Error>& error, bool any);
QString goTo(base::Money budget);  ///< "Go to $3.0104/h"

/// How sure an answer is.
struct ProofText {
    QString verdict;  ///< "Optimal, proven", or "Unproven" and never anything else when it is not
    QString detail;   ///< sentences: what was solved; when unproven, what that means and what to do
};
ProofText proofText(const planner::Decision& decision, const planner::Problem& problem);

}  // namespace deepvm::ui::state
