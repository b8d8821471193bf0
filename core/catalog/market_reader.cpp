// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/market_reader.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <unordered_map>

#include "base/printable.h"
#include "catalog/offer_reader.h"
#include "model/fabric.h"
#include "model/precision.h"
#include "model/spot_prices.h"

namespace deepvm::catalog {
namespace {

using SQLite::Statement;

// A catalog is a file like any other: what stands in it is shown.
std::string text(Statement& row, int column) {
    return base::printable(row.getColumn(column).getString());
}

std::optional<double> optional_double(Statement& row, int column) {
    return row.isColumnNull(column) ? std::nullopt : std::optional(row.getColumn(column).getDouble());
}

// SQLite has no CHECK for what is read, so the ranges of the schema are here once more.
template <typename T>
T within(T value, std::type_identity_t<T> least, std::type_identity_t<T> most, const char* what) {
    if (!(value >= least && value <= most)) throw std::runtime_error(fmt::format("{} is out of range", what));
    return value;
}

std::optional<double> optional_amount(Statement& row, int column, const char* what, double most = 1e6) {
    constexpr double least = std::numeric_limits<double>::min();  // above 0
    const auto amount = optional_double(row, column);
    return amount ? std::optional(within(*amount, least, most, what)) : std::nullopt;
}

std::optional<int> optional_int(Statement& row, int column) {
    return row.isColumnNull(column) ? std::nullopt : std::optional(row.getColumn(column).getInt());
}

// Rows with the numbers that the catalog has given them.
template <typename T>
struct Numbered {
    std::vector<std::int64_t> numbers;
    std::vector<T> values;
};

using Accelerators = std::unordered_map<std::string, model::Accelerator>;

Accelerators accelerators_by_name(const SQLite::Database& database) {
    Accelerators accelerators;
    for (auto& each : read_accelerators(database)) {
        auto key = each.name;
        accelerators.emplace(std::move(key), std::move(each));
    }
    return accelerators;
}

// The types of a data set in catalog order.
struct ReadTypes : Numbered<model::InstanceType> {
    std::vector<std::optional<double>> mean_log_shares;  ///< of each, see model::TypeShare
};

ReadTypes read_types(const SQLite::Database& database, const MarketSummary& summary,
                     const Accelerators& accelerators) {
    Statement row(database,
                  "SELECT number, name, family, quota_class, vcpus, memory_gib, network_gbps, "
                  "accelerator_count, published_rate, scaling_a, scaling_b, scaling_c, accelerator, fabric, "
                  "fabric_gbps, cpu_architecture, mean_log_share FROM instance_type WHERE dataset = ? ORDER "
                  "BY position");
    row.bind(1, summary.name);
    ReadTypes types;
    while (row.executeStep()) {
        types.numbers.push_back(row.getColumn(0).getInt64());
        model::InstanceType& type = types.values.emplace_back();
        if (summary.kind == model::MarketKind::provider) type.provider = summary.name;
        type.name = text(row, 1);
        type.family = text(row, 2);
        type.quota_class = text(row, 3);
        type.vcpus = within(row.getColumn(4).getInt(), 1, 100'000, "a count of vCPUs");
        type.memory_gib = optional_amount(row, 5, "an amount of memory");
        type.network_gbps = optional_amount(row, 6, "a speed of a network").value_or(0);
        type.accelerator_count = within(row.getColumn(7).getInt(), 0, 1024, "a count of accelerators");
        type.published_rate = optional_amount(row, 8, "a published rate", 1e12);
        constexpr const char* term = "a term of a scaling law";
        if (const auto a = optional_amount(row, 9, term))
            type.scaling = {*a, optional_amount(row, 10, term).value(),
                            optional_amount(row, 11, term).value()};
        if (!row.isColumnNull(12)) type.accelerator = accelerators.at(text(row, 12));
        type.fabric = model::fabric_named(text(row, 13)).value_or(model::Fabric::tcp);
        type.fabric_gbps = optional_amount(row, 14, "a speed of a fabric").value_or(0);
        if (text(row, 15) == name(model::HostArchitecture::arm64)) type.host = model::HostArchitecture::arm64;
        const auto share = optional_double(row, 16);
        if (share) within(*share, -20, 20, "a mean share");
        types.mean_log_shares.push_back(share);
    }
    return types;
}

Numbered<std::string> read_regions(const SQLite::Database& database, const std::string& dataset) {
    Statement row(database, "SELECT number, region FROM place WHERE dataset = ? ORDER BY region");
    row.bind(1, dataset);
    Numbered<std::string> regions;
    while (row.executeStep()) {
        regions.numbers.push_back(row.getColumn(0).getInt64());
        regions.values.push_back(text(row, 1));
    }
    return regions;
}

Numbered<model::Source> read_numbered_sources(const SQLite::Database& database) {
    Statement row(database, "SELECT number, id, description, as_of FROM source ORDER BY id");
    Numbered<model::Source> sources;
    while (row.executeStep()) {
        sources.numbers.push_back(row.getColumn(0).getInt64());
        sources.values.push_back({text(row, 1), text(row, 2), text(row, 3)});
    }
    if (sources.values.size() > std::numeric_limits<std::uint16_t>::max())
        throw std::runtime_error("there are too many sources");
    return sources;
}

std::vector<model::Quota> read_quotas(const SQLite::Database& database, const std::string& dataset) {
    Statement row(
        database,
        "SELECT quota_class, on_demand_vcpus, spot_vcpus FROM quota WHERE dataset = ? ORDER BY position");
    row.bind(1, dataset);
    std::vector<model::Quota> quotas;
    while (row.executeStep())
        quotas.push_back({text(row, 0), row.getColumn(1).getInt(), row.getColumn(2).getInt()});
    return quotas;
}

std::optional<int> read_node_bound(const SQLite::Database& database, const std::string& dataset) {
    Statement row(database, "SELECT node_bound FROM dataset WHERE name = ?");
    row.bind(1, dataset);
    return row.executeStep() ? optional_int(row, 0) : std::nullopt;
}

std::vector<model::WorkloadProfile> read_workloads(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT name, display_name, parameters, flop_per_sample, batch_per_accelerator, "
                  "gradient_bytes_per_parameter, state_bytes_per_parameter, checkpoint_bytes_per_parameter, "
                  "samples_per_epoch, epochs, precision, note, kind, accumulation_steps, measured_as "
                  "FROM workload ORDER BY position");
    std::vector<model::WorkloadProfile> workloads;
    while (row.executeStep()) {
        model::WorkloadProfile& workload = workloads.emplace_back();
        workload.name = text(row, 0);
        workload.display_name = text(row, 1);
        workload.parameters = row.getColumn(2).getInt64();
        workload.flop_per_sample = row.getColumn(3).getDouble();
        workload.batch_per_accelerator = row.getColumn(4).getInt();
        workload.gradient_bytes_per_parameter = row.getColumn(5).getInt();
        workload.state_bytes_per_parameter = row.getColumn(6).getInt();
        workload.checkpoint_bytes_per_parameter = row.getColumn(7).getInt();
        workload.samples_per_epoch = row.getColumn(8).getInt64();
        workload.epochs = row.getColumn(9).getInt();
        workload.precision = model::precision_named(text(row, 10)).value_or(model::Precision::fp32);
        workload.note = text(row, 11);
        workload.kind = model::workload_kind_named(text(row, 12));
        workload.accumulation_steps = row.getColumn(13).getInt();
        workload.measured_as = text(row, 14);
    }
    return workloads;
}

std::vector<model::DeviceThroughput> read_throughputs(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT accelerator, accelerators, workload, kind, parameters, flop_per_sample, precision, "
                  "samples_per_second, software, source, source_date, use FROM device_throughput "
                  "ORDER BY position");
    std::vector<model::DeviceThroughput> rows;
    while (row.executeStep()) {
        model::DeviceThroughput& read = rows.emplace_back();
        read.accelerator = text(row, 0);
        read.accelerators = row.getColumn(1).getInt();
        read.load = {text(row, 2), model::workload_kind_named(text(row, 3)), row.getColumn(4).getDouble(),
                     row.getColumn(5).getDouble()};
        read.precision = model::precision_named(text(row, 6));
        read.samples_per_second = row.getColumn(7).getDouble();
        read.software = text(row, 8);
        read.source = text(row, 9);
        read.source_date = text(row, 10);
        read.use = static_cast<model::RowUse>(row.getColumn(11).getInt());
    }
    return rows;
}

model::SpeedKnowledge read_speeds(const SQLite::Database& database, const Accelerators& accelerators) {
    std::vector<model::Accelerator> known;
    known.reserve(accelerators.size());
    for (const auto& [name, accelerator] : accelerators)
        known.push_back(accelerator);
    return model::speed_knowledge(read_throughputs(database), known);
}

// An estimate becomes what to expect to pay; a spot price that is not below the on-demand one is kept for
// people to see, and not planned with: nobody rents such a machine.
void set_spot_prices(std::span<model::Offer> offers, std::span<const std::optional<double>> mean_log_shares) {
    for (auto& offer : offers) {
        if (!offer.spot) continue;
        const auto listed = *offer.spot;
        const auto& mean = mean_log_shares[offer.type];
        if (offer.spot_basis == model::PriceBasis::advisor_savings && mean) {
            const auto expected = model::shrunk_spot_price(model::measured_shrinkage, offer.on_demand.usd(),
                                                           listed.usd(), *mean);
            // What is expected of next to nothing is still a price.
            offer.spot = std::max(base::Money::from_micro(1), base::Money::from_usd(expected.usd_per_hour));
        }
        if (listed > offer.on_demand) offer.spot.reset();
        if (offer.spot != listed) offer.listed_spot = listed;
    }
}

model::NetworkSaturation read_saturation(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT network_gbps, workers_per_remote FROM network_saturation ORDER BY network_gbps");
    std::vector<model::SaturationPoint> points;
    while (row.executeStep())
        points.push_back({row.getColumn(0).getDouble(), row.getColumn(1).getDouble()});
    return model::NetworkSaturation(std::move(points));
}

// Forgets the types from `first` on that no place offers; `first_place` is the first that could.
void drop_unoffered(model::Market& market, std::size_t first, std::size_t first_place) {
    std::vector<std::size_t> index(market.types.size() - first, 0);
    for (std::size_t i = first_place; i < market.places.size(); ++i)
        for (const auto& offer : market.places[i].offers)
            index[offer.type - first] = 1;
    std::size_t kept = first;
    for (std::size_t i = 0; i < index.size(); ++i) {
        if (index[i] == 0) continue;
        index[i] = kept;
        if (kept != first + i) market.types[kept] = std::move(market.types[first + i]);
        ++kept;
    }
    market.types.resize(kept);
    for (std::size_t i = first_place; i < market.places.size(); ++i)
        for (auto& offer : market.places[i].offers)
            offer.type = index[offer.type - first];
}

// Adds a data set's types and its offers in `region`. False when it was stopped.
bool add_dataset(SQLite::Database& database, model::Market& market, const MarketSummary& summary,
                 const std::string& region, std::span<const std::int64_t> sources,
                 const Accelerators& accelerators, const std::stop_token& stop) {
    const bool provider = summary.kind == model::MarketKind::provider;
    const auto first = market.types.size();
    const auto first_place = market.places.size();
    auto types = read_types(database, summary, accelerators);
    std::move(types.values.begin(), types.values.end(), std::back_inserter(market.types));
    const auto regions = read_regions(database, summary.name);
    OfferReader reader(database, types.numbers, sources);
    for (std::size_t i = 0; i < regions.values.size(); ++i) {
        if (region != any_region && region != regions.values[i]) continue;
        auto& place = market.places.emplace_back();
        if (provider) place.provider = summary.name;
        place.region = regions.values[i];
        if (!reader.read(regions.numbers[i], place.offers, stop)) return false;
        set_spot_prices(place.offers, types.mean_log_shares);
        for (auto& offer : place.offers)
            offer.type += first;
    }
    // A published data set is shown whole.
    if (provider) drop_unoffered(market, first, first_place);
    return true;
}

// Gives the market the sources that its offers name, of all sources of the catalog.
void keep_named_sources(model::Market& market, std::vector<model::Source> all) {
    std::vector<std::uint16_t> index(all.size(), 0);
    for (const auto& place : market.places)
        for (const auto& offer : place.offers) {
            index[offer.on_demand_source] = 1;
            if (offer.spot || offer.listed_spot) index[offer.spot_source] = 1;
        }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (index[i] == 0) continue;
        index[i] = static_cast<std::uint16_t>(market.sources.size());
        market.sources.push_back(std::move(all[i]));
    }
    for (auto& place : market.places)
        for (auto& offer : place.offers) {
            offer.on_demand_source = index[offer.on_demand_source];
            if (offer.spot || offer.listed_spot) offer.spot_source = index[offer.spot_source];
        }
}

