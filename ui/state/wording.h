// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about plans: pure functions from the planner's values to sentences.
#pragma once

#include <QString>

#include "model/market.h"
#include "planner/plan.h"

namespace deepvm::ui::state {

QString architectureName(planner::Architecture architecture);         ///< "Single anchor"
QString architectureDescription(planner::Architecture architecture);  ///< "one on-demand anchor + spot"
QString objectiveName(planner::Objective objective);

QString workersLine(const planner::Plan& plan);  ///< "17 × g4dn.xlarge spot"

/// "+ 1 × c5.xlarge on-demand, holds the checkpoints"; without what it is for when `brief`.
QString companionLine(const planner::Plan& plan, bool brief = false);
QString machinesLine(const planner::Plan& plan);  ///< "17 × g4dn.xlarge + 1 × c5.xlarge"

/// Where a plan's machines are: "us-east-1", or "aws us-east-1" where the market has several providers; empty
/// for a published data set.
QString placeLine(const planner::Plan& plan, const model::Market& market);

/// Why this plan and not a larger one, or how far it is behind the first. Plain text.
QString whyThis(const planner::Plan& plan, const planner::Decision& decision);

/// The best plan of another architecture, and how much `plan` is ahead of it in percent.
struct Ahead {
    planner::Architecture of;
    double percent = 0;
};
std::optional<Ahead> aheadOfOthers(const planner::Plan& plan, const planner::Decision& decision);

/// "Optimal, proven · 9 programs solved · budget $2.90: 17 workers fit, the next step needs $0.1104 more".
QString statusLine(const planner::Decision& decision);

/// "No cluster fits $0.10/h. The cheapest that does is ..." for a decision without plans.
QString nothingFits(const planner::Decision& decision);

/// What the prices of a plan are and how old ("advisor savings, 2025-07-28", "list, 2026-07-20"); empty where
/// the plan has no machine of that kind. The whole sources are for a tooltip.
struct PriceNote {
    QString spot;
    QString on_demand;
    QString full;
};
PriceNote priceNote(const planner::Plan& plan, const model::Market& market);

}  // namespace deepvm::ui::state
