// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON values that several documents share; internal to exchange.
#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "planner/decision.h"
#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::exchange {

using Json = nlohmann::ordered_json;  // keys in the order in which a person reads them

Json catalog_value(const model::Market& market);
Json request_value(const problem::Problem& problem);
/// `rank` from 1, or 0 where a plan stands alone; `next` may be null.
Json plan_value(const problem::Plan& plan, int rank, const planner::NextStep* next);
Json plan_values(const std::vector<problem::Plan>& plans);
Json by_architecture_value(
    const std::map<problem::Architecture, std::vector<problem::Plan>>& by_architecture);

/// Indented, with a final newline.
std::string text(const Json& document);

/// The columns of a plan in every CSV file, and their values; no line end.
std::string plan_csv_header();
std::string plan_csv_fields(const problem::Plan& plan);

}  // namespace deepvm::exchange
