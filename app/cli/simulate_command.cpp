// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/simulate_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>

#include "base/numbers.h"
#include "cli/job_lines.h"
#include "cli/planning.h"
#include "cli/reason_lines.h"
#include "exchange/simulation.h"
#include "planner/answer_words.h"
#include "planner/planner.h"

namespace deepvm::cli {
namespace {

using base::Result;

struct SimulateOptions {
    std::shared_ptr<PlanningOptions> planning;
    std::string budget;
    std::string runs;
    std::string seed;
    std::string format = "text";
};

Result<exchange::SimulationRequest> read_request(const SimulateOptions& options) {
    exchange::SimulationRequest request;
    if (!options.runs.empty()) {
        const auto runs = base::parse_count(options.runs, "--runs", 1, 1'000'000);
        if (!runs) return tl::unexpected(runs.error());
        request.runs = static_cast<int>(*runs);
    }
    if (!options.seed.empty()) {
        const auto seed =
            base::parse_count(options.seed, "--seed", 0, std::numeric_limits<std::int64_t>::max());
        if (!seed) return tl::unexpected(seed.error());
        request.seed = static_cast<std::uint64_t>(*seed);
    }
    return request;
}

std::string spread_line(std::string_view label, const risk::Spread& spread, auto show) {
    return fmt::format("    {:<8}  P5 {}, P50 {}, P95 {}, mean {}\n", label, show(spread.p5),
                       show(spread.p50), show(spread.p95), show(spread.mean));
}

std::string plan_lines(const planner::Problem& problem, const exchange::SimulatedPlan& simulated, int rank) {
    const auto& plan = simulated.plan;
    auto text = fmt::format("{:>3}  {}, {}, ${}/h\n", rank, located(problem, plan), name(plan.architecture),
                            plan.hourly_price.decimal());
    if (!simulated.unknown.empty()) return text + fmt::format("    not simulated: {}\n", simulated.unknown);
    const auto& futures = simulated.futures;
    if (!futures.finishes) return text + "    does not finish\n";
    const auto usd_text = [](double usd) { return fmt::format("${:.2f}", usd); };
    text += spread_line("time", futures.hours, hours_text);
    text += spread_line("dollars", futures.dollars, usd_text);
    text += fmt::format("    revoked {:.2f} times on average, never in {:.1f} % of the futures\n",
                        futures.revocations, 100 * futures.undisturbed);
    if (simulated.share_done_in_time)
        text += fmt::format("    done by the deadline in {} of the futures\n",
                            planner::chance_words(*simulated.share_done_in_time));
    if (plan.job.expected && plan.job.expected->finishes) {
        const auto& given = simulated.as_given.hours;
        const auto low = hours_text(given.low);
        const auto high = hours_text(given.high);
        // Where no future differs there is nothing to lie within.
        const auto interval =
            low == high ? std::string("all alike") : fmt::format("99 %: {} to {}", low, high);
        const auto* verdict = low == high ? "" : simulated.agrees ? ", within" : ", outside";
        text += fmt::format("    figures as given: mean {} ({}); closed form {}{}\n", hours_text(given.mean),
                            interval, hours_text(plan.job.expected->expected_hours), verdict);
    }
    for (std::size_t other = 0; other < simulated.cheaper_in.size(); ++other)
        if (const auto share = simulated.cheaper_in[other])
            text += fmt::format("    cheaper than {} in {:.0f} of 100 futures\n", other + 1, *share);
    return text;
}

int run(const Context& context, const SimulateOptions& options) {
    const auto format = parse_format(options.format, {"text", "json"});
    if (!format) return report(format.error());
    const auto budget = base::Money::parse(options.budget, "budget");
    if (!budget) return report(budget.error());
    auto request = read_request(options);
    if (!request) return report(request.error());
    const auto table = lifetimes(options.planning->job);
    if (!table) return report(table.error());
    if (*table) request->lifetimes = &**table;
    const auto problem = make_problem(context, *options.planning);
    if (!problem) return report(problem.error());
    const auto decision = planner::decide(**problem, *budget);
    if (!decision) return report(decision.error());
    const auto plans = exchange::simulate(**problem, *decision, *request);
    if (!plans) return report(plans.error());
    if (*format == "json") {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        fmt::print("{}", exchange::simulation_json(**problem, *decision, *request, *plans, now));
        return exit_ok;
    }
    fmt::print("{} futures of each plan at ${}/h on {}, seed {}; {}\n\n", request->runs, budget->decimal(),
               exchange::describe(**problem), request->seed, exchange::what_is_drawn(*plans));
    if (plans->empty()) fmt::print("{}", reason_lines(**problem, *decision));
    int rank = 0;
    for (const auto& plan : *plans)
        fmt::print("{}", plan_lines(**problem, plan, ++rank));
    return exit_ok;
}

}  // namespace

void add_simulate_command(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("simulate", "Futures of the job on the best clusters, revocations drawn");
    auto options = std::make_shared<SimulateOptions>();
    options->planning = add_planning_options(*command);
    command->add_option("--budget", options->budget, "Budget in USD an hour, for example 2.90")->required();
    command->add_option("--runs", options->runs, "Futures of each plan (10000)");
    command->add_option("--seed", options->seed, "Number that decides the futures (1)");
    command->add_option("--format", options->format, "text or json");
    command->callback([&context, options] { context.exit_code = run(context, *options); });
}

}  // namespace deepvm::cli
