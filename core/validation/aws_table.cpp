// SPDX-License-Identifier: GPL-3.0-or-later
// The plans that were run on AWS: the scaling laws fitted to other runs, with the first plan as the unit of
// work.
#include <fmt/format.h>

#include <algorithm>

#include "validation/scaling_runs.h"

namespace deepvm::validation {
namespace {

constexpr std::string_view unit_plan = "rank-1";

struct AwsRun {
    std::string plan;
    std::string worker;
    int nodes = 1;
    double usd_per_hour = 0;
    double seconds = 0;

    double usd(double of_seconds) const { return usd_per_hour * of_seconds / 3600; }
};

base::Result<AwsRun> parse_aws_run(const base::CsvRow& row) {
    auto plan = row.required("plan");
    if (!plan) return tl::unexpected(std::move(plan.error()));
    auto worker = row.required("worker");
    if (!worker) return tl::unexpected(std::move(worker.error()));
    const auto nodes = row.count("nodes", 1, model::most_measured_nodes);
    if (!nodes) return tl::unexpected(nodes.error());
    const auto price = row.price("hourly_price");
    if (!price) return tl::unexpected(price.error());
    const auto seconds = positive(row, "makespan_seconds");
    if (!seconds) return tl::unexpected(seconds.error());
    return AwsRun{std::move(*plan), std::move(*worker), static_cast<int>(*nodes), price->usd(), *seconds};
}

// No two predictions of `quantity` are the other way round than what was measured. Plans with equal workers
// are predicted alike: equal is no inversion.
bool same_order(const Table& table, std::string_view quantity) {
    for (const auto& a : table.rows)
        for (const auto& b : table.rows)
            if (a.quantity.name == quantity && b.quantity.name == quantity && a.measured < b.measured &&
                a.predicted > b.predicted)
                return false;
    return true;
}

// Pairs that are predicted to differ: all others cannot be in the wrong order.
int pairs_told_apart(const Table& table, std::string_view quantity) {
    int pairs = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        for (std::size_t j = i + 1; j < table.rows.size(); ++j)
            pairs += table.rows[i].quantity.name == quantity && table.rows[j].quantity.name == quantity &&
                     table.rows[i].predicted != table.rows[j].predicted;
    return pairs;
}

Goal order_goal(const Table& table) {
    const bool makespans = same_order(table, "makespan_seconds");
    const bool costs = same_order(table, "total_cost_usd");
    return {
        fmt::format("same order of makespans ({} pairs are predicted to differ, the others are ties) and of "
                    "costs ({})",
                    pairs_told_apart(table, "makespan_seconds"), pairs_told_apart(table, "total_cost_usd")),
        makespans && costs ? "both"
        : makespans        ? "only makespans"
        : costs            ? "only costs"
                           : "neither",
        makespans && costs};
}

}  // namespace

base::Result<Table> aws_table(const std::filesystem::path& folder) {
    constexpr std::array<std::string_view, 5> columns{"plan", "worker", "nodes", "hourly_price",
                                                      "makespan_seconds"};
    auto runs = read_rows<AwsRun>(folder, aws_file, columns, parse_aws_run);
    if (!runs) return tl::unexpected(std::move(runs.error()));
    auto scaling = scaling_runs(folder);
    if (!scaling) return tl::unexpected(std::move(scaling.error()));
    Table table{
        std::string(aws_file),
        fmt::format("the makespan of {} as the unit; scaling on all rows of {}", unit_plan, scaling_file),
        "the law of a type with epoch times of one's own",
        {},
        {},
        {},
        !runs->missing.empty() ? runs->missing : scaling->missing};
    if (!table.missing.empty()) return table;

    const auto epoch = [&](const AwsRun& run) -> std::optional<double> {
        const auto law = scaling->laws.find(run.worker);
        if (law == scaling->laws.end()) return std::nullopt;
        return model::epoch_seconds(law->second, run.nodes);
    };
    const auto unit = std::ranges::find(runs->rows, unit_plan, &AwsRun::plan);
    if (unit == runs->rows.end() || !epoch(*unit)) {
        table.missing = fmt::format("{}: needs the plan {} with a worker type that {} can be fitted to",
                                    aws_file, unit_plan, scaling_file);
        return table;
    }
    const double epochs = unit->seconds / *epoch(*unit);
    for (const auto& run : runs->rows) {
        const auto one = epoch(run);
        if (!one) {
            table.notes.push_back(fmt::format("{}: no scaling was measured for {}", run.plan, run.worker));
            continue;
        }
        const Key key{{"plan", run.plan}};
        const bool fitted = &run == &*unit;
        const double seconds = epochs * *one;
        add_row(table, key, fitted, {"makespan_seconds", Unit::seconds}, run.seconds, seconds);
        add_row(table, key, fitted, {"total_cost_usd", Unit::usd}, run.usd(run.seconds), run.usd(seconds));
        table.rows.back().follows = !fitted;  // the makespan at a list price
    }
    table.notes.emplace_back(
        "plans with equally many workers of one type are predicted alike, whatever their "
        "remotes; the checkpoints that an anchor writes are not in the scaling law");
    table.goals = {worst_goal(table, 15), order_goal(table)};
    return table;
}

}  // namespace deepvm::validation
