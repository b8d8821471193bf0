// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a deadline is kept whose chance the judge cannot tell from the confidence: by what the planner
// asks. The one place where the judge of plans asks what it judges; it counts how often.
#pragma once

#include "judge/run.h"

namespace deepvm::tests {

bool planner_keeps(const judge::Run& run, double hours, const judge::Doubt& doubt, double confidence);

}  // namespace deepvm::tests
