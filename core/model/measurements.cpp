// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/measurements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/csv_table.h"
#include "base/least_squares.h"

namespace deepvm::model {
namespace {

base::Result<EpochTime> read_row(const base::CsvRow& row) {
    // Below a millisecond and above thirty years nothing was measured; a fit could overflow on it.
    constexpr double shortest = 1e-3;
    constexpr double longest = 1e9;
    auto type = row.required("instance_type");
    if (!type) return tl::unexpected(std::move(type.error()));
    const auto nodes = row.count("nodes", 1, most_measured_nodes);
    if (!nodes) return tl::unexpected(nodes.error());
    const auto seconds = row.number("epoch_seconds", shortest, longest);
    if (!seconds) return tl::unexpected(seconds.error());
    return EpochTime{std::move(*type), static_cast<int>(*nodes), *seconds};
}

base::Result<double> one_node_seconds(const std::string& type, std::span<const EpochTime> times) {
    double sum = 0;
    int count = 0;
    std::set<int> others;
    for (const auto& time : times) {
        if (time.nodes > 1) others.insert(time.nodes);
        if (time.nodes != 1) continue;
        sum += time.epoch_seconds;
        ++count;
    }
    if (count == 0)
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{}: no epoch was measured on 1 node, which speed-up is relative to; "
                                      "add a row with nodes = 1",
                                      type));
    if (others.size() < 2)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format(
                "{}: measured on 1 node and {}; add rows until there are two other node counts", type,
                others.empty() ? std::string("no other") : fmt::format("{} nodes only", *others.begin())));
    return sum / count;
}

MeasuredScaling fit_communication(double one_node, std::span<const EpochTime> times) {
    // The law is linear in its three figures: each of them alone at one second gives what it adds to T(n).
    base::NonNegativeLeastSquares squares;
    for (const auto& time : times)
        squares.add(epoch_seconds({0, 1, 0}, time.nodes) / time.epoch_seconds,
                    epoch_seconds({0, 0, 1}, time.nodes) / time.epoch_seconds,
                    1 - epoch_seconds({one_node, 0, 0}, time.nodes) / time.epoch_seconds);
    const auto [transfer_seconds, latency_seconds] = squares.minimum();
    return {one_node, transfer_seconds, latency_seconds};
}

}  // namespace

base::Result<std::vector<EpochTime>> read_epoch_times(const std::filesystem::path& file) {
    constexpr std::array<std::string_view, 3> columns{"instance_type", "nodes", "epoch_seconds"};
    const auto table = base::CsvTable::read(file, columns);
    if (!table) return tl::unexpected(table.error());
    if (table->size() == 0)
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{}: has no rows; add one for each measured epoch", table->name()));
    std::vector<EpochTime> times;
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto time = read_row(table->row(i));
        if (!time) return tl::unexpected(std::move(time.error()));
        times.push_back(std::move(*time));
    }
    return times;
}

double samples_per_second(const WorkloadProfile& workload, const MeasuredScaling& law) {
    return static_cast<double>(workload.samples_per_epoch) / law.epoch_seconds;
}

base::Result<ScalingFit> fit_scaling(const std::string& instance_type, std::span<const EpochTime> times) {
    const auto one_node = one_node_seconds(instance_type, times);
    if (!one_node) return tl::unexpected(one_node.error());
    std::vector<EpochTime> by_nodes(times.begin(), times.end());
    std::ranges::stable_sort(by_nodes, {}, &EpochTime::nodes);

    ScalingFit fit{instance_type, fit_communication(*one_node, by_nodes), {}, 0};
    for (const auto& time : by_nodes) {
        const double fitted = epoch_seconds(fit.law, time.nodes);
        const double residual = 100 * (fitted / time.epoch_seconds - 1);
        fit.points.push_back({time.nodes, time.epoch_seconds, fitted, residual});
        fit.mean_error_percent += std::abs(residual) / static_cast<double>(by_nodes.size());
    }
    return fit;
}

ScalingFits fit_by_type(std::span<const EpochTime> times) {
    std::map<std::string, std::vector<EpochTime>> by_type;
    for (const auto& time : times)
        by_type[time.instance_type].push_back(time);
    ScalingFits all;
    for (const auto& [type, own] : by_type) {
        auto fit = fit_scaling(type, own);
        if (fit)
            all.fits.push_back(std::move(*fit));
        else
            all.refused.push_back(std::move(fit.error()));
    }
    return all;
}

}  // namespace deepvm::model
