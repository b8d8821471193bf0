// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/speeds_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/idle_options.h"
#include "cli/planning.h"
#include "exchange/speed_list.h"
#include "model/precision.h"
#include "words/figures.h"

namespace deepvm::cli {
namespace {

struct SpeedsOptions {
    std::shared_ptr<PlanningOptions> planning;
    std::string format = "text";
};

std::string source_words(const exchange::TypeSpeed& of) {
    if (of.sources.empty()) return {};
    const auto first = of.sources.front().substr(0, 40);
    auto words = of.sources.size() == 1 ? first : fmt::format("{} and {} more", first, of.sources.size() - 1);
    if (!of.newest.empty()) words += ", " + of.newest;
    return words;
}

std::string table(const problem::Problem& problem, const std::vector<exchange::TypeSpeed>& speeds) {
    if (speeds.empty())
        return "No speed is known here: the rates of a published data set have a unit of their own, and no "
               "type of a provider can train this workload.\n";
    std::size_t width = 13;
    for (const auto& of : speeds)
        width = std::max(width, of.instance_type.size());
    auto text =
        fmt::format("{}: samples a second of one machine\n\n", problem::workload_of(problem).display_name);
    text += fmt::format("{:<{}}  {:>22}  {:>10}  {:>19}  {:>7}  {:<6}  {:<9}  {}\n", "instance type", width,
                        "accelerators", "samples/s", "range", "of peak", "format", "known as", "sources");
    for (const auto& of : speeds) {
        const auto& range = of.speed.range;
        text +=
            fmt::format("{:<{}}  {:>22}  {:>10}  {:>19}  {:>5.0f} %  {:<6}  {:<9}  {}\n", of.instance_type,
                        width, fmt::format("{} x {}", of.accelerators, of.accelerator).substr(0, 22),
                        words::rounded(range.samples_per_second),
                        fmt::format("{} to {}", words::rounded(range.low), words::rounded(range.high)),
                        100 * of.utilisation, model::precision_name(of.speed.precision),
                        speed_basis_name(of.speed.basis), source_words(of));
    }
    if (!problem.left_out.empty())
        text += fmt::format("\n{} types cannot train it here: {}\n", problem.left_out.size(),
                            problem.left_out.front().reason);
    return text;
}

int run(const Context& context, const SpeedsOptions& options) {
    const auto format = parse_format(options.format, {"text", "csv", "json"});
    if (!format) return report(format.error());
    const auto problem = make_problem(context, *options.planning);
    if (!problem) return report(problem.error());
    const auto speeds = exchange::type_speeds(**problem);
    fmt::print("{}", *format == "json"  ? exchange::speeds_json(**problem, speeds)
                     : *format == "csv" ? exchange::speeds_csv(speeds)
                                        : table(**problem, speeds));
    warn_idle(**problem, [&](const problem::Problem& other) -> base::Result<bool> {
        return exchange::type_speeds(other) == speeds && other.left_out == (*problem)->left_out;
    });
    return exit_ok;
}

}  // namespace

void add_speeds_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("speeds",
                                       "How fast each instance type trains the workload, and how "
                                       "that is known");
    auto options = std::make_shared<SpeedsOptions>();
    options->planning = add_planning_options(*command);
    command->add_option("--format", options->format, "text, csv or json");
    command->callback([&context, options] { context.exit_code = run(context, *options); });
}

}  // namespace deepvm::cli
