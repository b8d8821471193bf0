// SPDX-License-Identifier: GPL-3.0-or-later
// Epoch times of DeepVM's clusters: the measured scaling law, fitted on five sizes, at the others.
#include <algorithm>

#include "validation/scaling_runs.h"

namespace deepvm::validation {

bool is_fitted(const model::EpochTime& time) {
    static constexpr std::array nodes{1, 2, 8, 16, 32};
    return std::ranges::find(nodes, time.nodes) != nodes.end();
}

base::Result<ScalingRuns> scaling_runs(const std::filesystem::path& folder) {
    ScalingRuns runs;
    auto times = model::read_epoch_times(folder / scaling_file);
    if (!times && times.error().code != base::ErrorCode::unreadable)
        return tl::unexpected(std::move(times.error()));
    if (!times) {
        runs.missing = std::move(times.error().message);
        return runs;
    }
    runs.times = std::move(*times);
    std::map<std::string, std::vector<model::EpochTime>> fitted;
    for (const auto& time : runs.times) {
        auto& own = fitted[time.instance_type];
        if (is_fitted(time)) own.push_back(time);
    }
    for (const auto& [type, own] : fitted) {
        auto fit = model::fit_scaling(type, own);
        if (fit)
            runs.laws.emplace(type, fit->law);
        else
            runs.notes.push_back(std::move(fit.error().message));
    }
    return runs;
}

base::Result<Table> scaling_table(const std::filesystem::path& folder) {
    auto runs = scaling_runs(folder);
    if (!runs) return tl::unexpected(std::move(runs.error()));
    Table table{
        std::string(scaling_file), "1, 2, 8, 16 and 32 nodes of each type", {}, {}, {}, runs->missing};
    if (!table.missing.empty()) return table;
    for (const auto& time : runs->times) {
        const auto law = runs->laws.find(time.instance_type);
        if (law == runs->laws.end()) continue;
        Key key{{"instance_type", time.instance_type}, {"nodes", std::int64_t{time.nodes}}};
        add_row(table, std::move(key), is_fitted(time), {"epoch_seconds", Unit::seconds}, time.epoch_seconds,
                model::epoch_seconds(law->second, time.nodes));
    }
    table.notes = std::move(runs->notes);
    table.goals = {median_goal(table, 4), worst_goal(table, 8)};
    return table;
}

}  // namespace deepvm::validation
