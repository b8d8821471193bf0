// SPDX-License-Identifier: GPL-3.0-or-later
// What counts of a candidate are worth in the request's objective, and what becomes of the job on them.
// Internal to the planner.
#pragma once

#include <limits>
#include <span>

#include "problem/architectures/architecture.h"
#include "problem/plan_run.h"
#include "problem/problem.h"

namespace deepvm::problem {

/// Plan::worth of these counts, also beyond the candidate's limits; 0 where the job does not finish or not by
/// its deadline.
double worth(const Problem& problem, const Candidate& candidate, Counts counts);

/// By more than rounding: twice the machines that finish in half the time cost the same, and the last bit
/// must not decide for them.
bool worth_more(double worth, double than);

/// By so much more that a person would pay for it: a ten-thousandth. The published planner tells any two
/// apart that differ by more than rounding.
bool told_apart(const Request& request, double worth, double than);

/// In the unit of the objective: a job's dollars or hours for a worth of jobs per dollar or per hour.
double objective_of(Objective objective, double worth);

/// What is known of how the job runs on these counts.
struct KnownRun {
    PlanRun run;          ///< what is not known is 0 or empty
    bool time = false;    ///< useful_seconds and throughputs are known
    bool rates = false;   ///< all else is
    std::string unknown;  ///< JobOutlook::unknown
};
KnownRun known_run(const Problem& problem, const Candidate& candidate, Counts counts);

/// All that is known of the job on these counts.
JobOutlook job_outlook(const Problem& problem, const Candidate& candidate, Counts counts);

/// What one node of either type adds to the objective, of a job epochs a second.
NodeWorth node_worth(const Problem& problem, const Candidate& candidate);

/// The way of the checkpoints of a candidate with remote nodes that follow; its interval and duration are
/// none of anybody's.
risk::DeepCheck pipeline_of(const Problem& problem, const Candidate& candidate, Counts counts);

struct JobWorth {
    double worth = 0;  ///< as Plan::worth; 0 where the job does not finish or not by its deadline
    double expected_hours = std::numeric_limits<double>::infinity();  ///< infinite where it does not finish
};

/// The request's job on nodes that together come to so many epochs a second. Whether it is in time is looked
/// at only where it would be worth more than `above`; else the worth is 0.
JobWorth job_worth(const Problem& problem, const Candidate& candidate, Counts counts,
                   double epochs_per_second, std::span<const double> throughputs, double above = 0);

/// How far the speed and the revocations of the candidate's machines may be off, or those of one type.
risk::Doubt doubt_of(const Problem& problem, const Candidate& candidate);
risk::Doubt doubt_of(const Problem& problem, const Worker& worker);

/// Epochs of the workload that the request's job comes to.
double job_epochs(const Problem& problem);

}  // namespace deepvm::problem
