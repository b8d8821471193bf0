// SPDX-License-Identifier: GPL-3.0-or-later
// Futures of the plans of a decision, simulated beside the closed form.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "planner/decision.h"
#include "problem/plan_run.h"
#include "risk/monte_carlo.h"

namespace deepvm::explain {

/// One plan with its futures.
struct SimulatedPlan {
    problem::Plan plan;
    std::string unknown;     ///< why nothing was simulated; empty where it was
    risk::Futures futures;   ///< the ranges of speed, revocations and prices drawn, too
    risk::Futures as_given;  ///< as if every figure was known: what the closed form is about
    risk::Doubt doubt;       ///< what was drawn of speed and revocations
    bool agrees = false;     ///< its expected hours are within the 99 % interval of those
    std::optional<double> share_done_in_time;       ///< of the runs; nothing without a deadline
    std::vector<std::optional<double>> cheaper_in;  ///< than each of the plans, of 100 futures; nothing for
                                                    ///< itself and where one was not simulated

    bool operator==(const SimulatedPlan&) const = default;
};

struct SimulationRequest {
    int runs = 10'000;
    std::uint64_t seed = 1;                      ///< the first plan's; the others follow
    const risk::Lifetimes* lifetimes = nullptr;  ///< not owned; see risk::Simulation
};

/// The futures of one plan, with the request's seed; cheaper_in is empty. Errors as risk::simulate().
base::Result<SimulatedPlan> simulate_plan(const problem::Problem& problem, const problem::Plan& plan,
                                          const SimulationRequest& request, const std::stop_token& stop = {},
                                          const risk::Progress& progress = {});

/// The futures of each plan of decision.ranked, in its order. `progress` is told as risk::Progress says, over
/// all plans. Errors as risk::simulate().
base::Result<std::vector<SimulatedPlan>> simulate(const problem::Problem& problem,
                                                  const planner::Decision& decision,
                                                  const SimulationRequest& request,
                                                  const std::stop_token& stop = {},
                                                  const risk::Progress& progress = {});

}  // namespace deepvm::explain
