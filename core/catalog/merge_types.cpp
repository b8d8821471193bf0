// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/merge_types.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "catalog/csv_import.h"
#include "model/fabric.h"

namespace deepvm::catalog {
namespace {

using SQLite::Statement;

std::int64_t next_of(SQLite::Database& database, const char* query) {
    Statement most(database, query);
    return most.executeStep() ? most.getColumn(0).getInt64() + 1 : 1;
}

template <typename T>
void bind_known(Statement& statement, int index, const std::optional<T>& value) {
    value ? statement.bind(index, *value) : statement.bind(index);
}

}  // namespace

MergeNames::MergeNames(SQLite::Database& database) : database_(database) {
    Statement type(database, "SELECT dataset || '/' || name, number FROM instance_type");
    while (type.executeStep())
        types_.emplace(type.getColumn(0).getString(), type.getColumn(1).getInt64());
    Statement place(database, "SELECT dataset, region, number FROM place ORDER BY region");
    while (place.executeStep()) {
        const auto dataset = place.getColumn(0).getString();
        auto region = place.getColumn(1).getString();
        places_.emplace(fmt::format("{}/{}", dataset, region), place.getColumn(2).getInt64());
        known_regions_[dataset].push_back(std::move(region));
    }
    Statement source(database, "SELECT id, number, as_of FROM source");
    while (source.executeStep()) {
        sources_.emplace(source.getColumn(0).getString(), source.getColumn(1).getInt64());
        dates_.emplace(source.getColumn(1).getInt64(), source.getColumn(2).getString());
    }
}

void MergeNames::add(const Merge& merge, MergeOutcome& outcome) {
    add_sources(merge.sources);
    add_datasets(merge.datasets);
    outcome.new_types = add_types(merge.types);
    set_quotas(merge, outcome);
}

std::optional<std::int64_t> MergeNames::type(const std::string& dataset, const std::string& name) const {
    const auto found = types_.find(dataset + "/" + name);
    return found == types_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::int64_t> MergeNames::known_place(const std::string& dataset,
                                                    const std::string& region) const {
    const auto found = places_.find(dataset + "/" + region);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<std::string>& MergeNames::known_regions(const std::string& dataset) const {
    static const std::vector<std::string> none;
    const auto found = known_regions_.find(dataset);
    return found == known_regions_.end() ? none : found->second;
}

std::int64_t MergeNames::add_place(const std::string& dataset, const std::string& region) {
    const auto number = next_of(database_, "SELECT max(number) FROM place");
    Statement insert(database_, "INSERT INTO place VALUES (?, ?, ?)");
    insert.bind(1, number);
    insert.bind(2, dataset);
    insert.bind(3, region);
    insert.exec();
    places_.emplace(dataset + "/" + region, number);
    return number;
}

void MergeNames::add_sources(const std::vector<model::Source>& sources) {
    constexpr std::int64_t most = 65535;
    auto next = next_of(database_, "SELECT max(number) FROM source");
    Statement insert(database_, "INSERT INTO source VALUES (?, ?, ?, ?)");
    for (const auto& source : sources) {
        const auto [known, added] = sources_.emplace(source.id, next);
        source_numbers_.push_back(known->second);
        if (!added) continue;
        if (next > most)
            throw Refused({base::ErrorCode::invalid_input,
                           "the catalog has 65535 sources and no room for more; build a new one with "
                           "\"deepvm catalog build\""});
        insert.reset();
        insert.bind(1, next);
        insert.bind(2, source.id);
        insert.bind(3, source.description);
        insert.bind(4, source.as_of);
        insert.exec();
        dates_.emplace(next++, source.as_of);
    }
}

void MergeNames::add_datasets(const std::vector<DatasetAddition>& datasets) {
    Statement insert(database_,
                     "INSERT INTO dataset(name, title, kind, position) SELECT ?1, ?2, ?3, coalesce((SELECT "
                     "max(position) FROM dataset), 0) + 1 WHERE NOT EXISTS (SELECT 1 FROM dataset WHERE name "
                     "= ?1)");
    for (const auto& dataset : datasets) {
        insert.reset();
        insert.bind(1, dataset.name);
        insert.bind(2, dataset.title);
        insert.bind(3, dataset.kind == model::MarketKind::published ? "published" : "provider");
        insert.exec();
    }
}

int MergeNames::add_types(const std::vector<TypeAddition>& types) {
    auto next = next_of(database_, "SELECT max(number) FROM instance_type");
    Statement insert(
        database_,
        "INSERT INTO instance_type(number, dataset, name, position, family, quota_class, vcpus, memory_gib, "
        "network_gbps, fabric, accelerator, accelerator_count, cpu_architecture, published_rate) VALUES (?1, "
        "?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM instance_type WHERE dataset = ?2), ?4, ?5, ?6, "
        "?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    int added = 0;
    for (const auto& [dataset, type] : types) {
        if (!types_.emplace(dataset + "/" + type.name, next).second) continue;
        const bool published = type.provider.empty();
        insert.reset();
        insert.clearBindings();
        insert.bind(1, next++);
        insert.bind(2, dataset);
        insert.bind(3, type.name);
        insert.bind(4, type.family);
        insert.bind(5, type.quota_class);
        insert.bind(6, type.vcpus);
        bind_known(insert, 7, type.memory_gib);
        if (type.network_known()) insert.bind(8, type.network_gbps);
        if (!published) insert.bind(9, std::string(model::fabric_name(type.fabric)));
        if (type.accelerator) insert.bind(10, type.accelerator->name);
        insert.bind(11, type.accelerator_count);
        if (!published) insert.bind(12, std::string(model::name(type.host)));
        bind_known(insert, 13, type.published_rate);
        insert.exec();
        ++added;
    }
    return added;
}

// ISO date of the newest price of the data set; empty where it has none.
std::string MergeNames::newest_date(const std::string& dataset) {
    Statement row(database_,
                  "SELECT max(as_of) FROM offer JOIN place ON place.number = offer.place JOIN source ON "
                  "source.number IN (on_demand_source, spot_source) WHERE dataset = ?");
    row.bind(1, dataset);
    return row.executeStep() && !row.isColumnNull(0) ? row.getColumn(0).getString() : std::string();
}

// Limits have no date of their own in the catalog: they are as old as the prices they came with. What is not
// there yet may come from any file.
void MergeNames::set_quotas(const Merge& merge, MergeOutcome& outcome) {
    Statement held(database_,
                   "SELECT on_demand_vcpus = ?3 AND spot_vcpus = ?4 FROM quota WHERE dataset = ?1 AND "
                   "quota_class = ?2");
    Statement set(database_,
                  "INSERT INTO quota VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM quota WHERE "
                  "dataset = ?1), ?3, ?4) ON CONFLICT DO UPDATE SET on_demand_vcpus = ?3, spot_vcpus = ?4");
    for (std::size_t i = 0; i < merge.quotas.size(); ++i) {
        const auto& [dataset, quota, source] = merge.quotas[i];
        for (auto* statement : {&held, &set}) {
            statement->reset();
            statement->bind(1, dataset);
            statement->bind(2, quota.quota_class);
            statement->bind(3, quota.on_demand_vcpus);
            statement->bind(4, quota.spot_vcpus);
        }
        const bool is_held = held.executeStep();
        if (is_held && held.getColumn(0).getInt() != 0) continue;
        if (is_held && !merge.allow_older && merge.sources[source].as_of < newest_date(dataset)) {
            outcome.older_quotas.push_back(i);
            continue;
        }
        set.exec();
        ++outcome.quotas;
    }
}

}  // namespace deepvm::catalog
