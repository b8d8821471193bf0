// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as text for other programs: JSON by the schemas in resources/schemas, CSV for spreadsheets.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "explain/simulation.h"
#include "planner/decision.h"
#include "problem/flopp.h"
#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::explain {
struct QuotaGains;
}

namespace deepvm::exchange {

/// "DeepVM paper, 2024, prices as of 2024-01-03, preset published"
std::string describe(const problem::Problem& problem);

using Timestamp = std::chrono::sys_seconds;

/// Schema deepvm-plan/1. Money in USD/h, objective in the unit of the request's objective. With `rank`, from
/// 1, the ranking holds that plan alone. `gains` are those of the decision: whoever writes the document, it
/// is the same.
std::string plan_json(const problem::Problem& problem, const planner::Decision& decision,
                      const explain::QuotaGains& gains, Timestamp created, std::optional<int> rank = {});

/// One line a plan of the ranking, with a header line; numbers as in the JSON.
std::string plan_csv(const planner::Decision& decision, std::optional<int> rank = {});

/// Schema deepvm-frontier/1.
std::string frontier_json(const problem::Problem& problem, const planner::Frontier& frontier);

/// One line a step of every architecture and of the overall best ("overall"), cheapest first.
std::string frontier_csv(const planner::Frontier& frontier);

/// Schema deepvm-flopp/1: the FLOPP ranking and the types that were left out.
std::string flopp_json(const problem::Problem& problem, const std::vector<problem::FloppEntry>& entries);

std::string flopp_csv(const std::vector<problem::FloppEntry>& entries);

/// Schema deepvm-simulate/1.
std::string simulation_json(const problem::Problem& problem, const planner::Decision& decision,
                            const explain::SimulationRequest& request,
                            const std::vector<explain::SimulatedPlan>& plans, Timestamp created);

}  // namespace deepvm::exchange
