// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "exchange/exchange.h"
#include "exchange/plan_values.h"
#include "planner/decision.h"

namespace deepvm::exchange {

std::string frontier_json(const problem::Problem& problem, const planner::Frontier& frontier) {
    Json request = {{"from_usd_per_hour", frontier.from.usd()}, {"to_usd_per_hour", frontier.to.usd()}};
    request.update(request_value(problem));
    return text({{"schema", "deepvm-frontier/1"},
                 {"catalog", catalog_value(*problem.market)},
                 {"request", std::move(request)},
                 {"overall", plan_values(frontier.overall)},
                 {"by_architecture", by_architecture_value(frontier.by_architecture)},
                 {"policies",
                  {{"cost_first", plan_values(frontier.cost_first)},
                   {"performance_first", plan_values(frontier.performance_first)}}}});
}

std::string frontier_csv(const planner::Frontier& frontier) {
    auto lines = "line," + plan_csv_header() + "\n";
    const auto add = [&](std::string_view line, const std::vector<problem::Plan>& plans) {
        for (const auto& plan : plans)
            lines += fmt::format("{},{}\n", line, plan_csv_fields(plan));
    };
    add("overall", frontier.overall);
    for (const auto& [architecture, plans] : frontier.by_architecture)
        add(name(architecture), plans);
    return lines;
}

}  // namespace deepvm::exchange
