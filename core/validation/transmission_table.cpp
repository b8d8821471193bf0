// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints on their way to 1..7 remote nodes, with a law fitted to two and three of them.
#include <fmt/format.h>

#include <algorithm>

#include "risk/transfer.h"
#include "validation/tables.h"
#include "validation/transmission_runs.h"

namespace deepvm::validation {
namespace {

constexpr int workers = transmission_workers;
constexpr double n_sat = transmission_saturation;

base::Result<risk::TransmissionTime> parse_transmission(const base::CsvRow& row) {
    const auto remotes = row.count("remotes", 1, 100'000);
    if (!remotes) return tl::unexpected(remotes.error());
    const auto seconds = positive(row, "transmission_seconds");
    if (!seconds) return tl::unexpected(seconds.error());
    return risk::TransmissionTime{static_cast<int>(*remotes), *seconds};
}

bool is_fitted(const risk::TransmissionTime& time) {
    return time.remotes == 2 || time.remotes == 3;
}

}  // namespace

base::Result<Table> transmission_table(const std::filesystem::path& folder) {
    constexpr std::array<std::string_view, 2> columns{"remotes", "transmission_seconds"};
    auto times = read_rows<risk::TransmissionTime>(folder, transmission_file, columns, parse_transmission);
    if (!times) return tl::unexpected(std::move(times.error()));
    Table table{std::string(transmission_file), "2 and 3 remotes", {}, {}, {}, {}, times->missing};
    if (!table.missing.empty()) return table;

    std::vector<risk::TransmissionTime> fitted;
    std::ranges::copy_if(times->rows, std::back_inserter(fitted),
                         [](const risk::TransmissionTime& time) { return is_fitted(time); });
    const auto law = risk::fit_transmission(fitted, workers, n_sat);
    if (!law) {
        table.missing = fmt::format("{}: {}", transmission_file, law.error().message);
        return table;
    }
    for (const auto& time : times->rows)
        add_row(table, {{"remotes", std::int64_t{time.remotes}}}, is_fitted(time),
                {"transmission_seconds", Unit::seconds}, time.seconds,
                risk::transmission_seconds(*law, workers, time.remotes, n_sat));
    table.notes = {
        fmt::format("{:.2f} s over one line without loss; each of the {} workers beyond {:g} on a "
                    "remote adds {:.1f} % to its time",
                    law->one_line_seconds, workers, n_sat, 100 * law->incast / n_sat)};
    table.goals = {worst_goal(table, 15)};
    return table;
}

}  // namespace deepvm::validation
