// SPDX-License-Identifier: GPL-3.0-or-later
// Training speeds of one machine: the estimate for pairs of accelerator and workload that nobody measured.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "model/precision.h"
#include "model/speed_estimate.h"
#include "model/statistics.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

using Devices = std::vector<model::DeviceThroughput>;
using DevicePair = std::tuple<std::string, std::string, model::Precision>;

constexpr double rms_factor_goal = 1.25;
constexpr double worst_factor_goal = 1.75;

DevicePair pair_of(const model::DeviceThroughput& row) {
    return {row.accelerator, row.load.workload, *row.precision};
}

// Logarithms of predicted over measured speeds, by pair.
using PairErrors = std::map<DevicePair, std::vector<double>>;

struct DeviceNotes {
    int context = 0;
    int without_figures = 0;
    std::set<std::string> unknown;
};

// Root mean square and worst of the medians of the pairs of which no row was fitted.
std::pair<double, double> factors_of(const PairErrors& errors) {
    double squares = 0;
    double worst = 0;
    for (const auto& [pair, logs] : errors) {
        const double error = model::median(logs);
        squares += error * error;
        worst = std::max(worst, std::abs(error));
    }
    return {std::exp(std::sqrt(squares / static_cast<double>(errors.size()))), std::exp(worst)};
}

void judge_pairs(Table& table, PairErrors errors, const std::set<DevicePair>& fitted) {
    std::erase_if(errors, [&fitted](const auto& entry) { return fitted.contains(entry.first); });
    const auto of_pairs = fmt::format("of the medians of {} pairs never fitted", errors.size());
    const auto [rms, worst] = errors.empty() ? std::pair(0.0, 0.0) : factors_of(errors);
    table.goals = {
        factor_goal("root mean square factor " + of_pairs, rms, rms_factor_goal),
        factor_goal("worst factor " + of_pairs, worst, worst_factor_goal),
    };
}

void say_left_out(Table& table, const DeviceNotes& left_out) {
    if (left_out.context > 0)
        table.notes.push_back(fmt::format("{} rows of use context are for reading only", left_out.context));
    if (left_out.without_figures > 0)
        table.notes.push_back(
            fmt::format("{} rows without FLOP per sample, parameters or a known precision are left out",
                        left_out.without_figures));
    for (const auto& accelerator : left_out.unknown)
        table.notes.push_back(fmt::format("{} is not in {}: its rows are left out; add its peaks there",
                                          accelerator, peaks_file));
}

void compare_devices(Table& table, const Devices& rows, const std::vector<model::Accelerator>& accelerators) {
    const auto estimate = model::SpeedEstimate::fit(rows, accelerators);
    DeviceNotes left_out;
    PairErrors errors;
    std::set<DevicePair> fitted;
    for (const auto& row : rows) {
        const auto known = std::ranges::find(accelerators, row.accelerator, &model::Accelerator::name);
        if (row.use == model::RowUse::context)
            ++left_out.context;
        else if (!row.precision || row.load.flop_per_sample <= 0 || row.load.parameters <= 0)
            ++left_out.without_figures;
        else if (known == accelerators.end())
            left_out.unknown.insert(row.accelerator);
        else {
            const double predicted =
                estimate.samples_per_second(*known, row.load, *row.precision).samples_per_second *
                model::worth_of_accelerators(row.accelerators);
            const bool is_fitted = row.use == model::RowUse::fit;
            add_row(table,
                    {{"accelerator", row.accelerator},
                     {"workload", row.load.workload},
                     {"precision", std::string(model::precision_name(*row.precision))}},
                    is_fitted, {"samples_per_second", Unit::per_second}, row.samples_per_second, predicted);
            errors[pair_of(row)].push_back(std::log(predicted / row.samples_per_second));
            if (is_fitted) fitted.insert(pair_of(row));
        }
    }
    judge_pairs(table, std::move(errors), fitted);
    say_left_out(table, left_out);
}

// The peaks of the folder, or those that the program ships.
base::Result<Rows<model::Accelerator>> read_peaks(const std::filesystem::path& folder,
                                                  const std::filesystem::path& shipped) {
    auto own = read_rows<model::Accelerator>(folder, peaks_file, model::accelerator_columns,
                                             model::parse_accelerator);
    if (!own || own->missing.empty() || shipped.empty()) return own;
    return read_rows<model::Accelerator>(shipped, peaks_file, model::accelerator_columns,
                                         model::parse_accelerator);
}

}  // namespace

base::Result<Table> device_table(const std::filesystem::path& folder, const std::filesystem::path& shipped) {
    const auto rows = read_rows<model::DeviceThroughput>(
        folder, device_file, model::device_throughput_columns, model::parse_device_throughput);
    if (!rows) return tl::unexpected(rows.error());
    Table table{std::string(device_file),
                "rows of use fit, the median of each pair of accelerator and workload in a precision",
                "the speed of every machine that nobody measured with the workload",
                {},
                {},
                {},
                rows->missing};
    if (!table.missing.empty()) return table;
    if (std::ranges::find(rows->rows, model::RowUse::fit, &model::DeviceThroughput::use) ==
        rows->rows.end()) {
        table.missing = fmt::format("{}: has no row of use fit, which speeds are fitted on", device_file);
        return table;
    }
    const auto peaks = read_peaks(folder, shipped);
    if (!peaks) return tl::unexpected(peaks.error());
    table.missing =
        peaks->missing.empty() ? std::string() : fmt::format("{}: {}", device_file, peaks->missing);
    if (table.missing.empty()) compare_devices(table, rows->rows, peaks->rows);
    return table;
}

}  // namespace deepvm::validation
