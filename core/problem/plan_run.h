// SPDX-License-Identifier: GPL-3.0-or-later
// From a plan to what core/risk computes with: its job, and the pipeline that its checkpoints go through.
#pragma once

#include <optional>
#include <vector>

#include "problem/problem.h"
#include "risk/chance.h"
#include "risk/deepcheck.h"
#include "risk/job_run.h"

namespace deepvm::problem {

/// The request's job on the machines of a plan. Owns its throughputs, so it may be kept and handed to another
/// thread.
struct PlanRun {
    risk::JobRun run;                 ///< without its throughputs
    std::vector<double> throughputs;  ///< see risk::JobRun, empty where a revocation rolls back
    risk::Doubt doubt;                ///< of its speed and its revocations
    base::Money estimated_price;      ///< the part of the hourly price that rests on estimates
    double price_doubt = 0;           ///< of that part's logarithm

    /// The whole; valid as long as this is neither changed nor gone.
    risk::JobRun view() const;
};

/// How the job runs on a plan of this problem: risk::outlook() of it is Plan::job.expected. Nothing where
/// that is not known, for which Plan::job.unknown has the words, and for a plan that candidate_of() does not
/// know.
std::optional<PlanRun> job_run(const Problem& problem, const Plan& plan);

/// The way of a tiering plan's checkpoints with one every `interval_seconds` (above 0), without duration and
/// revocation. Remote memory is what the memory rule counts on; storage is the object store, one stream a
/// remote node. Nothing for any other architecture, and for a plan that candidate_of() does not know.
std::optional<risk::DeepCheck> checkpoint_pipeline(const Problem& problem, const Plan& plan,
                                                   double interval_seconds);

}  // namespace deepvm::problem
