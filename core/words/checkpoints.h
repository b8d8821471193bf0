// SPDX-License-Identifier: GPL-3.0-or-later
// The checkpoints of a plan.
#pragma once

#include "problem/plan.h"
#include "risk/job_run.h"
#include "words/figures.h"

namespace deepvm::words {

/// Interval, what one checkpoint and a restart take, and where the expected time goes, in sentences; what is
/// not known and what to do where that is so.
std::string checkpoints(const problem::Plan& plan, const risk::JobRun* run, Style style);

/// Why there is no interval to choose; empty where there is one.
std::string why_no_interval(const problem::Plan& plan);

/// Why checkpoints take no way of their own; empty for tiering.
std::string why_no_pipeline(const problem::Plan& plan);

}  // namespace deepvm::words
