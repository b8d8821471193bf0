// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "imports/change_text.h"
#include "imports/formats.h"
#include "imports/report.h"
#include "model/market.h"

namespace deepvm::imports {
namespace {

constexpr std::size_t most_lines = 10;

std::string count(std::size_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string file_lines(const FileReport& file) {
    const auto format = format_named(file.format);
    auto text = fmt::format("{} ({}, prices of {}): {} read", file.name,
                            format ? named(*format).title : std::string_view(file.format), file.date,
                            count(file.rows, "row", "rows"));
    std::size_t left_out = 0;
    std::string kinds;
    for (const auto& [kind, rows] : file.left_out) {
        left_out += rows;
        kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", rows, kind);
    }
    if (left_out > 0) text += fmt::format("; {} left out: {}", left_out, kinds);
    text += '\n';
    for (const auto& remark : file.remarks)
        text += fmt::format("  {}\n", remark);
    return text;
}

void add_refusals(std::string& text, const std::map<std::string, Refusals>& refused) {
    for (const auto& [kind, rows] : refused) {
        text += fmt::format("  {}: {}\n", rows.rows, kind);
        if (rows.rows > rows.first.size())
            text +=
                fmt::format("    the first {} of {}; --report json has {}\n", rows.first.size(), rows.rows,
                            rows.rows > rows.first.size() + rows.rest.size() ? "10,000" : "all");
        for (const auto& line : rows.first)
            text += fmt::format("    {}\n", line);
    }
}

std::size_t rows_of(const std::map<std::string, Refusals>& refused) {
    std::size_t all = 0;
    for (const auto& [kind, rows] : refused)
        all += rows.rows;
    return all;
}

// A heading and the first lines of a list.
template <typename List, typename Line>
void add_list(std::string& text, std::string_view heading, const List& list, Line line) {
    if (list.empty()) return;
    text += fmt::format("{}\n", heading);
    for (std::size_t i = 0; i < std::min(list.size(), most_lines); ++i)
        text += fmt::format("  {}\n", line(list[i]));
    if (list.size() > most_lines) text += fmt::format("  ... and {} more\n", list.size() - most_lines);
}

// What else than prices is another now.
std::string other_changes(const ImportReport& report) {
    std::string text;
    if (report.changed_bands > 0)
        text += fmt::format("; {} changed",
                            count(report.changed_bands, "interruption band", "interruption bands"));
    if (report.changed_quotas > 0)
        text += fmt::format("; {} changed", count(report.changed_quotas, "limit", "limits"));
    return text;
}

}  // namespace

void note(Refusals& refused, std::string line) {
    constexpr std::size_t most_shown = 5;
    constexpr std::size_t most_kept = 10'000;
    ++refused.rows;
    if (refused.first.size() < most_shown)
        refused.first.push_back(std::move(line));
    else if (refused.first.size() + refused.rest.size() < most_kept)
        refused.rest.push_back(std::move(line));
}

std::string report_text(const ImportReport& report) {
    auto text = fmt::format("{}: {} changed, {} new, {} confirmed; {}, {}{}{}{}\n", report.target.string(),
                            count(report.changes.size(), "price", "prices"), report.new_prices,
                            report.confirmed, count(report.new_types, "new type", "new types"),
                            count(report.new_offers, "new offer", "new offers"), other_changes(report),
                            report.made && !report.dry_run ? "; made from the catalog of this program" : "",
                            report.dry_run ? "; nothing was written" : "");
    for (const auto& file : report.files)
        text += file_lines(file);
    add_list(text, "largest changes", report.changes, change_text);
    for (const auto& file : report.files) {
        if (file.refused.empty()) continue;
        text +=
            fmt::format("cannot be used: {} of {}\n", count(rows_of(file.refused), "row", "rows"), file.name);
        add_refusals(text, file.refused);
    }
    if (!report.unused.empty()) {
        text += fmt::format("not taken: {}\n", count(rows_of(report.unused), "figure", "figures"));
        add_refusals(text, report.unused);
    }
    add_list(text, fmt::format("not known: {}", count(report.unknown_types.size(), "type", "types")),
             report.unknown_types, [](const UnknownType& type) {
                 return fmt::format("{} {} ({}): missing {}", type.provider, type.type,
                                    count(type.prices, "price", "prices"), type.missing);
             });
    add_list(text, fmt::format("to be looked at: {}", report.flagged.size()), report.flagged,
             [](const std::string& line) { return line; });
    add_list(text, "the oldest prices are now of", report.ages, [](const MarketAge& age) {
        return fmt::format("{}  {} ({} old{})", age.oldest, age.market,
                           count(static_cast<std::size_t>(std::max(age.days, 0)), "day", "days"),
                           age.days > model::stale_days ? ", stale" : "");
    });
    return text;
}

}  // namespace deepvm::imports
