// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/contest/job_of_candidate.h"

namespace deepvm::problem {

JobOfCandidate::JobOfCandidate(const Problem& problem, const Candidate& candidate, NodeWorth each)
    : problem_(problem),
      candidate_(candidate),
      each_(each),
      epochs_(job_epochs(problem)),
      start_hours_(start_seconds(problem) / risk::seconds_per_hour) {
    const Job& job = problem.request.job;
    if (job.deadline_hours)
        longest_hours_ =
            risk::longest_in_time_hours(*job.deadline_hours, doubt_of(problem, candidate), job.confidence) *
            (1 + 1e-9);
}

double JobOfCandidate::bound(base::Money hourly, double epochs_per_second) const {
    const double hours = least_hours(epochs_per_second);
    return problem_.request.objective == Objective::job_cost ? 1 / (hourly.usd() * hours) : 1 / hours;
}

double JobOfCandidate::worth_of(Counts counts, double epochs_per_second, double above) {
    return useful_hours(epochs_per_second) > longest_hours_ ? 0 : on(counts, above).worth;
}

JobWorth JobOfCandidate::on(Counts counts, double above) {
    const double together =
        rules(candidate_.architecture).together(problem_, candidate_, counts, each_, throughputs_);
    return job_worth(problem_, candidate_, counts, together, throughputs_, above);
}

}  // namespace deepvm::problem
