// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flopp_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/idle_options.h"
#include "cli/plan_table.h"
#include "cli/planning.h"
#include "exchange/exchange.h"

namespace deepvm::cli {
namespace {

struct FloppOptions {
    std::shared_ptr<PlanningOptions> planning;
    std::string format = "text";
};

int run(const Context& context, const FloppOptions& options) {
    const auto format = parse_format(options.format, {"text", "csv", "json"});
    if (!format) return report(format.error());
    const auto problem = make_problem(context, *options.planning);
    if (!problem) return report(problem.error());
    const auto entries = problem::flopp_ranking(**problem);
    fmt::print("{}", *format == "json"  ? exchange::flopp_json(**problem, entries)
                     : *format == "csv" ? exchange::flopp_csv(entries)
                                        : flopp_table(**problem, entries));
    warn_idle(**problem, [&](const problem::Problem& other) -> base::Result<bool> {
        return problem::flopp_ranking(other) == entries && other.left_out == (*problem)->left_out;
    });
    return exit_ok;
}

}  // namespace

void add_flopp_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("flopp", "What a dollar buys on each instance type");
    auto options = std::make_shared<FloppOptions>();
    options->planning = add_planning_options(*command);
    command->add_option("--format", options->format, "text, csv or json");
    command->callback([&context, options] { context.exit_code = run(context, *options); });
}

}  // namespace deepvm::cli
