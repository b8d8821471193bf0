// SPDX-License-Identifier: GPL-3.0-or-later
// Training speeds of several machines: the law that knows the fabric, from what one of them makes alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "model/fabric.h"
#include "model/precision.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

using Clusters = std::vector<model::ClusterThroughput>;

constexpr double series_factor_goal = 1.13;

void add_cluster_row(Table& table, const model::ClusterThroughput& row, double predicted) {
    const auto precision =
        row.precision ? std::string(model::precision_name(*row.precision)) : std::string("not-stated");
    add_row(table,
            {{"series", row.series},
             {"accelerator", row.accelerator},
             {"workload", row.load.workload},
             {"precision", precision},
             {"nodes", std::int64_t{row.nodes}}},
            row.use == model::RowUse::fit || row.nodes == 1, {"samples_per_second", Unit::per_second},
            row.samples_per_second, predicted);
}

void compare_clusters(Table& table, const Clusters& rows, double tcp_gbps) {
    std::map<std::string, double> alone;
    for (const auto& series : model::cluster_series(rows))
        alone.emplace(series.name, series.node_samples_per_second);
    int context = 0;
    int unpredicted = 0;
    for (const auto& row : rows) {
        const auto node = alone.find(row.series);
        if (row.use == model::RowUse::context)
            ++context;
        else if (node == alone.end() || (row.nodes > 1 && !model::can_predict(row)))
            ++unpredicted;
        else
            add_cluster_row(table, row,
                            row.nodes == 1
                                ? node->second
                                : model::predicted_samples_per_second(row, node->second, tcp_gbps));
    }
    if (context > 0)
        table.notes.push_back(fmt::format("{} rows of use context are for reading only", context));
    if (unpredicted > 0)
        table.notes.push_back(fmt::format(
            "{} rows are left out: they lack network, parameters, precision or batch, or their series a row "
            "on one node",
            unpredicted));
}

}  // namespace

base::Result<Table> multinode_table(const std::filesystem::path& folder) {
    const auto read = read_rows<model::ClusterThroughput>(
        folder, multinode_file, model::cluster_throughput_columns, model::parse_cluster_throughput);
    if (!read) return tl::unexpected(read.error());
    Table table{std::string(multinode_file),
                "rows of use fit for the cap of TCP; every series begins at its own row on one node",
                "how clusters scale, unless with epoch times of one's own",
                {},
                {},
                {},
                read->missing};
    if (!table.missing.empty()) return table;
    const auto cap = model::fit_tcp_gbps(read->rows);
    if (!cap) {
        table.missing = fmt::format("{}: {}", multinode_file, cap.error().message);
        return table;
    }
    compare_clusters(table, read->rows, *cap);

    Clusters test;
    std::ranges::copy_if(read->rows, std::back_inserter(test),
                         [](const auto& row) { return row.use == model::RowUse::test; });
    const auto series = model::cluster_series(test);
    const auto error = model::cluster_error(series, *cap);
    table.goals = {
        factor_goal(fmt::format("root mean square factor over the rows on several nodes of {} series "
                                "never fitted, families alike",
                                series.size()),
                    error ? std::exp(*error) : 0, series_factor_goal)};
    table.notes.insert(
        table.notes.begin(),
        fmt::format(
            "TCP brings {:.2f} Gbit/s however fast the line is; lines of {:g} Gbit/s and more are taken "
            "for RDMA and bring 70 %",
            *cap, model::slowest_rdma_gbps));
    return table;
}

}  // namespace deepvm::validation
