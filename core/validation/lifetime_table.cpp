// SPDX-License-Identifier: GPL-3.0-or-later
// Lifetimes of preemptible machines: the survival seen on every other row, against that on the rest.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "risk/lifetimes.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

constexpr std::array compared_hours{1, 6, 12, 23};
constexpr std::string_view all_gpus = "all";

struct Halves {
    std::vector<risk::Lifetime> fitted;
    std::vector<risk::Lifetime> rest;
};

// The first, third, fifth ... row of the file to fit on, the others to compare with; by GPU, and of all.
std::map<std::string, Halves> halves(const std::vector<risk::Lifetime>& machines) {
    std::map<std::string, Halves> by_gpu;
    for (std::size_t i = 0; i < machines.size(); ++i)
        for (const auto& gpu : {machines[i].gpu, std::string(all_gpus)})
            (i % 2 == 0 ? by_gpu[gpu].fitted : by_gpu[gpu].rest).push_back(machines[i]);
    return by_gpu;
}

bool is_of_all(const Row& row) {
    return row.key.front().second == std::variant<std::string, std::int64_t>(std::string(all_gpus));
}

struct Count {
    int inside = 0;
    int rows = 0;
};

Count count_inside(const Table& table, bool of_all) {
    Count count;
    for (const auto& row : table.rows) {
        if (is_of_all(row) != of_all) continue;
        ++count.rows;
        count.inside +=
            row.predicted >= row.measured_interval->low && row.predicted <= row.measured_interval->high;
    }
    return count;
}

void compare(Table& table, const std::string& gpu, const risk::Lifetimes& fitted,
             const risk::Lifetimes& rest) {
    for (const int hours : compared_hours) {
        const auto measured = rest.survival(hours);
        Key key{{"gpu", gpu}, {"hours", std::int64_t{hours}}};
        add_row(table, std::move(key), false, {"survival", Unit::share}, measured.value,
                fitted.survival(hours).value);
        table.rows.back().measured_interval = Interval{measured.low, measured.high};
    }
}

// Both halves are samples: where they live alike, the difference has twice the variance of one of them.
void judge(Table& table) {
    const auto all = count_inside(table, true);
    table.goals = {{"survival of all machines within the 95 % interval of the other half",
                    fmt::format("{} of {}", all.inside, all.rows), all.rows > 0 && all.inside == all.rows}};
    if (const auto gpus = count_inside(table, false); gpus.rows > 0)
        table.notes.push_back(fmt::format(
            "GPU by GPU {} of {} are within the interval; of equally long-lived halves about five in "
            "six would be, because the prediction is a sample, too",
            gpus.inside, gpus.rows));
}

}  // namespace

base::Result<Table> lifetime_table(const std::filesystem::path& folder) {
    Table table{std::string(lifetime_file),
                "every other row, from the first; compared with the rest",
                {},
                {},
                {},
                {}};
    const auto machines = risk::read_lifetimes(folder / lifetime_file);
    if (!machines && machines.error().code != base::ErrorCode::unreadable)
        return tl::unexpected(machines.error());
    if (!machines) {
        table.missing = machines.error().message;
        return table;
    }
    for (const auto& [gpu, both] : halves(*machines)) {
        const auto fitted = risk::Lifetimes::of(both.fitted);
        const auto rest = risk::Lifetimes::of(both.rest);
        if (!fitted || !rest) {
            table.notes.push_back(
                fmt::format("{}: {}", gpu, fitted ? rest.error().message : fitted.error().message));
            continue;
        }
        compare(table, gpu, *fitted, *rest);
    }
    judge(table);
    return table;
}

}  // namespace deepvm::validation
