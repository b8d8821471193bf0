// SPDX-License-Identifier: GPL-3.0-or-later
// How long a job takes on average, reckoned anew: by counting failures where core/risk has closed forms of
// moments, and by adding up all crews where it sums outwards from the likeliest.
#pragma once

#include "judge/run.h"

namespace deepvm::tests::judge {

/// Checkpoints that the run writes: those of the interval of Young (1974) and Daly (2006), as far as the run
/// allows such an interval.
double checkpoints(const Run& run);

/// Start, work and checkpoints, without revocations.
double calm_hours(const Run& run, double checkpoints);

/// Expected hours with so many checkpoints; infinite where the job takes more than a hundred years.
double expected_hours(const Run& run, double checkpoints);
double expected_hours(const Run& run);

}  // namespace deepvm::tests::judge
