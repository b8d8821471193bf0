// SPDX-License-Identifier: GPL-3.0-or-later
// Epoch times of DeepVM's clusters: the measured scaling law at sizes that it has not seen.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "validation/scaling_runs.h"

namespace deepvm::validation {

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
    for (const auto& time : runs.times)
        fitted[time.instance_type].push_back(time);
    for (const auto& [type, own] : fitted) {
        auto fit = model::fit_scaling(type, own);
        if (fit)
            runs.laws.emplace(type, fit->law);
        else
            runs.notes.push_back(std::move(fit.error().message));
    }
    return runs;
}

namespace {

constexpr int known_size = 16;  // of clusters, from which twice the size is extrapolated

// The law of a type's times without those that `left_out` says, asked for `nodes`; nothing where the rest is
// not enough for a law.
template <typename LeftOut>
std::optional<double> predicted_without(const ScalingRuns& runs, const model::EpochTime& asked,
                                        const LeftOut& left_out) {
    std::vector<model::EpochTime> rest;
    for (const auto& time : runs.times)
        if (time.instance_type == asked.instance_type && !left_out(time)) rest.push_back(time);
    const auto fit = model::fit_scaling(asked.instance_type, rest);
    if (!fit) return std::nullopt;
    return model::epoch_seconds(fit->law, asked.nodes);
}

// How far the law errs beyond the sizes that it has seen.
Goal extrapolation_goal(const ScalingRuns& runs) {
    constexpr double most_percent = 10;
    double worst = 0;
    int beyond = 0;
    for (const auto& time : runs.times) {
        if (time.nodes <= known_size) continue;
        const auto seconds = predicted_without(
            runs, time, [](const model::EpochTime& other) { return other.nodes > known_size; });
        if (!seconds) continue;
        ++beyond;
        worst = std::max(worst, std::abs(*seconds / time.epoch_seconds - 1));
    }
    return {
        fmt::format("worst error beyond {} nodes, fitted up to there, at most {:g} %", known_size,
                    most_percent),
        beyond > 0 ? fmt::format("{} over {} rows", percent_text(worst), beyond) : "nothing was predicted",
        beyond > 0 && 100 * worst <= most_percent};
}

}  // namespace

// Each size is predicted by all others: five chosen sizes of ten would flatter or blame the law by their
// choice.
base::Result<Table> scaling_table(const std::filesystem::path& folder) {
    auto runs = scaling_runs(folder);
    if (!runs) return tl::unexpected(std::move(runs.error()));
    Table table{std::string(scaling_file),
                "all other sizes of the type, each size left out in turn; the law is relative to one node",
                "the law of a type with epoch times of one's own",
                {},
                {},
                {},
                runs->missing};
    if (!table.missing.empty()) return table;
    for (const auto& time : runs->times) {
        const bool unit = time.nodes == 1;
        auto seconds = predicted_without(runs.value(), time, [&](const model::EpochTime& other) {
            return !unit && other.nodes == time.nodes;
        });
        if (!seconds) continue;
        Key key{{"instance_type", time.instance_type}, {"nodes", std::int64_t{time.nodes}}};
        add_row(table, std::move(key), unit, {"epoch_seconds", Unit::seconds}, time.epoch_seconds, *seconds);
    }
    table.notes = std::move(runs->notes);
    table.notes.emplace_back(
        "what was trained is not published, so the law that plans make of network and gradients cannot be "
        "judged on these runs; it is on those of multinode_throughput.csv");
    table.goals = {median_goal(table, 4), worst_goal(table, 8), extrapolation_goal(*runs)};
    return table;
}

}  // namespace deepvm::validation
