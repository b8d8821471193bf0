// SPDX-License-Identifier: GPL-3.0-or-later
// Clusters of transient servers (ICAC 2019): asynchronous training with one parameter server, time and cost.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/numbers.h"
#include "risk/parameter_server.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

// The type whose pairs of workers tell what a parameter server costs.
constexpr std::string_view fitted_gpu = "k80";
constexpr std::string_view on_demand = "on-demand";
constexpr std::string_view spot = "spot";

// USD per VM and second, from the paper; finer than base::Money counts.
constexpr double k80_on_demand_price = 0.00020083;
constexpr double k80_spot_price = 0.000071;
constexpr double server_price = 0.0000397;

struct Part {
    std::string gpu;
    int workers = 1;
};

struct ClusterRun {
    std::string worker_gpu;  // as in the file: "k80", "v100+2xp100+k80"
    std::vector<Part> parts;
    int workers = 1;
    std::string market;
    double runs = 1;  // of which the figures are medians
    double seconds = 0;
    double usd = 0;
};

bool is_fitted(const ClusterRun& run) {
    return run.workers == 1 || (run.worker_gpu == fitted_gpu && run.workers == 2);
}

// "2xp100" are two workers, "k80" is one.
Part parse_part(std::string_view text) {
    const auto cross = text.find('x');
    if (cross != std::string_view::npos)
        if (const auto count = base::parse_integer(text.substr(0, cross));
            count && *count > 0 && *count < 10'000)
            return {std::string(text.substr(cross + 1)), static_cast<int>(*count)};
    return {std::string(text), 1};
}

// A mixed cluster names how many workers of which kind, a plain one may name only the kind.
base::Result<std::vector<Part>> parse_parts(const base::CsvRow& row, std::string_view text, int workers) {
    std::vector<Part> parts;
    int sum = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('+', begin), text.size());
        parts.push_back(parse_part(text.substr(begin, end - begin)));
        sum += parts.back().workers;
        begin = end + 1;
    }
    if (parts.size() == 1 && parts.front().gpu == text) parts.front().workers = sum = workers;
    if (sum != workers)
        return tl::unexpected(
            row.error(fmt::format("worker_gpu \"{}\" names {} workers, the column workers {}; correct one of "
                                  "them",
                                  text, sum, workers)));
    return parts;
}