MarketSummary all_providers(const std::vector<MarketSummary>& summaries) {
    MarketSummary all{std::string(any_provider),
                      "Any provider",
                      model::MarketKind::provider,
                      {std::string(any_region)},
                      0,
                      0,
                      {}};
    for (const auto& summary : summaries) {
        if (summary.kind != model::MarketKind::provider) continue;
        all.instance_types += summary.instance_types;
        all.offers += summary.offers;
        if (all.prices_as_of.empty() ||
            (!summary.prices_as_of.empty() && summary.prices_as_of < all.prices_as_of))
            all.prices_as_of = summary.prices_as_of;
    }
    return all;
}

}  // namespace

std::vector<model::Source> read_sources(const SQLite::Database& database) {
    return read_numbered_sources(database).values;
}

std::vector<model::Accelerator> read_accelerators(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT name, display_name, fp32_tflops, tensor_tflops, memory_gib, memory_bandwidth_gbs, "
                  "year FROM accelerator ORDER BY name");
    std::vector<model::Accelerator> accelerators;
    while (row.executeStep())
        accelerators.push_back({text(row, 0), text(row, 1), row.getColumn(2).getDouble(),
                                row.getColumn(3).getDouble(), row.getColumn(4).getDouble(),
                                row.getColumn(5).getDouble(), row.getColumn(6).getInt()});
    return accelerators;
}

