// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/simulation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "exchange/plan_values.h"

namespace deepvm::exchange {
namespace {

base::Result<SimulatedPlan> simulate_plan(const planner::Problem& problem, const planner::Plan& plan,
                                          const SimulationRequest& request, std::uint64_t seed,
                                          const std::stop_token& stop, const risk::Progress& progress) {
    SimulatedPlan simulated;
    simulated.plan = plan;
    simulated.unknown = plan.job.unknown;
    const auto run = planner::job_run(problem, plan);
    if (!run) return simulated;
    risk::Simulation simulation{.run = run->view(), .hourly_price = plan.hourly_price};
    simulation.runs = request.runs;
    simulation.seed = seed;
    if (request.lifetimes != nullptr && plan.spot_workers > 0) {
        simulation.lifetimes = request.lifetimes;
        simulation.spot_machines = plan.spot_workers;
    }
    simulated.doubt = run->doubt;
    const bool in_doubt = run->doubt != risk::Doubt{} || run->price_doubt > 0;
    const double part = in_doubt ? 0.5 : 1;
    const auto from = [&](double begun) {
        return [&progress, begun, part](double share) {
            if (progress) progress(begun + share * part);
        };
    };
    auto as_given = risk::simulate(simulation, stop, from(0));
    if (!as_given) return tl::unexpected(std::move(as_given.error()));
    simulated.futures = *as_given;
    simulated.as_given = std::move(*as_given);
    if (in_doubt) {
        simulation.doubt = run->doubt;
        simulation.estimated_price = run->estimated_price;
        simulation.price_doubt = run->price_doubt;
        auto futures = risk::simulate(simulation, stop, from(part));
        if (!futures) return tl::unexpected(std::move(futures.error()));
        simulated.futures = std::move(*futures);
    }
    if (simulated.as_given.finishes && simulated.futures.finishes && plan.job.expected->finishes) {
        // Without a revocation in any run the interval is a point, by which nobody can judge what so rare
        // ones cost.
        const double expected = plan.job.expected->expected_hours;
        const auto& hours = simulated.as_given.hours;
        const bool point = hours.high - hours.low <= 1e-9 * expected;
        const double rounding = (point ? 1e-3 : 1e-9) * expected;
        simulated.agrees = expected >= hours.low - rounding && expected <= hours.high + rounding;
        if (problem.request.job.deadline_hours)
            simulated.share_done_in_time =
                risk::share_done_within(simulated.futures, *problem.request.job.deadline_hours);
    }
    return simulated;
}

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

base::Result<std::vector<SimulatedPlan>> simulate(const planner::Problem& problem,
                                                  const planner::Decision& decision,
                                                  const SimulationRequest& request,
                                                  const std::stop_token& stop,
                                                  const risk::Progress& progress) {
    std::vector<SimulatedPlan> plans;
    const auto all = static_cast<double>(decision.ranked.size());
    for (const auto& plan : decision.ranked) {
        const auto done = static_cast<double>(plans.size());
        auto simulated =
            simulate_plan(problem, plan, request, request.seed + plans.size(), stop, [&](double share) {
                if (progress) progress((done + share) / all);
            });
        if (!simulated) return tl::unexpected(std::move(simulated.error()));
        plans.push_back(std::move(*simulated));
    }
    for (auto& one : plans)
        for (const auto& other : plans) {
            const bool both = &one != &other && one.unknown.empty() && other.unknown.empty();
            one.cheaper_in.push_back(both ? std::optional(risk::cheaper_in(one.futures, other.futures))
                                          : std::nullopt);
        }
    return plans;
}

std::string what_is_drawn(const std::vector<SimulatedPlan>& plans) {
    const auto any = [&](auto drawn) { return std::ranges::any_of(plans, drawn); };
    std::vector<std::string> ranges;
    if (any([](const SimulatedPlan& plan) { return plan.doubt.revocations > 0; }))
        ranges.emplace_back("their rates");
    if (any([](const SimulatedPlan& plan) { return plan.doubt.time > 0; })) ranges.emplace_back("speeds");
    if (any([](const SimulatedPlan& plan) { return plan.plan.likely_price.has_value(); }))
        ranges.emplace_back("spot prices");
    auto words = std::string("drawn: revocations");
    if (!ranges.empty()) words += fmt::format(", {} within their ranges", fmt::join(ranges, " and "));
    return words + "; not whether machines can be had";
}

std::string simulation_json(const planner::Problem& problem, const planner::Decision& decision,
                            const SimulationRequest& request, const std::vector<SimulatedPlan>& plans,
                            Timestamp created) {
    Json asked = {{"budget_usd_per_hour", decision.budget.usd()}};
    asked.update(request_value(problem));
    Json values = Json::array();
    for (const auto& plan : plans)
        values.push_back(simulated_value(plan, static_cast<int>(values.size()) + 1));
    return text(
        {{"schema", "deepvm-simulate/1"},
         {"created", iso_utc(created)},
         {"catalog", catalog_value(*problem.market)},
         {"request", std::move(asked)},
         {"runs", request.runs},
         {"seed", request.seed},
         {"lifetimes", request.lifetimes != nullptr ? Json(problem.request.risk.source) : Json(nullptr)},
         {"plans", std::move(values)}});
}

}  // namespace deepvm::exchange
