// SPDX-License-Identifier: GPL-3.0-or-later
// Lifetimes of preemptible machines: the survival seen on every other row, against that on the rest.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "model/statistics.h"
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

// Revocations of two samples, and what speaks against their machines living alike.
struct LogRank {
    int revocations = 0;
    double p = 1;  ///< of a difference at least as large, if they do
};

// The test of Mantel (1966): at every revocation, as many of the first sample as of all at risk are expected.
LogRank log_rank(const std::vector<risk::Lifetime>& first, const std::vector<risk::Lifetime>& second) {
    std::vector<double> times;
    for (const auto* sample : {&first, &second})
        for (const auto& machine : *sample)
            if (machine.revoked) times.push_back(machine.hours);
    std::ranges::sort(times);
    LogRank test{static_cast<int>(times.size()), 1};
    times.erase(std::unique(times.begin(), times.end()), times.end());
    double difference = 0;
    double variance = 0;
    for (const double time : times) {
        const auto at_risk = [&](const std::vector<risk::Lifetime>& sample) {
            return static_cast<double>(
                std::ranges::count_if(sample, [&](const auto& machine) { return machine.hours >= time; }));
        };
        const auto revoked = [&](const std::vector<risk::Lifetime>& sample) {
            return static_cast<double>(std::ranges::count_if(
                sample, [&](const auto& machine) { return machine.revoked && machine.hours == time; }));
        };
        const double of_first = at_risk(first);
        const double all = of_first + at_risk(second);
        const double ends = revoked(first) + revoked(second);
        difference += revoked(first) - ends * of_first / all;
        if (all > 1) variance += ends * (of_first / all) * (1 - of_first / all) * (all - ends) / (all - 1);
    }
    if (variance > 0) test.p = std::erfc(std::abs(difference) / std::sqrt(2 * variance));
    return test;
}

// The ratio of rates that a test of this many revocations in two halves notices in four of five cases
// (Schoenfeld 1981).
double noticed_ratio(int revocations) {
    constexpr double normal_80 = 0.841621;
    return std::exp(2 * (model::normal_95 + normal_80) / std::sqrt(revocations));
}

void judge(Table& table, const Halves& all) {
    constexpr double least_p = 0.05;
    const auto test = log_rank(all.fitted, all.rest);
    if (test.revocations == 0) {
        table.goals = {{"log-rank test of the halves", "no revocation was seen", false}};
        return;
    }
    table.goals = {
        {fmt::format("log-rank test of the halves: p at least {:g}", least_p),
         fmt::format("p = {:.2f}; of {} revocations it would notice, in four of five cases, a rate {:.1f} "
                     "times as high",
                     test.p, test.revocations, noticed_ratio(test.revocations)),
         test.p >= least_p}};
    const auto inside = std::ranges::count_if(table.rows, [](const Row& row) {
        return row.predicted >= row.measured_interval->low && row.predicted <= row.measured_interval->high;
    });
    table.notes.push_back(fmt::format(
        "{} of {} shares are within the interval of the other half; they are points of the same few curves",
        inside, table.rows.size()));
}

}  // namespace

base::Result<Table> lifetime_table(const std::filesystem::path& folder) {
    Table table{std::string(lifetime_file),
                "every other row, from the first; compared with the rest",
                "revocation rates, where measured lifetimes are asked for",
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
    judge(table, halves(*machines)[std::string(all_gpus)]);
    return table;
}

}  // namespace deepvm::validation
