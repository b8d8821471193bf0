// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/frontier_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/numbers.h"
#include "cli/idle_options.h"
#include "cli/plan_table.h"
#include "cli/planning.h"
#include "cli/reason_lines.h"
#include "exchange/exchange.h"
#include "planner/planner.h"
#include "words/obstacles.h"

namespace deepvm::cli {
namespace {

struct FrontierOptions {
    std::shared_ptr<PlanningOptions> planning;
    std::string from;
    std::string to;
    std::string format = "text";
};

int run(const Context& context, const FrontierOptions& options) {
    const auto format = parse_format(options.format, {"text", "csv", "json"});
    if (!format) return report(format.error());
    const auto from = base::Money::parse(base::without_separators(options.from), "--from");
    if (!from) return report(from.error());
    const auto to = base::Money::parse(base::without_separators(options.to), "--to");
    if (!to) return report(to.error());
    constexpr auto largest = base::Money::from_micro(10'000 * base::Money::micro_per_dollar);
    if (*to > largest)
        return report({base::ErrorCode::invalid_input,
                       fmt::format("--to {} is more than {} dollars; a frontier goes no further", options.to,
                                   largest.decimal())});
    if (*from > *to)
        return report({base::ErrorCode::invalid_input,
                       fmt::format("--from {} is above --to {}; exchange them", options.from, options.to)});
    const auto problem = make_problem(context, *options.planning);
    if (!problem) return report(problem.error());
    const auto frontier = planner::frontier(**problem, *from, *to);
    if (!frontier) return report(frontier.error());
    fmt::print("{}", *format == "json"  ? exchange::frontier_json(**problem, *frontier)
                     : *format == "csv" ? exchange::frontier_csv(*frontier)
                                        : frontier_table(**problem, *frontier));
    warn_idle(**problem, [&](const problem::Problem& other) {
        return planner::frontier(other, *from, *to).map([&](const planner::Frontier& steps) {
            return explain::same_frontier(*frontier, steps) &&
                   words::unknown_revocations(**problem, style) == words::unknown_revocations(other, style);
        });
    });
    return exit_ok;
}

}  // namespace

void add_frontier_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("frontier", "Every budget at which the best cluster changes");
    auto options = std::make_shared<FrontierOptions>();
    options->planning = add_planning_options(*command);
    command->add_option("--from", options->from, "Smallest budget in USD an hour")->required();
    command->add_option("--to", options->to, "Largest budget in USD an hour")->required();
    command->add_option("--format", options->format, "text, csv or json");
    command->callback([&context, options] { context.exit_code = run(context, *options); });
}

}  // namespace deepvm::cli
