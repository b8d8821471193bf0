// SPDX-License-Identifier: GPL-3.0-or-later
// Cases for any architecture and objective from a seed: small clusters in several places, with revocations,
// measurements, quotas and jobs, and with types that differ in nothing but their name.
#pragma once

#include <memory>
#include <random>

#include "model/market.h"
#include "problem/request.h"

namespace deepvm::tests {

struct JobCase {
    std::shared_ptr<const model::Market> market;
    problem::Request request;
    base::Money budget;
};

/// One architecture with clusters of at most `most_nodes` nodes; `of_job`: a job objective, half of them with
/// a deadline, else one of the other two.
JobCase random_case(unsigned seed, problem::Architecture architecture, bool of_job, int most_nodes);

}  // namespace deepvm::tests
