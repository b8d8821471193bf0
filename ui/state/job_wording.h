// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about the job on a plan, and about what is better where a job is the objective. Pure
// functions; plain text.
#pragma once

#include <QString>

#include "planner/problem.h"

namespace deepvm::ui::state {

/// What becomes of the job on a plan; empty where a thing is not known or not asked.
struct JobText {
    QString outcome;        ///< "$5,755 in 62.9 h"
    QString deadline;       ///< "97.2 % by 63.0 h"
    QString likely;         ///< "Likely 55 to 72 h, $4,900 to $6,500"; empty where no range is known
    QString overhead;       ///< "0.3 % lost work · 1.2 % checkpoints"
    QString revocations;    ///< "0.04 expected", of the whole job
    QString detail;         ///< one sentence more for a tooltip: without revocations, spread, interval
    QString unknown;        ///< why the rest is empty, and what to do
    QString unknown_brief;  ///< the same in three words
};
JobText jobText(const planner::Plan& plan, const planner::Problem& problem);

/// How sure the scaling of a plan is: "measured", "published", "assumed", and where that comes from.
QString scalingName(planner::ScalingBasis basis);
QString scalingTip(planner::ScalingBasis basis);

/// How much better or worse in the objective, in percent: "gains 5.4 %", of a job "saves 5.4 % of the cost".
QString gains(double value, planner::Objective objective);
/// "loses 5.4 %", "costs 5.4 % more", "takes 5.4 % longer".
QString loses(double value, planner::Objective objective);

/// The amount of the request's job in all its units: "115 M samples · 2.83 E FLOP".
QString jobSize(const planner::Request& request, const model::WorkloadProfile& workload);
QString unitName(planner::JobUnit unit);  ///< "epochs", "samples", "FLOP"

}  // namespace deepvm::ui::state
