// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/market_reader.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace deepvm::catalog {
namespace {

using SQLite::Statement;

std::optional<double> optional_double(Statement& row, int column) {
    return row.isColumnNull(column) ? std::nullopt : std::optional(row.getColumn(column).getDouble());
}

std::optional<int> optional_int(Statement& row, int column) {
    return row.isColumnNull(column) ? std::nullopt : std::optional(row.getColumn(column).getInt());
}

std::vector<std::string> regions_of(const SQLite::Database& database, const std::string& dataset) {
    Statement row(database, "SELECT DISTINCT region FROM offer WHERE dataset = ? ORDER BY region");
    row.bind(1, dataset);
    std::vector<std::string> regions;
    while (row.executeStep())
        regions.push_back(row.getColumn(0).getString());
    return regions;
}

std::string oldest_source(const SQLite::Database& database, const std::string& dataset) {
    Statement row(
        database,
        "SELECT coalesce(min(as_of), '') FROM source WHERE id IN (SELECT on_demand_source FROM offer "
        "WHERE dataset = ?1 UNION SELECT spot_source FROM offer WHERE dataset = ?1)");
    row.bind(1, dataset);
    row.executeStep();
    return row.getColumn(0).getString();
}

// The types of a data set in catalog order; a provider's only as far as `offered` names them.
std::vector<model::InstanceType> read_types(const SQLite::Database& database, const MarketSummary& summary,
                                            const std::set<std::string>& offered) {
    Statement row(
        database,
        "SELECT t.name, family, quota_class, vcpus, t.memory_gib, network_gbps, accelerator_count, "
        "published_rate, scaling_a, scaling_b, scaling_c, a.name, a.display_name, a.fp32_tflops, "
        "a.tensor_tflops, a.memory_gib FROM instance_type t LEFT JOIN accelerator a ON a.name = accelerator "
        "WHERE dataset = ? ORDER BY position");
    row.bind(1, summary.name);
    const bool provider = summary.kind == model::MarketKind::provider;
    std::vector<model::InstanceType> types;
    while (row.executeStep()) {
        model::InstanceType type;
        type.name = row.getColumn(0).getString();
        if (provider && !offered.contains(type.name)) continue;
        if (provider) type.provider = summary.name;
        type.family = row.getColumn(1).getString();
        type.quota_class = row.getColumn(2).getString();
        type.vcpus = row.getColumn(3).getInt();
        type.memory_gib = optional_double(row, 4);
        type.network_gbps = row.getColumn(5).getDouble();
        type.accelerator_count = row.getColumn(6).getInt();
        type.published_rate = optional_double(row, 7);
        if (const auto a = optional_double(row, 8))
            type.scaling = {*a, row.getColumn(9).getDouble(), row.getColumn(10).getDouble()};
        if (!row.isColumnNull(11))
            type.accelerator = {row.getColumn(11).getString(), row.getColumn(12).getString(),
                                row.getColumn(13).getDouble(), row.getColumn(14).getDouble(),
                                row.getColumn(15).getDouble()};
        types.push_back(std::move(type));
    }
    return types;
}

struct OfferRow {
    std::string region;
    std::string type;
    model::Offer offer;
};

std::vector<OfferRow> read_offers(const SQLite::Database& database, const std::string& dataset,
                                  const std::string& region) {
    const bool all = region == any_region;
    Statement row(database,
                  std::string("SELECT region, instance_type, on_demand, spot, spot_basis, interruption_band, "
                              "on_demand_source, spot_source FROM offer WHERE dataset = ?") +
                      (all ? "" : " AND region = ?") + " ORDER BY region, instance_type");
    row.bind(1, dataset);
    if (!all) row.bind(2, region);
    std::vector<OfferRow> offers;
    while (row.executeStep()) {
        OfferRow& read = offers.emplace_back();
        read.region = row.getColumn(0).getString();
        read.type = row.getColumn(1).getString();
        read.offer.on_demand = base::Money::from_micro(row.getColumn(2).getInt64());
        if (!row.isColumnNull(3)) read.offer.spot = base::Money::from_micro(row.getColumn(3).getInt64());
        read.offer.spot_basis = row.getColumn(4).getString();
        read.offer.interruption_band = optional_int(row, 5);
        read.offer.on_demand_source = row.getColumn(6).getString();
        read.offer.spot_source = row.getColumn(7).getString();
    }
    return offers;
}

std::vector<model::Quota> read_quotas(const SQLite::Database& database, const std::string& dataset) {
    Statement row(
        database,
        "SELECT quota_class, on_demand_vcpus, spot_vcpus FROM quota WHERE dataset = ? ORDER BY position");
    row.bind(1, dataset);
    std::vector<model::Quota> quotas;
    while (row.executeStep())
        quotas.push_back(
            {row.getColumn(0).getString(), row.getColumn(1).getInt(), row.getColumn(2).getInt()});
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
                  "samples_per_epoch, epochs, precision, note FROM workload ORDER BY position");
    std::vector<model::WorkloadProfile> workloads;
    while (row.executeStep()) {
        model::WorkloadProfile& workload = workloads.emplace_back();
        workload.name = row.getColumn(0).getString();
        workload.display_name = row.getColumn(1).getString();
        workload.parameters = row.getColumn(2).getInt64();
        workload.flop_per_sample = row.getColumn(3).getDouble();
        workload.batch_per_accelerator = row.getColumn(4).getInt();
        workload.gradient_bytes_per_parameter = row.getColumn(5).getInt();
        workload.state_bytes_per_parameter = row.getColumn(6).getInt();
        workload.checkpoint_bytes_per_parameter = row.getColumn(7).getInt();
        workload.samples_per_epoch = row.getColumn(8).getInt64();
        workload.epochs = row.getColumn(9).getInt();
        workload.precision =
            row.getColumn(10).getString() == "tensor" ? model::Precision::tensor : model::Precision::fp32;
        workload.note = row.getColumn(11).getString();
    }
    return workloads;
}

