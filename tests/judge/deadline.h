// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a cluster keeps its deadline, as far as that can be said without the formulas that are judged.
#pragma once

#include "judge/run.h"

namespace deepvm::tests::judge {

enum class InTime {
    yes,
    no,
    close,  ///< nearer to the confidence than what is judged claims to be right
};

/// What risk::done_within() promises: no more than this beside the truth, give or take a thousandth of the
/// time. Less where nearly all or none of the futures are in time.
double slack_of_chance(double chance);

/// The chance that the run is done within the hours, its errors averaged over; of a run that rolls back.
double chance_in_doubt(const Run& run, double checkpoints, double hours, const Doubt& doubt);

/// Whether the run is done within the hours with at least the confidence, 0..1.
InTime in_time(const Run& run, double checkpoints, double hours, const Doubt& doubt, double confidence);

}  // namespace deepvm::tests::judge
