// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/plan_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/job_lines.h"
#include "cli/reason_lines.h"
#include "exchange/exchange.h"
#include "planner/comparison.h"
#include "planner/decision.h"
#include "words/answers.h"
#include "words/obstacles.h"
#include "words/plans.h"

namespace deepvm::cli {
namespace {

// The column of providers, as wide as the longest of them; nothing where there is but one.
std::string provider_field(const problem::Problem& problem, std::string_view text) {
    if (!model::spans_providers(*problem.market)) return {};
    std::size_t width = 8;
    for (const auto& place : problem.market->places)
        width = std::max(width, place.provider.size());
    return fmt::format("{:<{}}  ", text, width);
}

// Where providers have a column the place is a region.
std::string cluster(const problem::Problem& problem, const problem::Plan& plan) {
    const auto machines = words::machines(plan, style);
    return problem.market->places.size() > 1 ? machines + " in " + plan.region : machines;
}

std::size_t cluster_width(const problem::Problem& problem, const std::vector<problem::Plan>& plans) {
    std::size_t width = 8;
    for (const auto& plan : plans)
        width = std::max(width, cluster(problem, plan).size());
    return width;
}

// What never ends has no number.
std::string objective(double value) {
    return std::isfinite(value) ? fmt::format("{:.6g}", value) : std::string("never done");
}

std::string plan_line(const problem::Problem& problem, std::string_view label, const problem::Plan& plan,
                      std::size_t width) {
    return fmt::format("{:>17}  {:<13}  {}{:<{}}  {:>12}  {:>9.2f}  {:>12}\n", label, name(plan.architecture),
                       provider_field(problem, plan.provider), cluster(problem, plan), width,
                       "$" + plan.hourly_price.decimal() + "/h", plan.effective_nodes,
                       objective(plan.objective));
}

std::string header(const problem::Problem& problem, std::string_view label, std::size_t width) {
    return fmt::format("{:>17}  {:<13}  {}{:<{}}  {:>12}  {:>9}  {}\n", label, "architecture",
                       provider_field(problem, "provider"), "machines", width, "price", "effective",
                       fmt::format("objective ({})", problem::objective_unit(problem)));
}

}  // namespace

std::string plan_table(const problem::Problem& problem, const planner::Decision& decision) {
    auto text = fmt::format("Budget ${}/h on {}\n", decision.budget.decimal(), exchange::describe(problem));
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    if (const auto age = words::age(*problem.market, today); !age.empty())
        text += fmt::format("the oldest of these prices is {}: look at the provider's own before you rent\n",
                            age);
    if (const auto apart = words::apart(*problem.market); !apart.empty()) text += apart + "\n";
    text += "\n";
    if (decision.ranked.empty()) return text + reason_lines(problem, decision);

    auto shown = decision.ranked;
    const auto& policies = decision.policies;
    for (const auto* plan : {&policies.cost_first, &policies.performance_first, &policies.no_scale})
        if (*plan) shown.push_back(**plan);
    const auto width = cluster_width(problem, shown);
    text += header(problem, "rank", width);
    int rank = 0;
    for (const auto& plan : decision.ranked)
        text += plan_line(problem, std::to_string(++rank), plan, width);
    text += "\n" + job_lines(problem, decision.ranked) + "\n";
    if (policies.cost_first) text += plan_line(problem, "cost-first", *policies.cost_first, width);
    if (policies.performance_first)
        text += plan_line(problem, "performance-first", *policies.performance_first, width);
    if (policies.no_scale) text += plan_line(problem, "no-scale", *policies.no_scale, width);
    return text + "\n" + reason_lines(problem, decision);
}

std::string frontier_table(const problem::Problem& problem, const planner::Frontier& frontier) {
    auto text = fmt::format("Every budget from ${}/h to ${}/h at which the best cluster changes, on {}\n\n",
                            frontier.from.decimal(), frontier.to.decimal(), exchange::describe(problem));
    const auto unknown = words::unknown_revocations(problem, style);
    const auto left_out = unknown.empty() ? unknown : "\n" + unknown + "\n";
    if (frontier.overall.empty()) return text + "No cluster fits.\n" + left_out;
    const auto width = cluster_width(problem, frontier.overall);
    text += header(problem, "from", width);
    for (const auto& plan : frontier.overall)
        text += plan_line(problem, "$" + plan.hourly_price.decimal(), plan, width);
    if (const auto at = planner::knee(frontier.overall, frontier.to)) {
        const auto& knee = frontier.overall[*at];
        text += fmt::format("\nknee: {} at ${}/h, against the last: {}\n",
                            words::cluster(knee, *problem.market, style), knee.hourly_price.decimal(),
                            words::knee(knee, frontier.overall.back()));
    }
    return text + left_out +
           fmt::format(
               "\nread in {:.2f} ms from the table of all choices; at a budget \"deepvm plan\" has lp_solve "
               "decide\n",
               std::chrono::duration<double, std::milli>(frontier.elapsed).count());
}

std::string flopp_table(const problem::Problem& problem, const std::vector<problem::FloppEntry>& entries) {
    auto text = fmt::format("FLOPP, floating point operations per price, on {}; * on the Pareto front\n\n",
                            exchange::describe(problem));
    const bool several = problem.market->places.size() > 1;
    const auto place = [&](const problem::FloppEntry& entry) {
        return model::spans_providers(*problem.market) ? model::place_name(entry.provider, entry.region)
                                                       : entry.region;
    };
    std::size_t width = 13;
    std::size_t place_width = 6;
    for (const auto& entry : entries) {
        width = std::max(width, entry.instance_type.size());
        place_width = std::max(place_width, place(entry).size());
    }
    const auto place_field = [&](std::string_view field) {
        return several ? fmt::format("{:<{}}  ", field, place_width) : std::string();
    };
    text += fmt::format("  {:<{}}  {}{:>10}  {:>12}  {:>12}  {:>12}  {:>12}\n", "instance type", width,
                        place_field("region"),
                        problem.market->kind == model::MarketKind::published ? "rate" : "TFLOP/s",
                        "on-demand/h", "spot/h", "FLOP/$", "FLOP/$ spot");
    for (const auto& entry : entries)
        text += fmt::format("{} {:<{}}  {}{:>10.5g}  {:>12}  {:>12}  {:>12.5g}  {:>12}\n",
                            entry.pareto ? "*" : " ", entry.instance_type, width, place_field(place(entry)),
                            entry.rate_tflops, "$" + entry.on_demand.decimal(),
                            entry.spot ? "$" + entry.spot->decimal() : "-", entry.on_demand_flopp,
                            entry.spot_flopp ? fmt::format("{:.5g}", *entry.spot_flopp) : "-");
    for (const auto& left : problem.left_out)
        text += fmt::format(
            "left out: {}: {}\n",
            model::spans_providers(*problem.market) ? model::type_id(left.provider, left.type) : left.type,
            left.reason);
    return text;
}

}  // namespace deepvm::cli
