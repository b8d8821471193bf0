// SPDX-License-Identifier: GPL-3.0-or-later
// What the window calls things and plans: pure functions from the planner's values to words. Answers are in
// answer_wording.h, their reasons in reason_wording.h; `deepvm plan` says the same in the same words.
#pragma once

#include <QString>

#include "model/market.h"
#include "planner/problem.h"

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

/// "+ 1 × g4dn.xlarge, − 1 × c5.xlarge": what leads from one plan to the other; empty where that is another
/// cluster altogether.
QString changeLine(const planner::Plan& from, const planner::Plan& to);
/// machinesLine(), with its place where `market` has several.
QString clusterLine(const planner::Plan& plan, const model::Market& market);

/// "advisor savings": what kind of price a spot price is.
QString basisName(model::PriceBasis basis);

/// "145 M FLOP/$", "529 TFLOP/s", "6,375 published units": a value of the problem's objective.
QString objectiveValue(double value, const planner::Problem& problem);

/// "$12.34", "$1,234": what a job costs.
QString dollars(double usd);

/// "42.0 min", "7.5 h", "12.3 d": how long a job takes.
QString hours(double hours);
/// A rate in the unit of the market, TFLOP/s where it is a provider's.
QString rate(double value, const model::Market& market);

/// Several sentences in one; none is lost when one is empty.
QString joined(const QStringList& sentences);
/// The same with a capital letter.
QString sentence(QString text);

/// What the prices of a plan are and how old ("advisor savings, 2025-07-28", "list, 2026-07-20"); empty where
/// the plan has no machine of that kind. The whole sources are for a tooltip.
struct PriceNote {
    QString spot;
    QString on_demand;
    QString full;
};
PriceNote priceNote(const planner::Plan& plan, const model::Market& market);

}  // namespace deepvm::ui::state