model::NetworkSaturation read_saturation(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT network_gbps, workers_per_remote FROM network_saturation ORDER BY network_gbps");
    std::vector<model::SaturationPoint> points;
    while (row.executeStep())
        points.push_back({row.getColumn(0).getDouble(), row.getColumn(1).getDouble()});
    return model::NetworkSaturation(std::move(points));
}

// Adds a data set's types and offers; the places of `offers` follow one another.
void add_dataset(model::Market& market, std::vector<model::InstanceType> types, std::vector<OfferRow> offers,
                 const std::string& provider) {
    std::unordered_map<std::string, std::size_t> index;
    for (auto& type : types) {
        index.emplace(type.name, market.types.size());
        market.types.push_back(std::move(type));
    }
    const auto first = static_cast<std::ptrdiff_t>(market.places.size());
    for (auto& row : offers) {
        const bool same = static_cast<std::ptrdiff_t>(market.places.size()) > first &&
                          market.places.back().region == row.region;
        if (!same) market.places.push_back({provider, std::move(row.region), {}});
        row.offer.type = index.at(row.type);
        market.places.back().offers.push_back(std::move(row.offer));
    }
    std::for_each(market.places.begin() + first, market.places.end(), [](model::Place& place) {
        std::sort(place.offers.begin(), place.offers.end(),
                  [](const model::Offer& a, const model::Offer& b) { return a.type < b.type; });
    });
}

std::vector<model::Source> named_sources(const model::Market& market, std::vector<model::Source> sources) {
    std::set<std::string_view> named;
    for (const auto& place : market.places)
        for (const auto& offer : place.offers) {
            named.insert(offer.on_demand_source);
            if (offer.spot) named.insert(offer.spot_source);
        }
    std::erase_if(sources, [&](const model::Source& source) { return !named.contains(source.id); });
    return sources;
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
    Statement row(database, "SELECT id, description, as_of FROM source ORDER BY id");
    std::vector<model::Source> sources;
    while (row.executeStep())
        sources.push_back(
            {row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString()});
    return sources;
}

std::vector<MarketSummary> read_summaries(const SQLite::Database& database) {
    Statement row(database,
                  "SELECT name, title, kind, (SELECT count(*) FROM instance_type WHERE dataset = d.name), "
                  "(SELECT count(*) FROM offer WHERE dataset = d.name) FROM dataset d "
                  "ORDER BY kind = 'provider', CASE kind WHEN 'published' THEN position END, name");
    std::vector<MarketSummary> summaries;
    while (row.executeStep()) {
        MarketSummary& summary = summaries.emplace_back();
        summary.name = row.getColumn(0).getString();
        summary.title = row.getColumn(1).getString();
        summary.kind = row.getColumn(2).getString() == "published" ? model::MarketKind::published
                                                                   : model::MarketKind::provider;
        summary.instance_types = row.getColumn(3).getInt();
        summary.offers = row.getColumn(4).getInt();
        summary.regions = regions_of(database, summary.name);
        summary.prices_as_of = oldest_source(database, summary.name);
    }
    if (!summaries.empty() && summaries.back().kind == model::MarketKind::provider)
        summaries.push_back(all_providers(summaries));
    return summaries;
}

model::Market read_market(const SQLite::Database& database, const std::vector<MarketSummary>& all,
                          const MarketSummary& chosen, const std::string& region) {
    model::Market market;
    market.name = chosen.name;
    market.title = chosen.title;
    market.kind = chosen.kind;
    const bool every = chosen.name == any_provider;
    for (const auto& summary : all) {
        const bool part = every ? summary.kind == model::MarketKind::provider && summary.name != any_provider
                                : summary.name == chosen.name;
        if (!part) continue;
        auto offers = read_offers(database, summary.name, region);
        std::set<std::string> offered;
        for (const auto& row : offers)
            offered.insert(row.type);
        const bool provider = summary.kind == model::MarketKind::provider;
        add_dataset(market, read_types(database, summary, offered), std::move(offers),
                    provider ? summary.name : std::string());
    }
    market.sources = named_sources(market, read_sources(database));
    market.quotas = read_quotas(database, chosen.name);
    market.node_bound = read_node_bound(database, chosen.name);
    market.workloads = read_workloads(database);
    market.saturation = read_saturation(database);
    return market;
}

}  // namespace deepvm::catalog
