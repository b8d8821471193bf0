// SPDX-License-Identifier: GPL-3.0-or-later
// One training job on one cluster: what revocations and checkpoints make of its time, in closed form.
#pragma once

#include <optional>
#include <span>

namespace deepvm::risk {

/// What the closed form and the Monte Carlo simulation need to know of a job on a cluster. Seconds unless
/// named otherwise; finite and not negative.
///
/// A cluster that rolls back (synchronous training) starts whole at time 0 and computes in equal segments,
/// each but the last followed by a checkpoint. A revocation during a segment or its checkpoint loses the
/// segment; the cluster is restored after restart_seconds, in which it can be revoked again, and takes the
/// segment up anew. Revocations come without memory at revocations_per_hour, restart included.
///
/// A cluster that does not roll back (asynchronous parameter servers) loses only the share of the machine
/// that is gone, until it is replaced restart_seconds later.
struct JobRun {
    double useful_seconds = 0;             ///< without checkpoints and revocations; above 0
    double revocations_per_hour = 0;       ///< of all spot machines of the cluster together
    double checkpoint_seconds = 0;         ///< for which one checkpoint stops the training
    double shortest_interval_seconds = 0;  ///< a checkpoint has to reach its store before the next begins
    double restart_seconds = 0;            ///< provisioning and loading
    double start_seconds = 0;  ///< the same before the first step; revocations meanwhile do not count
    /// Empty: it rolls back. Else its throughput with 1, 2 ... all n machines at work (any unit, entry i for
    /// i + 1 machines); each machine is revoked at revocations_per_hour / n. Not owned.
    std::span<const double> throughputs = {};
};

/// When to write checkpoints: first-order optimum of Young (1974) and Daly (2006),
/// tau = sqrt(2 checkpoint / rate) - checkpoint, at least the checkpoint's own time, one second and the
/// shortest interval, at most the job; then cut so that all segments are equal. The whole job (one segment,
/// no checkpoint) without revocations and where nothing rolls back.
double optimum_interval_seconds(const JobRun& run);

/// What to expect. Shares are of expected_hours, in percent. Where the job rolls back, time, deviation and
/// revocations are exact for the assumptions of JobRun (Daly's full model, segment by segment); where it does
/// not, to first order in a machine's rate times its restart: the time within 0.1 % while that product is
/// below 0.1.
struct Outlook {
    bool finishes = true;         ///< false: revoked so often that the expected time is beyond longest_hours,
                                  ///< all other figures are then 0
    double interval_seconds = 0;  ///< between checkpoints
    int checkpoints = 0;
    double fault_free_hours = 0;  ///< start, useful time and checkpoints
    double expected_hours = 0;
    double deviation_hours = 0;       ///< standard deviation
    double expected_revocations = 0;  ///< that hit the job
    double checkpoint_percent = 0;  ///< time in which checkpoints stop the training, of segments that counted
    double lost_percent = 0;        ///< work that is done again; without rollback the missing machines' share
    double restart_percent = 0;     ///< waiting for machines; 0 without rollback

    bool operator==(const Outlook&) const = default;
};

/// Of a run that does not roll back: what its machines do when one of them is gone, of what all do; 0 for one
/// machine alone.
double share_of_others(const JobRun& run);

/// Longer jobs do not finish: a hundred years.
inline constexpr double longest_hours = 876'000;
inline constexpr double seconds_per_hour = 3600;

/// With the optimum interval, or the given one (made to fit as optimum_interval_seconds() does).
Outlook outlook(const JobRun& run, std::optional<double> interval_seconds = std::nullopt);

/// The same of a job that rolls back, with exactly so many checkpoints (not negative).
Outlook outlook_with_checkpoints(const JobRun& run, int checkpoints);

}  // namespace deepvm::risk
