// SPDX-License-Identifier: GPL-3.0-or-later
// What the judge knows of a job on a cluster. It has types of its own, so that nothing that it judges can
// come in with them.
#pragma once

#include <span>

namespace deepvm::tests::judge {

/// Seconds unless named otherwise. A cluster rolls back (throughputs empty) or carries on without the machine
/// that is gone; see the words on risk::JobRun, which these figures are those of.
struct Run {
    double useful_seconds = 0;
    double revocations_per_hour = 0;
    double checkpoint_seconds = 0;
    double shortest_interval_seconds = 0;
    double restart_seconds = 0;
    double start_seconds = 0;
    std::span<const double> throughputs = {};  ///< of 1, 2 ... all machines; not owned

    bool rolls_back() const { return throughputs.empty(); }
    double rate() const { return revocations_per_hour / 3600; }  ///< a second
};

/// Deviations of the logarithms of two errors, of the useful time and of the rate.
struct Doubt {
    double time = 0;
    double revocations = 0;
};

/// A run of any type with the same figures.
template <typename JobRun>
Run run_of(const JobRun& run) {
    return {
        run.useful_seconds,  run.revocations_per_hour, run.checkpoint_seconds, run.shortest_interval_seconds,
        run.restart_seconds, run.start_seconds,        run.throughputs};
}

}  // namespace deepvm::tests::judge
