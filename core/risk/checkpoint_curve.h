// SPDX-License-Identifier: GPL-3.0-or-later
// What the interval between checkpoints costs: too short and the job writes, too long and it computes twice.
#pragma once

#include <optional>
#include <vector>

#include "risk/job_run.h"

namespace deepvm::risk {

struct CheckpointPoint {
    double interval_seconds = 0;
    int checkpoints = 0;
    double expected_hours = 0;
    double overhead_percent = 0;  ///< of the useful time, the start apart: 50 where 10 hours take 15

    bool operator==(const CheckpointPoint&) const = default;
};

struct CheckpointCurve {
    /// Intervals rise, evenly on a logarithmic axis as far as equal segments allow, from a hundredth of the
    /// best interval to a hundred times it, within what the job allows. Where the job does not finish there
    /// is no point.
    std::vector<CheckpointPoint> points;
    /// At optimum_interval_seconds(); nothing where the job does not finish.
    std::optional<CheckpointPoint> young_daly;
    /// The least expected time of all whole numbers of checkpoints; nothing where the job does not finish.
    std::optional<CheckpointPoint> best;

    bool operator==(const CheckpointCurve&) const = default;
};

/// At most `points` (2 or more) of them, about 150 ns each. Where nothing rolls back there is nothing to
/// choose: no points, and both optima are the whole job.
CheckpointCurve checkpoint_curve(const JobRun& run, int points = 200);

}  // namespace deepvm::risk
