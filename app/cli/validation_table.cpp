// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/validation_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deepvm::cli {
namespace {

using validation::Row;
using validation::Table;
using validation::Unit;

using Line = std::vector<std::string>;

std::string amount(double value, Unit unit) {
    switch (unit) {
        case Unit::seconds:
            return fmt::format("{:.{}f} s", value, value < 10 ? 3 : value < 1000 ? 2 : 1);
        case Unit::usd:
            return fmt::format("${:.4f}", value);
        case Unit::share:
            return fmt::format("{:.1f} %", 100 * value);
        case Unit::per_second:
            return fmt::format("{:.{}f}/s", value, value < 10 ? 3 : value < 1000 ? 2 : 1);
    }
    return {};
}

// With its sign: whether the model is too slow or too fast.
std::string error_text(const Row& row) {
    const auto error = validation::relative_error(row);
    if (!error) return "-";
    const double percent = std::round(1000 * *error) / 10;  // rounded first: no minus before a zero
    return fmt::format("{:+.1f} %", row.predicted < row.measured && percent > 0 ? -percent : percent);
}

Line header(const Row& row) {
    Line line;
    for (const auto& [column, value] : row.key)
        line.push_back(column);
    line.insert(line.end(), {"quantity", "measured"});
    if (row.measured_interval) line.emplace_back("95 % interval");
    line.insert(line.end(), {"predicted", "error", ""});
    return line;
}

Line cells(const Row& row) {
    Line line;
    for (const auto& [column, value] : row.key)
        line.push_back(std::holds_alternative<std::string>(value)
                           ? std::get<std::string>(value)
                           : std::to_string(std::get<std::int64_t>(value)));
    line.push_back(row.quantity.name);
    line.push_back(amount(row.measured, row.quantity.unit));
    if (row.measured_interval)
        line.push_back(fmt::format("{} .. {}", amount(row.measured_interval->low, row.quantity.unit),
                                   amount(row.measured_interval->high, row.quantity.unit)));
    line.insert(line.end(), {amount(row.predicted, row.quantity.unit), error_text(row),
                             row.fitted    ? "fitted"
                             : row.follows ? "follows"
                                           : ""});
    return line;
}

// Words to the left, numbers to the right: those of the key, and all between the quantity and the last mark.
bool is_right(const Row& row, std::size_t column) {
    if (column < row.key.size()) return std::holds_alternative<std::int64_t>(row.key[column].second);
    return column != row.key.size() && column + 1 != cells(row).size();
}

std::string rows_text(const std::vector<Row>& rows) {
    std::vector<Line> lines{header(rows.front())};
    for (const auto& row : rows)
        lines.push_back(cells(row));
    std::vector<std::size_t> widths(lines.front().size(), 0);
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    std::string text;
    for (const auto& line : lines) {
        std::string one;
        for (std::size_t i = 0; i < line.size(); ++i)
            one += is_right(rows.front(), i) ? fmt::format("  {:>{}}", line[i], widths[i])
                                             : fmt::format("  {:<{}}", line[i], widths[i]);
        one.erase(one.find_last_not_of(' ') + 1);
        text += one + "\n";
    }
    return text;
}

std::string table_text(const Table& table) {
    auto text = table.file + "\n";
    if (!table.missing.empty()) return text + "  not compared: " + table.missing + "\n";
    text += fmt::format("  fitted on {}\n", table.fitted_on);
    text += fmt::format("  used by plans: {}\n\n", table.used_by.empty() ? "no" : table.used_by);
    if (!table.rows.empty()) text += rows_text(table.rows) + "\n";
    const auto median = validation::median_error(table);
    const auto worst = validation::worst_error(table);
    if (median && worst)
        text +=
            fmt::format("  {} predicted: median error {:.1f} %, worst {:.1f} %\n",
                        std::ranges::count_if(table.rows, validation::counts), 100 * *median, 100 * *worst);
    for (const auto& goal : table.goals)
        text += fmt::format("  goal {}: {} ({})\n", goal.met ? "met" : "MISSED", goal.wording, goal.reached);
    for (const auto& note : table.notes)
        text += fmt::format("  note: {}\n", note);
    return text;
}

}  // namespace

std::string validation_text(const std::vector<Table>& tables) {
    std::string text =
        "The model against measured runs; rows that were fitted, or follow from others, "
        "do not count as predicted\n";
    std::size_t goals = 0;
    std::size_t met = 0;
    for (const auto& table : tables) {
        text += "\n" + table_text(table);
        goals += table.goals.size();
        met += static_cast<std::size_t>(std::ranges::count(table.goals, true, &validation::Goal::met));
    }
    return text + fmt::format("\n{} of {} goals met\n", met, goals);
}

}  // namespace deepvm::cli
