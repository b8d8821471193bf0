// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fabric.h"

#include <algorithm>
#include <array>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "base/name_table.h"
#include "model/statistics.h"

namespace deepvm::model {
namespace {

constexpr std::array<std::pair<Fabric, std::string_view>, 4> fabrics{
    {{Fabric::tcp, "tcp"},
     {Fabric::efa, "efa"},
     {Fabric::infiniband, "infiniband"},
     {Fabric::gpudirect_tcpx, "gpudirect-tcpx"}}};

// Of values that all count alike; nothing of none.
std::optional<double> mean_of(const std::vector<double>& values) {
    if (values.empty()) return std::nullopt;
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

}  // namespace

std::string_view fabric_name(Fabric fabric) {
    return base::name_in(fabrics, fabric);
}

std::optional<Fabric> fabric_named(std::string_view text) {
    return base::find_in(fabrics, text);
}

std::vector<std::string> fabric_names() {
    return base::names_in(fabrics);
}

double usable_gbps(Fabric fabric, double line_gbps, double tcp_gbps) {
    const double usable = usable_share * line_gbps;
    return fabric == Fabric::tcp ? std::min(usable, tcp_gbps) : usable;
}

double usable_gbps(const InstanceType& type) {
    return usable_gbps(type.fabric, type.fabric_gbps > 0 ? type.fabric_gbps : type.network_gbps);
}

int most_measured_accelerators(WorkloadKind kind) {
    switch (kind) {
        case WorkloadKind::convolution:
            return 128;
        case WorkloadKind::encoder:
            return 256;
        case WorkloadKind::language_model:
            return 1024;
        case WorkloadKind::vision_transformer:
        case WorkloadKind::diffusion:
            break;
    }
    return 0;
}

Fabric likely_fabric(double line_gbps) {
    return line_gbps < slowest_rdma_gbps ? Fabric::tcp : Fabric::infiniband;
}

double gradient_bytes(Precision precision) {
    return precision == Precision::fp32 || precision == Precision::tf32 ? 4 : 2;
}

AnalyticScaling fabric_law(double parameters, double gradient_bytes_per_parameter, double batch,
                           double node_samples_per_second, double usable_gbps, const ClusterWay& way) {
    AnalyticScaling law;
    double bytes = parameters * gradient_bytes_per_parameter;
    if (way.sharded_frozen_bytes) bytes = 1.5 * bytes + *way.sharded_frozen_bytes;
    law.step_compute_seconds = way.accumulation_steps * batch / node_samples_per_second;
    law.transfer_seconds = 8 * bytes / (usable_gbps * 1e9);
    law.hidden = std::clamp(way.hidden, 0.0, most_hidden);
    return law;
}

bool can_predict(const ClusterThroughput& row) {
    return row.network_gbps && row.load.parameters > 0 && row.precision && row.batch_per_accelerator;
}

double predicted_samples_per_second(const ClusterThroughput& row, double node_samples_per_second,
                                    double tcp_gbps) {
    const double line = row.network_gbps.value();
    const auto law =
        fabric_law(row.load.parameters, gradient_bytes(row.precision.value()),
                   row.batch_per_accelerator.value() * row.accelerators_per_node, node_samples_per_second,
                   usable_gbps(likely_fabric(line), line, tcp_gbps), {0, row.accumulation_steps, {}});
    return node_samples_per_second * effective_nodes(law, row.nodes);
}

std::vector<ClusterSeries> cluster_series(std::span<const ClusterThroughput> rows) {
    std::map<std::string, std::pair<std::vector<double>, std::vector<ClusterThroughput>>> by_name;
    for (const auto& row : rows) {
        if (row.use == RowUse::context) continue;
        auto& [alone, together] = by_name[row.series];
        if (row.nodes == 1)
            alone.push_back(row.samples_per_second);
        else if (can_predict(row))
            together.push_back(row);
    }
    std::vector<ClusterSeries> all;
    for (auto& [name, found] : by_name)
        if (!found.first.empty() && !found.second.empty())
            all.push_back({name, median(std::move(found.first)), std::move(found.second)});
    return all;
}

std::optional<double> cluster_error(std::span<const ClusterSeries> series, double tcp_gbps) {
    std::map<std::string, std::vector<double>> families;
    for (const auto& one : series) {
        std::vector<double> squares;
        for (const auto& row : one.rows) {
            const double error =
                std::log(predicted_samples_per_second(row, one.node_samples_per_second, tcp_gbps) /
                         row.samples_per_second);
            squares.push_back(error * error);
        }
        if (const auto mean = mean_of(squares)) families[one.family()].push_back(*mean);
    }
    std::vector<double> means;
    means.reserve(families.size());
    for (const auto& [family, squares] : families)
        means.push_back(*mean_of(squares));
    const auto mean = mean_of(means);
    return mean ? std::optional(std::sqrt(*mean)) : std::nullopt;
}

base::Result<double> fit_tcp_gbps(std::span<const ClusterThroughput> rows) {
    std::vector<ClusterThroughput> fitted;
    for (const auto& row : rows)
        if (row.use == RowUse::fit && (!row.network_gbps || likely_fabric(*row.network_gbps) == Fabric::tcp))
            fitted.push_back(row);
    // In an order of their own, so that sums do not depend on that of the file.
    std::ranges::sort(fitted, {}, [](const ClusterThroughput& row) {
        return std::tuple(row.series, row.nodes, row.samples_per_second, row.batch_per_accelerator,
                          row.accumulation_steps);
    });
    const auto series = cluster_series(fitted);
    if (series.empty())
        return base::fail(base::ErrorCode::invalid_input,
                          "no row to fit on has a line below 100 Gbit/s, which the cap of TCP is fitted on; "
                          "add a series with use = fit");
    const auto error = [&series](double log_gbps) { return *cluster_error(series, std::exp(log_gbps)); };

    // The error may have several valleys: Brent's method walks down the deepest of a coarse look.
    constexpr double least = 0.5;
    constexpr double step = 0.1;  // of the logarithm
    constexpr int steps = 53;     // up to 100 Gbit/s
    constexpr int half_precision = std::numeric_limits<double>::digits / 2;
    double best = std::log(least);
    for (int i = 1; i <= steps; ++i) {
        const double at = std::log(least) + i * step;
        if (error(at) < error(best)) best = at;
    }
    return std::exp(
        boost::math::tools::brent_find_minima(error, best - step, best + step, half_precision).first);
}

}  // namespace deepvm::model
