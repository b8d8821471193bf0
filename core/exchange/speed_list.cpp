// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/speed_list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/csv_table.h"
#include "exchange/plan_values.h"
#include "model/precision.h"

namespace deepvm::exchange {

std::vector<TypeSpeed> type_speeds(const problem::Problem& problem) {
    const double flop = problem::workload_of(problem).flop_per_sample;
    std::vector<TypeSpeed> all;
    std::set<std::size_t> seen;
    for (const problem::Worker& worker : problem.workers) {
        if (!worker.speed || !seen.insert(worker.type).second) continue;
        const auto& type = problem.market->types[worker.type];
        const auto& speed = *worker.speed;
        const double peak =
            1e12 * type.accelerator_count * model::peak_tflops(*type.accelerator, speed.precision);
        TypeSpeed entry{type.provider,
                        type.name,
                        type.accelerator->display_name,
                        type.accelerator_count,
                        speed,
                        speed.range.samples_per_second * flop / peak,
                        {},
                        {}};
        if (speed.measured) {
            entry.sources = speed.measured->sources;
            entry.newest = speed.measured->newest;
        }
        all.push_back(std::move(entry));
    }
    std::ranges::sort(all, [](const TypeSpeed& a, const TypeSpeed& b) {
        return std::tuple(-a.speed.range.samples_per_second, std::string_view(a.provider),
                          std::string_view(a.instance_type)) < std::tuple(-b.speed.range.samples_per_second,
                                                                          std::string_view(b.provider),
                                                                          std::string_view(b.instance_type));
    });
    return all;
}

std::string speeds_json(const problem::Problem& problem, const std::vector<TypeSpeed>& speeds) {
    Json types = Json::array();
    for (const TypeSpeed& of : speeds)
        types.push_back(
            {{"provider", of.provider},
             {"instance_type", of.instance_type},
             {"accelerator", of.accelerator},
             {"accelerators", of.accelerators},
             {"precision", model::precision_name(of.speed.precision)},
             {"samples_per_second", of.speed.range.samples_per_second},
             {"samples_per_second_range", {{"low", of.speed.range.low}, {"high", of.speed.range.high}}},
             {"speed_basis", speed_basis_name(of.speed.basis)},
             {"utilisation", of.utilisation},
             {"sources", of.sources},
             {"newest_source", of.newest.empty() ? Json(nullptr) : Json(of.newest)}});
    Json left_out = Json::array();
    for (const problem::LeftOut& out : problem.left_out)
        left_out.push_back({{"provider", out.provider}, {"instance_type", out.type}, {"reason", out.reason}});
    return text({{"schema", "deepvm-speeds/1"},
                 {"catalog", catalog_value(*problem.market)},
                 {"workload", problem::workload_of(problem).name},
                 {"instance_types", std::move(types)},
                 {"left_out", std::move(left_out)}});
}

std::string speeds_csv(const std::vector<TypeSpeed>& speeds) {
    std::string csv =
        "provider,instance_type,accelerator,accelerators,precision,samples_per_second,low,high,speed_basis,"
        "utilisation,sources,newest_source\n";
    for (const TypeSpeed& of : speeds)
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", base::csv_field(of.provider),
                           base::csv_field(of.instance_type), base::csv_field(of.accelerator),
                           of.accelerators, model::precision_name(of.speed.precision),
                           of.speed.range.samples_per_second, of.speed.range.low, of.speed.range.high,
                           speed_basis_name(of.speed.basis), of.utilisation,
                           base::csv_field(fmt::format("{}", fmt::join(of.sources, "; "))), of.newest);
    return csv;
}

}  // namespace deepvm::exchange
