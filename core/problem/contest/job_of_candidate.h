// SPDX-License-Identifier: GPL-3.0-or-later
// The request's job on counts of one candidate: what it is worth at most, in closed form, and what it is
// worth. Internal to the planner.
#pragma once

#include <limits>
#include <vector>

#include "problem/architectures/architecture.h"
#include "problem/worth.h"

namespace deepvm::problem {

/// For one thread; problem and candidate must outlive it. What revocations and checkpoints make of a job is
/// never faster than the job and its start alone.
class JobOfCandidate {
  public:
    JobOfCandidate(const Problem& problem, const Candidate& candidate, NodeWorth each);

    double useful_hours(double epochs_per_second) const { return epochs_ / epochs_per_second / 3600; }
    double least_hours(double epochs_per_second) const {
        return useful_hours(epochs_per_second) + start_hours_;
    }
    double start_hours() const { return start_hours_; }

    /// On the worth of the job.
    double bound(base::Money hourly, double epochs_per_second) const;

    /// Of counts that come to so many epochs a second; 0 where that is no more than `above`, and what is
    /// surely late is not worked out.
    double worth_of(Counts counts, double epochs_per_second, double above);

    /// The same with the expected hours, whatever the deadline.
    JobWorth on(Counts counts, double above);

  private:
    const Problem& problem_;
    const Candidate& candidate_;
    NodeWorth each_;
    double epochs_;
    double start_hours_;
    double longest_hours_ = std::numeric_limits<double>::infinity();  // by the deadline
    std::vector<double> throughputs_;
};

}  // namespace deepvm::problem