base::Result<ClusterRun> parse_cluster_run(const base::CsvRow& row) {
    auto gpu = row.required("worker_gpu");
    if (!gpu) return tl::unexpected(std::move(gpu.error()));
    const auto workers = row.count("workers", 1, 10'000);
    if (!workers) return tl::unexpected(workers.error());
    auto parts = parse_parts(row, *gpu, static_cast<int>(*workers));
    if (!parts) return tl::unexpected(std::move(parts.error()));
    const auto& market = row.text("market");
    if (market != on_demand && market != spot)
        return tl::unexpected(row.error(fmt::format("market \"{}\" is neither on-demand nor spot", market)));
    const auto runs = row.count("runs", 1, 1'000'000);
    if (!runs) return tl::unexpected(runs.error());
    const auto seconds = positive(row, "median_seconds");
    if (!seconds) return tl::unexpected(seconds.error());
    const auto usd = positive(row, "median_cost_usd");
    if (!usd) return tl::unexpected(usd.error());
    return ClusterRun{*gpu,   std::move(*parts),          static_cast<int>(*workers),
                      market, static_cast<double>(*runs), *seconds,
                      *usd};
}

// What the rows to fit on say: how long one worker of each kind takes, what the server adds, and the prices.
struct Fit {
    std::map<std::string, double> alone_seconds;
    std::map<std::pair<std::string, std::string>, double> usd_per_second;  // by GPU and market
    risk::ServerLoad load;                                                 // of fitted_gpu

    // Time for the job and price of the whole cluster a second; nothing where a kind was not measured alone.
    std::optional<double> seconds(const std::vector<Part>& parts) const;
    std::optional<double> price(const std::vector<Part>& parts, const std::string& market) const;
};

int count(const std::vector<Part>& parts) {
    int sum = 0;
    for (const auto& part : parts)
        sum += part.workers;
    return sum;
}

std::optional<double> Fit::seconds(const std::vector<Part>& parts) const {
    std::vector<risk::WorkerGroup> groups;
    for (const auto& part : parts) {
        const auto alone = alone_seconds.find(part.gpu);
        if (alone == alone_seconds.end()) return std::nullopt;
        groups.push_back({part.workers, std::max(0.0, alone->second - load.service_seconds)});
    }
    const auto rate = risk::mixed_throughput(groups, 1, load.service_seconds);
    if (!rate || !(*rate > 0)) return std::nullopt;
    return 1 / *rate;
}

// A lone worker keeps the parameters itself: only from two on a server is paid for.
std::optional<double> Fit::price(const std::vector<Part>& parts, const std::string& market) const {
    double sum = count(parts) > 1 ? server_price : 0;
    for (const auto& part : parts) {
        const auto one = usd_per_second.find({part.gpu, market});
        if (one == usd_per_second.end()) return std::nullopt;
        sum += part.workers * one->second;
    }
    return sum;
}

base::Result<Fit> fit(const std::vector<ClusterRun>& runs) {
    std::map<std::string, WeightedMean> alone;
    std::map<std::pair<std::string, std::string>, WeightedMean> prices;
    WeightedMean pair;
    for (const auto& run : runs) {
        if (run.workers == 1) {
            alone[run.worker_gpu].add(run.seconds, run.runs);
            prices[{run.worker_gpu, run.market}].add(run.usd / run.seconds, run.runs);
        } else if (is_fitted(run)) {
            pair.add(run.seconds, run.runs);
        }
    }
    Fit fitted;
    for (const auto& [gpu, mean] : alone)
        fitted.alone_seconds[gpu] = mean.value();
    for (const auto& [gpu_and_market, mean] : prices)
        fitted.usd_per_second[gpu_and_market] = mean.value();
    const std::string k80(fitted_gpu);
    fitted.usd_per_second[{k80, std::string(on_demand)}] = k80_on_demand_price;
    fitted.usd_per_second[{k80, std::string(spot)}] = k80_spot_price;
    if (!fitted.alone_seconds.contains(k80) || pair.empty())
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("needs rows with 1 and with 2 workers of {}", k80));
    auto load = risk::fit_server_load(1, {1, fitted.alone_seconds[k80]}, {2, pair.value()});
    if (!load) return tl::unexpected(std::move(load.error()));
    fitted.load = *load;
    return fitted;
}

void add_rows(Table& table, const Fit& fitted, const ClusterRun& run) {
    const auto seconds = fitted.seconds(run.parts);
    if (!seconds) {
        table.notes.push_back(
            fmt::format("{} workers {}: of too many kinds, or of one that was not measured alone",
                        run.workers, run.worker_gpu));
        return;
    }
    const Key key{
        {"worker_gpu", run.worker_gpu}, {"workers", std::int64_t{run.workers}}, {"market", run.market}};
    add_row(table, key, is_fitted(run), {"median_seconds", Unit::seconds}, run.seconds, *seconds);
    const auto price = fitted.price(run.parts, run.market);
    if (!price) {
        table.notes.push_back(fmt::format("{} workers {} {}: the price of a kind of them is not known",
                                          run.workers, run.worker_gpu, run.market));
        return;
    }
    add_row(table, key, is_fitted(run), {"median_cost_usd", Unit::usd}, run.usd, *price * *seconds);
    table.rows.back().follows = !is_fitted(run);  // the time at a known price
}

