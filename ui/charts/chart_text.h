// SPDX-License-Identifier: GPL-3.0-or-later
// Every number and name of a plan that a chart writes. No Qt Charts here.
#pragma once

#include <QString>

#include "base/money.h"
#include "plot/words.h"
#include "problem/flopp.h"
#include "problem/plan.h"

namespace deepvm::ui::charts {

using namespace plot;  // what charts are made of

/// "$2.8526": exact, with at least two decimal places.
QString money(base::Money amount);

/// "$85.9858/h": what a plan costs, rounded up to four decimal places.
QString planPrice(const problem::Plan& plan);

/// "8.60 MFLOP/$" and so on.
QString flopPerDollar(double flopp);

/// A value of the objective with its unit. Published data sets count rates in a unit of their own.
QString objectiveValue(problem::Objective objective, bool publishedUnits, double value);

/// How an axis of the objective is written: values are divided by `divisor`, the subtitle says so.
struct ObjectiveText {
    double divisor = 1;
    QString subtitle;

    bool operator==(const ObjectiveText&) const = default;
};
/// `highest` is the highest value on the axis. Published data sets count rates in a unit of their own. What a
/// job costs or takes is never divided: its ticks carry their unit.
ObjectiveText objectiveText(problem::Objective objective, bool publishedUnits, double highest);

/// A tick of an axis of the objective, divided as the axis is; `step` is the distance of two ticks, 0 on a
/// logarithmic axis: "0.5", "$5,000", "40 h".
QString objectiveTick(problem::Objective objective, double value, double step);

/// `next` is the following step of the same line, null at its end; `last` is the budget at which the line
/// ends.
CalloutText planText(const problem::Plan& plan, const problem::Plan* next, base::Money last,
                     problem::Objective objective = problem::Objective::deepvm);
/// `source` says where the price comes from and when ("2024-01-03 · AWS list"); may be empty.
CalloutText typeText(const problem::FloppEntry& entry, const QString& source, bool publishedUnits);

}  // namespace deepvm::ui::charts
