// SPDX-License-Identifier: GPL-3.0-or-later
// Training with parameter servers: the queueing network, fitted to 2 and 8 workers, at the other sizes.
#include <fmt/format.h>

#include <map>

#include "risk/parameter_server.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

constexpr int few = 2;
constexpr int many = 8;

struct ServerRun {
    std::string gpu;
    int servers = 1;
    int workers = 1;
    double seconds = 0;
};

using Setup = std::pair<std::string, int>;  // the GPU and how many servers

base::Result<ServerRun> parse_server_run(const base::CsvRow& row) {
    auto gpu = row.required("worker_gpu");
    if (!gpu) return tl::unexpected(std::move(gpu.error()));
    const auto servers = row.count("parameter_servers", 1, 10'000);
    if (!servers) return tl::unexpected(servers.error());
    const auto workers = row.count("workers", 1, 10'000);
    if (!workers) return tl::unexpected(workers.error());
    const auto seconds = positive(row, "median_seconds");
    if (!seconds) return tl::unexpected(seconds.error());
    return ServerRun{std::move(*gpu), static_cast<int>(*servers), static_cast<int>(*workers), *seconds};
}

bool is_fitted(const ServerRun& run) {
    return run.workers == few || run.workers == many;
}

struct Loads {
    std::map<Setup, risk::ServerLoad> by_setup;
    std::vector<std::string> notes;
};

Loads fit(const std::vector<ServerRun>& runs) {
    std::map<Setup, std::map<int, WeightedMean>> times;
    for (const auto& run : runs) {
        auto& own = times[{run.gpu, run.servers}];
        if (is_fitted(run)) own[run.workers].add(run.seconds, 1);
    }
    Loads loads;
    for (const auto& [setup, own] : times) {
        const auto& [gpu, servers] = setup;
        const auto load =
            own.size() == 2
                ? risk::fit_server_load(servers, {few, own.at(few).value()}, {many, own.at(many).value()})
                : base::fail(base::ErrorCode::invalid_input,
                             fmt::format("needs rows with {} and with {} workers", few, many));
        if (load)
            loads.by_setup.emplace(setup, *load);
        else
            loads.notes.push_back(fmt::format("{} with {} parameter server{}: {}", gpu, servers,
                                              servers == 1 ? "" : "s", load.error().message));
    }
    return loads;
}

}  // namespace

base::Result<Table> parameter_server_table(const std::filesystem::path& folder) {
    constexpr std::array<std::string_view, 4> columns{"worker_gpu", "parameter_servers", "workers",
                                                      "median_seconds"};
    auto runs = read_rows<ServerRun>(folder, parameter_server_file, columns, parse_server_run);
    if (!runs) return tl::unexpected(std::move(runs.error()));
    Table table{std::string(parameter_server_file),
                "2 and 8 workers of each GPU and number of servers",
                "the queue of parameter servers; its load comes from bytes and network there",
                {},
                {},
                {},
                runs->missing};
    if (!table.missing.empty()) return table;
    auto loads = fit(runs->rows);
    for (const auto& run : runs->rows) {
        const auto load = loads.by_setup.find({run.gpu, run.servers});
        if (load == loads.by_setup.end()) continue;
        const auto rates = risk::throughputs(run.workers, run.servers, load->second.compute_seconds,
                                             load->second.service_seconds);
        Key key{{"worker_gpu", run.gpu},
                {"parameter_servers", std::int64_t{run.servers}},
                {"workers", std::int64_t{run.workers}}};
        add_row(table, std::move(key), is_fitted(run), {"median_seconds", Unit::seconds}, run.seconds,
                1 / rates.back());
    }
    table.notes = std::move(loads.notes);
    table.goals = {median_goal(table, 3), worst_goal(table, 8)};
    return table;
}

}  // namespace deepvm::validation