// The K80's server load beside workers that are faster, as one table measured them; nothing without it.
std::optional<double> error_on_faster_workers(const Fit& fitted, const std::filesystem::path& folder) {
    constexpr std::string_view faster = "v100";
    struct Run {
        int workers = 1;
        double seconds = 0;
    };
    constexpr std::array<std::string_view, 4> columns{"worker_gpu", "parameter_servers", "workers",
                                                      "median_seconds"};
    const auto runs = read_rows<std::optional<Run>>(
        folder, parameter_server_file, columns,
        [&](const base::CsvRow& row) -> base::Result<std::optional<Run>> {
            const auto workers = row.count("workers", 1, 10'000);
            const auto seconds = positive(row, "median_seconds");
            const bool asked = workers && seconds && row.text("worker_gpu") == faster &&
                               row.text("parameter_servers") == "1";
            if (!asked) return std::optional<Run>();
            return std::optional(Run{static_cast<int>(*workers), *seconds});
        });
    const auto alone = fitted.alone_seconds.find(std::string(faster));
    if (!runs || alone == fitted.alone_seconds.end()) return std::nullopt;
    std::optional<double> worst;
    for (const auto& run : runs->rows) {
        if (!run) continue;
        const auto seconds = fitted.seconds({{std::string(faster), run->workers}});
        if (seconds) worst = std::max(worst.value_or(0), std::abs(*seconds / run->seconds - 1));
    }
    return worst;
}

// What the paper says of eight spot K80 beside one on demand, computed from the fit.
Goal claim_goal(const Fit& fitted) {
    constexpr double speed = 7.7;
    constexpr double cost = 0.40;
    constexpr double tolerance = 0.08;
    const std::vector<Part> one{{std::string(fitted_gpu), 1}};
    const std::vector<Part> eight{{std::string(fitted_gpu), 8}};
    const double one_seconds = fitted.seconds(one).value_or(0);
    const double eight_seconds = fitted.seconds(eight).value_or(1);
    const double predicted_speed = one_seconds / eight_seconds;
    const double predicted_cost = fitted.price(eight, std::string(spot)).value_or(0) * eight_seconds /
                                  (k80_on_demand_price * one_seconds);
    return {fmt::format("8 spot K80 against one on demand within {:.0f} % of {} times the speed at {:.2f} of "
                        "the cost",
                        100 * tolerance, speed, cost),
            fmt::format("{:.2f} times, {:.3f}", predicted_speed, predicted_cost),
            std::abs(predicted_speed / speed - 1) <= tolerance &&
                std::abs(predicted_cost / cost - 1) <= tolerance};
}

}  // namespace

base::Result<Table> cluster_table(const std::filesystem::path& folder) {
    constexpr std::array<std::string_view, 6> columns{"worker_gpu", "workers",        "market",
                                                      "runs",       "median_seconds", "median_cost_usd"};
    auto runs = read_rows<ClusterRun>(folder, cluster_file, columns, parse_cluster_run);
    if (!runs) return tl::unexpected(std::move(runs.error()));
    Table table{std::string(cluster_file),
                "single workers, and 2 workers of K80 (both markets, weighted by their runs)",
                "the queue of parameter servers, with workers of one type",
                {},
                {},
                {},
                runs->missing};
    if (!table.missing.empty()) return table;
    const auto fitted = fit(runs->rows);
    if (!fitted) {
        table.missing = fmt::format("{}: {}", cluster_file, fitted.error().message);
        return table;
    }
    for (const auto& run : runs->rows)
        add_rows(table, *fitted, run);
    table.notes.push_back(fmt::format(
        "one worker's job keeps the parameter server busy for {:.0f} s, as measured with K80 and taken "
        "for all; a revoked worker is taken to be replaced at once",
        fitted->load.service_seconds));
    if (const auto off = error_on_faster_workers(*fitted, folder))
        table.notes.push_back(
            fmt::format("for V100 with one server in {} that load errs by up to {}: plans take "
                        "it from bytes and network instead",
                        parameter_server_file, percent_text(*off)));
    table.notes.push_back(fmt::format(
        "USD per second: K80 {:.8f} on demand, {:.8f} spot, parameter server {:.8f} as published; "
        "other GPUs the cost of their single worker over its time, which contains no server",
        k80_on_demand_price, k80_spot_price, server_price));
    table.goals = {worst_goal(table, 8), claim_goal(*fitted)};
    return table;
}

}  // namespace deepvm::validation
