// SPDX-License-Identifier: GPL-3.0-or-later
// The chance of a deadline by adding up distributions on a grid, where core/risk inverts a Laplace transform.
#pragma once

#include "judge/run.h"

namespace deepvm::tests::judge {

/// That a run with these checkpoints, whose useful time and rate are `time` and `rate` times what it says, is
/// done within the hours.
double chance(const Run& run, double checkpoints, double hours, double time = 1, double rate = 1);

}  // namespace deepvm::tests::judge
