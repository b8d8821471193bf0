// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/dates.h"
#include "exchange/exchange.h"
#include "exchange/plan_values.h"
#include "planner/decision.h"

namespace deepvm::exchange {
namespace {

using explain::SimulatedPlan;
using explain::SimulationRequest;

Json spread_value(const risk::Spread& spread) {
    return {{"mean", spread.mean},
            {"deviation", spread.deviation},
            {"low_99_percent", spread.low},
            {"high_99_percent", spread.high},
            {"p5", spread.p5},
            {"p50", spread.p50},
            {"p95", spread.p95}};
}

Json simulated_value(const SimulatedPlan& simulated, int rank) {
    const auto& futures = simulated.futures;
    const bool known = simulated.unknown.empty();
    Json cheaper = Json::array();
    for (const auto& than : simulated.cheaper_in)
        cheaper.push_back(than ? Json(*than) : Json(nullptr));
    return {{"plan", plan_value(simulated.plan, rank, nullptr)},
            {"unknown", known ? Json(nullptr) : Json(simulated.unknown)},
            {"finishes", known && futures.finishes},
            {"hours", known && futures.finishes ? spread_value(futures.hours) : Json(nullptr)},
            {"dollars", known && futures.finishes ? spread_value(futures.dollars) : Json(nullptr)},
            {"hours_as_given",
             known && simulated.as_given.finishes ? spread_value(simulated.as_given.hours) : Json(nullptr)},
            {"revocations", futures.revocations},
            {"undisturbed_share", futures.undisturbed},
            {"closed_form_within_interval", simulated.agrees},
            {"share_done_in_time",
             simulated.share_done_in_time ? Json(*simulated.share_done_in_time) : Json(nullptr)},
            {"cheaper_in_100_futures_than", std::move(cheaper)}};
}

}  // namespace

std::string simulation_json(const problem::Problem& problem, const planner::Decision& decision,
                            const SimulationRequest& request, const std::vector<SimulatedPlan>& plans,
                            Timestamp created) {
    Json asked = {{"budget_usd_per_hour", decision.budget.usd()}};
    asked.update(request_value(problem));
    Json values = Json::array();
    for (const auto& plan : plans)
        values.push_back(simulated_value(plan, static_cast<int>(values.size()) + 1));
    return text(
        {{"schema", "deepvm-simulate/1"},
         {"created", base::iso_utc(created)},
         {"catalog", catalog_value(*problem.market)},
         {"request", std::move(asked)},
         {"runs", request.runs},
         {"seed", request.seed},
         {"lifetimes", request.lifetimes != nullptr ? Json(problem.request.risk.source) : Json(nullptr)},
         {"plans", std::move(values)}});
}

}  // namespace deepvm::exchange
