// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/simulation.h"
#include "planner/decision.h"

namespace deepvm::explain {

base::Result<SimulatedPlan> simulate_plan(const problem::Problem& problem, const problem::Plan& plan,
                                          const SimulationRequest& request, const std::stop_token& stop,
                                          const risk::Progress& progress) {
    SimulatedPlan simulated;
    simulated.plan = plan;
    simulated.unknown = plan.job.unknown;
    const auto run = problem::job_run(problem, plan);
    if (!run) return simulated;
    risk::Simulation simulation{.run = run->view(), .hourly_price = plan.hourly_price};
    simulation.runs = request.runs;
    simulation.seed = request.seed;
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

base::Result<std::vector<SimulatedPlan>> simulate(const problem::Problem& problem,
                                                  const planner::Decision& decision,
                                                  const SimulationRequest& request,
                                                  const std::stop_token& stop,
                                                  const risk::Progress& progress) {
    std::vector<SimulatedPlan> plans;
    const auto all = static_cast<double>(decision.ranked.size());
    for (const auto& plan : decision.ranked) {
        const auto done = static_cast<double>(plans.size());
        auto own = request;
        own.seed += plans.size();
        auto simulated = simulate_plan(problem, plan, own, stop, [&](double share) {
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

}  // namespace deepvm::explain
