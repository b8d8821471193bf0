// SPDX-License-Identifier: GPL-3.0-or-later
#include "validation/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <variant>

#include "base/printable.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

// Ascending errors of the rows that count.
std::vector<double> errors(const Table& table) {
    std::vector<double> found;
    for (const auto& row : table.rows)
        if (const auto error = relative_error(row); error && counts(row)) found.push_back(*error);
    std::ranges::sort(found);
    return found;
}

Goal error_goal(std::string_view which, std::optional<double> error, double percent) {
    const auto wording = fmt::format("{} error at most {:g} %", which, percent);
    if (!error) return {wording, "nothing was predicted", false};
    const double beyond = 100 * *error - percent;
    if (beyond <= 0) return {wording, percent_text(*error), true};
    return {wording, fmt::format("{}, {:.1f} percentage points too much", percent_text(*error), beyond),
            false};
}

// Names of a file may hold anything, and go to a terminal from here.
Table shown(Table table) {
    for (auto& row : table.rows)
        for (auto& [column, value] : row.key)
            if (auto* text = std::get_if<std::string>(&value)) *text = base::printable(*text);
    for (auto& note : table.notes)
        note = base::printable(note);
    for (auto& goal : table.goals)
        goal.reached = base::printable(goal.reached);
    return table;
}

}  // namespace

std::optional<double> relative_error(const Row& row) {
    if (row.measured == 0) return std::nullopt;
    return std::abs(row.predicted - row.measured) / std::abs(row.measured);
}

std::optional<double> median_error(const Table& table) {
    const auto sorted = errors(table);
    if (sorted.empty()) return std::nullopt;
    const auto middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

std::optional<double> worst_error(const Table& table) {
    const auto sorted = errors(table);
    return sorted.empty() ? std::nullopt : std::optional(sorted.back());
}

Goal median_goal(const Table& table, double percent) {
    return error_goal("median", median_error(table), percent);
}

Goal worst_goal(const Table& table, double percent) {
    return error_goal("worst", worst_error(table), percent);
}

Goal factor_goal(std::string_view wording, double factor, double most) {
    const auto text = fmt::format("{} at most x{:g}", wording, most);
    if (factor <= 0) return {text, "nothing was predicted", false};
    return {text, fmt::format("x{:.3f}", factor), factor <= most};
}

void add_row(Table& table, Key key, bool fitted, Quantity quantity, double measured, double predicted) {
    table.rows.push_back({std::move(key), fitted, false, std::move(quantity), measured, predicted, {}});
}

std::string percent_text(double share) {
    return fmt::format("{:.1f} %", 100 * share);
}

base::Result<double> positive(const base::CsvRow& row, std::string_view column) {
    return row.number(column, 1e-9, 1e9);
}

base::Result<std::vector<Table>> validate(const std::filesystem::path& folder,
                                          const std::filesystem::path& shipped) {
    std::error_code unknown;
    if (!std::filesystem::is_directory(folder, unknown))
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: no such folder; name one with --data FOLDER", folder.string()));
    const auto devices = [&shipped](const std::filesystem::path& where) {
        return device_table(where, shipped);
    };
    using Read = std::function<base::Result<Table>(const std::filesystem::path&)>;
    std::vector<Table> tables;
    for (const auto& read : {Read(scaling_table), Read(transmission_table), Read(aws_table),
                             Read(parameter_server_table), Read(cluster_table), Read(lifetime_table),
                             Read(devices), Read(multinode_table), Read(spot_price_table)}) {
        auto table = read(folder);
        if (!table) return tl::unexpected(std::move(table.error()));
        tables.push_back(shown(std::move(*table)));
    }
    if (std::ranges::all_of(tables, [](const Table& table) { return !table.missing.empty(); }))
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: nothing can be compared: {}", folder.string(), tables[0].missing));
    return tables;
}

}  // namespace deepvm::validation
