// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/simulate_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>

#include "base/numbers.h"
#include "cli/idle_options.h"
#include "cli/planning.h"
#include "cli/reason_lines.h"
#include "exchange/exchange.h"
#include "planner/planner.h"
#include "words/futures.h"
#include "words/plans.h"

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

Result<explain::SimulationRequest> read_request(const SimulateOptions& options) {
    explain::SimulationRequest request;
    if (!options.runs.empty()) {
        const auto runs = base::parse_typed_count(options.runs, "--runs", 1, 1'000'000);
        if (!runs) return tl::unexpected(runs.error());
        request.runs = static_cast<int>(*runs);
    }
    if (!options.seed.empty()) {
        const auto seed =
            base::parse_typed_count(options.seed, "--seed", 0, std::numeric_limits<std::int64_t>::max());
        if (!seed) return tl::unexpected(seed.error());
        request.seed = static_cast<std::uint64_t>(*seed);
    }
    return request;
}

// The table of futures in hours and in dollars, a column a plan; rows that are alike once.
std::string table(const problem::Problem& problem, const std::vector<explain::SimulatedPlan>& plans) {
    const auto deadline = problem.request.job.deadline_hours;
    std::vector<std::string> said;
    std::string text;
    for (const bool dollars : {false, true}) {
        text += dollars ? "\nin dollars\n" : "\nin time\n";
        for (const auto& row : words::futures(plans, dollars, deadline, style)) {
            auto line = fmt::format("    {:<28}", row.name);
            for (const auto& value : row.values)
                line += fmt::format("  {:>26}", value);
            if (std::ranges::count(said, line) > 0) continue;
            text += line + "\n";
            said.push_back(std::move(line));
        }
    }
    return text;
}

std::string answer(const problem::Problem& problem, const planner::Decision& decision,
                   const std::vector<explain::SimulatedPlan>& plans) {
    if (plans.empty()) return reason_lines(problem, decision);
    std::string text;
    int rank = 0;
    for (const auto& of : plans)
        text += fmt::format("{:>3}  {}, {}, {}; revoked {:.2f} times on average\n", ++rank,
                            words::cluster(of.plan, *problem.market, style), name(of.plan.architecture),
                            words::per_hour(of.plan.hourly_price), of.futures.revocations);
    if (const auto none = words::nothing_simulated(plans); !none.empty()) return text + none + "\n";
    const auto cheaper = words::cheaper(plans);
    return text + table(problem, plans) + (cheaper.empty() ? "" : "\n" + cheaper + "\n");
}

// Whether the same plans have the same futures. Where the plans are the same, a hundredth of the futures
// tells: what the figures of a plan do not show of a setting is the deadline and what is drawn, in each of
// them.
Result<bool> same_futures(const problem::Problem& problem, const planner::Decision& decision,
                          explain::SimulationRequest request, const problem::Problem& other) {
    const auto anew = planner::decide(other, decision.budget);
    if (!anew) return tl::unexpected(anew.error());
    if (decision.ranked.empty()) return explain::same_decision(decision, *anew);
    if (anew->ranked != decision.ranked) return false;
    request.runs = std::max(1, request.runs / 100);
    const auto before = explain::simulate(problem, decision, request);
    if (!before) return tl::unexpected(before.error());
    if (other.request.risk.source != problem.request.risk.source) request.lifetimes = nullptr;
    return explain::simulate(other, *anew, request).map([&](const auto& after) { return after == *before; });
}

// Where nothing is simulated any number of futures and any seed are as good.
void warn_idle_draws(const std::vector<explain::SimulatedPlan>& plans, const SimulateOptions& options) {
    if (!plans.empty() && words::nothing_simulated(plans).empty()) return;
    constexpr auto counts = "it can count only where a job is simulated";
    if (!options.seed.empty()) warn_idle_option("--seed", counts);
    if (!options.runs.empty()) warn_idle_option("--runs", counts);
}

int run(const Context& context, const SimulateOptions& options) {
    const auto format = parse_format(options.format, {"text", "json"});
    if (!format) return report(format.error());
    const auto budget = base::Money::parse(base::without_separators(options.budget), "budget");
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
    const auto plans = explain::simulate(**problem, *decision, *request);
    if (!plans) return report(plans.error());
    if (*format == "json") {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        fmt::print("{}", exchange::simulation_json(**problem, *decision, *request, *plans, now));
    } else {
        fmt::print("{} futures of each plan at ${}/h on {}, seed {}. {}\n\n", request->runs,
                   budget->decimal(), exchange::describe(**problem), request->seed,
                   words::what_is_drawn(*plans));
        fmt::print("{}", answer(**problem, *decision, *plans));
    }
    warn_idle_draws(*plans, options);
    warn_idle(**problem, [&](const problem::Problem& other) {
        return same_futures(**problem, *decision, *request, other);
    });
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
