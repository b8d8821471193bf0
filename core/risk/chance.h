// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a job is done in time: the distribution of its time under revocations, and under figures that are
// themselves not known well.
#pragma once

#include "risk/job_run.h"

namespace deepvm::risk {

/// How far the figures of a run may be off: standard deviations of the logarithms of two errors, each the
/// same for all machines of the cluster and normally distributed.
struct Doubt {
    double time = 0;         ///< of the useful time
    double revocations = 0;  ///< of the rate

    bool operator==(const Doubt&) const = default;
};

/// The deviation of the logarithm that a range says which holds in four of five cases, from its middle and
/// one of its ends, both above 0.
double deviation_of_range(double middle, double end);

/// The probability that the job is done within `hours`, with the interval between checkpoints of `expected`,
/// the outlook of the run without doubt; a wrong time stretches the steps between two checkpoints, not their
/// number. Where the job rolls back it is that of the distribution itself, by numerical inversion of its
/// Laplace transform (Abate and Whitt 1995); where it does not, revocations cost alike, to first order in a
/// machine's rate times its restart. Beside 100,000 simulated futures of jobs that restart in less than half
/// the time between revocations no point is off by more than 0.02, give or take a thousandth of the time.
/// About 5 microseconds, with doubt mostly some hundreds.
double done_within(const JobRun& run, const Outlook& expected, double hours, const Doubt& doubt = {});

/// Whether that is at least `confidence`, 0..1. Bounds decide where they can: a fraction of the time.
bool keeps(const JobRun& run, const Outlook& expected, double hours, const Doubt& doubt, double confidence);

/// No job that takes longer than that, undisturbed and by the middle of its figures, is done within `hours`
/// with a probability of `confidence`.
double longest_in_time_hours(double hours, const Doubt& doubt, double confidence);

}  // namespace deepvm::risk
