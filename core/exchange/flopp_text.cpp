// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "base/csv_table.h"
#include "exchange/exchange.h"
#include "exchange/plan_values.h"

namespace deepvm::exchange {
namespace {

Json entry_value(const model::Market& market, const problem::FloppEntry& entry) {
    const auto as_of = [&](const std::string& id) {
        const auto source = std::ranges::find(market.sources, id, &model::Source::id);
        return source != market.sources.end() ? Json(source->as_of) : Json(nullptr);
    };
    return {{"instance_type", entry.instance_type},
            {"provider", entry.provider.empty() ? Json(nullptr) : Json(entry.provider)},
            {"region", entry.region.empty() ? Json(nullptr) : Json(entry.region)},
            {"rate_tflops", entry.rate_tflops},
            {"on_demand_usd_per_hour", entry.on_demand.usd()},
            {"spot_usd_per_hour", entry.spot ? Json(entry.spot->usd()) : Json(nullptr)},
            {"on_demand_flopp", entry.on_demand_flopp},
            {"spot_flopp", entry.spot_flopp ? Json(*entry.spot_flopp) : Json(nullptr)},
            {"pareto", entry.pareto},
            {"on_demand_source", entry.on_demand_source},
            {"on_demand_as_of", as_of(entry.on_demand_source)},
            {"spot_source", entry.spot_source.empty() ? Json(nullptr) : Json(entry.spot_source)},
            {"spot_as_of", as_of(entry.spot_source)}};
}

}  // namespace

std::string flopp_json(const problem::Problem& problem, const std::vector<problem::FloppEntry>& entries) {
    Json types = Json::array();
    for (const auto& entry : entries)
        types.push_back(entry_value(*problem.market, entry));
    Json left_out = Json::array();
    for (const auto& left : problem.left_out)
        left_out.push_back({{"instance_type", left.type},
                            {"provider", left.provider.empty() ? Json(nullptr) : Json(left.provider)},
                            {"reason", left.reason}});
    return text({{"schema", "deepvm-flopp/1"},
                 {"catalog", catalog_value(*problem.market)},
                 {"request", request_value(problem)},
                 {"instance_types", std::move(types)},
                 {"left_out", std::move(left_out)}});
}

std::string flopp_csv(const std::vector<problem::FloppEntry>& entries) {
    std::string lines =
        "instance_type,provider,region,rate_tflops,on_demand_usd_per_hour,spot_usd_per_hour,on_demand_flopp,"
        "spot_"
        "flopp,pareto,"
        "on_demand_source,spot_source\n";
    for (const auto& entry : entries)
        lines += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{}\n", base::csv_field(entry.instance_type),
            base::csv_field(entry.provider), base::csv_field(entry.region), entry.rate_tflops,
            entry.on_demand.decimal(), entry.spot ? entry.spot->decimal() : "", entry.on_demand_flopp,
            entry.spot_flopp ? fmt::format("{}", *entry.spot_flopp) : "", entry.pareto ? 1 : 0,
            base::csv_field(entry.on_demand_source), base::csv_field(entry.spot_source));
    return lines;
}

}  // namespace deepvm::exchange
