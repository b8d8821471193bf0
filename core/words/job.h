// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the job on a plan.
#pragma once

#include "problem/problem.h"
#include "words/figures.h"

namespace deepvm::words {

/// Empty where a thing is not known or not asked.
struct Job {
    std::string cost;           ///< "$5,755"
    std::string time;           ///< "62.9 h", or "mean 63.1 h, mostly 62.9 h"
    std::string deadline;       ///< "96 % by 63.0 h"
    std::string likely;         ///< "likely 55 to 72 h, $4,900 to $6,500"; empty where no range is known
    std::string overhead;       ///< "0.3 % lost work · 1.2 % checkpoints"
    std::string revocations;    ///< "0.04 expected", of the whole job
    std::string detail;         ///< sentences: without revocations, spread, interval
    std::string unknown;        ///< why the rest is empty, and what to do
    std::string unknown_brief;  ///< the same in three words
};
Job job(const problem::Plan& plan, const problem::Problem& problem, Style style);

/// "0", "< 0.01", "0.04", "12": how often a job is revoked, never nothing where it is something.
std::string revocation_count(double count, Style style);

/// "likely 55 to 72 h, $4,900 to $6,500": what the ranges of speed and price make of the job in about four of
/// five cases; empty where there is no range.
std::string likely(const problem::JobOutlook& job);

/// "$5,755 in 62.9 h", "$7,781 in 63.1 h on average, mostly 62.9 h"; empty where it is not known.
std::string outcome(const problem::JobOutlook& job);

/// The amount of the request's job in all its units: "115 M samples · 2.83 EFLOP".
std::string job_size(const problem::Request& request, const model::WorkloadProfile& workload, Style style);

}  // namespace deepvm::words
