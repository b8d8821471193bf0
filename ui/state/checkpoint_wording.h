// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about the checkpoints of a plan. Pure functions.
#pragma once

#include <QString>

#include "planner/plan.h"
#include "risk/job_run.h"

namespace deepvm::ui::state {

/// Interval, what one checkpoint and a restart take, and where the expected time goes, in sentences; what is
/// not known and what to do where that is so.
QString checkpointSentences(const planner::Plan& plan, const risk::JobRun* run);

/// Why there is no interval to choose; empty where there is one.
QString whyNoInterval(const planner::Plan& plan);

/// Why checkpoints take no way of their own; empty for tiering.
QString whyNoPipeline(const planner::Plan& plan);

/// "250 ms", "8.0 s", "4.5 min", "7.5 h", of seconds
QString seconds(double value);

}  // namespace deepvm::ui::state