std::vector<model::InstanceType> read_all_types(const SQLite::Database& database,
                                                const MarketSummary& summary) {
    return read_types(database, summary, accelerators_by_name(database)).values;
}

std::vector<MarketSummary> read_summaries(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT name, title, kind, instance_types, offers, prices_as_of FROM dataset JOIN summary "
                  "ON dataset = name "
                  "ORDER BY kind = 'provider', CASE kind WHEN 'published' THEN position END, name");
    std::vector<MarketSummary> summaries;
    while (row.executeStep()) {
        MarketSummary& summary = summaries.emplace_back();
        summary.name = text(row, 0);
        summary.title = text(row, 1);
        summary.kind =
            text(row, 2) == "published" ? model::MarketKind::published : model::MarketKind::provider;
        summary.instance_types = row.getColumn(3).getInt();
        summary.offers = row.getColumn(4).getInt();
        summary.prices_as_of = text(row, 5);
        summary.regions = read_regions(database, summary.name).values;
    }
    if (!summaries.empty() && summaries.back().kind == model::MarketKind::provider)
        summaries.push_back(all_providers(summaries));
    return summaries;
}

std::optional<model::Market> read_market(SQLite::Database& database, const std::vector<MarketSummary>& all,
                                         const MarketSummary& chosen, const std::string& region,
                                         const std::stop_token& stop) {
    model::Market market;
    market.name = chosen.name;
    market.title = chosen.title;
    market.kind = chosen.kind;
    auto sources = read_numbered_sources(database);
    const auto accelerators = accelerators_by_name(database);
    const bool every = chosen.name == any_provider;
    for (const auto& summary : all) {
        const bool part = every ? summary.kind == model::MarketKind::provider && summary.name != any_provider
                                : summary.name == chosen.name;
        if (part && !add_dataset(database, market, summary, region, sources.numbers, accelerators, stop))
            return std::nullopt;
    }
    keep_named_sources(market, std::move(sources.values));
    market.quotas = read_quotas(database, chosen.name);
    market.node_bound = read_node_bound(database, chosen.name);
    market.workloads = read_workloads(database);
    if (market.kind == model::MarketKind::provider) market.speeds = read_speeds(database, accelerators);
    market.saturation = read_saturation(database);
    return market;
}

}  // namespace deepvm::catalog
