// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalog.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "base/names.h"
#include "catalog/file_image.h"
#include "catalog/market_reader.h"
#include "catalog/schema.h"
#include "catalog/seal.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

tl::unexpected<base::Error> damaged(const fs::path& file, std::string_view why) {
    return refuse_catalog(ErrorCode::damaged, file, fmt::format("the catalog is damaged ({})", why));
}

int schema_version_of(const SQLite::Database& database) {
    SQLite::Statement version(database, "PRAGMA user_version");
    return version.executeStep() ? version.getColumn(0).getInt() : 0;
}

// Each of these is empty when it finds nothing wrong.
std::string wrong_tables(const SQLite::Database& database) {
    SQLite::Statement tables(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    for (const auto* expected : schema_statements(schema_version_of(database)))
        if (!tables.executeStep() || tables.getColumn(0).getString() != expected)
            return "its tables are not the expected";
    return tables.executeStep() ? "it has a table too many" : "";
}

std::string wrong_rows(const SQLite::Database& database) {
    SQLite::Statement integrity(database, "PRAGMA integrity_check(1)");
    if (!integrity.executeStep()) return "its integrity cannot be checked";
    if (auto answer = integrity.getColumn(0).getString(); answer != "ok") {
        std::replace(answer.begin(), answer.end(), '\n', ' ');
        return answer;
    }
    SQLite::Statement references(database, "PRAGMA foreign_key_check");
    if (references.executeStep())
        return fmt::format("table {} refers to a missing row of {}", references.getColumn(0).getString(),
                           references.getColumn(2).getString());
    for (const auto* table : {"dataset", "workload", "network_saturation"})
        if (SQLite::Statement any(database, fmt::format("SELECT 1 FROM {} LIMIT 1", table));
            !any.executeStep())
            return fmt::format("table {} is empty", table);
    return {};
}

std::string wrong_summary(const SQLite::Database& database) {
    SQLite::Statement difference(
        database, fmt::format("SELECT * FROM ({0}) EXCEPT SELECT * FROM summary", summary_query));
    if (difference.executeStep())
        return fmt::format("the summary of {} is not that of its offers",
                           difference.getColumn(0).getString());
    return {};
}

std::string first_defect(const SQLite::Database& database) {
    for (const auto& find : {wrong_tables, wrong_rows, wrong_summary})
        if (auto defect = find(database); !defect.empty()) return defect;
    return {};
}

}  // namespace

// SQLite works on a copy of the file in memory: no lock, no journal, nothing beside the file, and no way for
// another program to change it underneath. Not a read-only database, because SQLite skips CHECK constraints
// in those.
struct Catalog::Connection {
    fs::path file;
    FileImage image;  // outlives the database that is on it
    SQLite::Database database;
    std::vector<MarketSummary> markets;
    std::vector<model::Source> sources;

    Connection(fs::path path, FileImage bytes)
        : file(std::move(path)), image(std::move(bytes)), database(":memory:", SQLite::OPEN_READWRITE) {
        const auto size = static_cast<sqlite3_int64>(image.size());
        if (sqlite3_deserialize(database.getHandle(), "main", image.data(), size, size, 0) != SQLITE_OK)
            throw SQLite::Exception(database.getHandle());
        database.exec("PRAGMA query_only = ON");
        database.exec("PRAGMA trusted_schema = OFF");
        database.exec("PRAGMA cell_size_check = ON");
    }
};

Catalog::Catalog(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

base::Result<Catalog> Catalog::open(const fs::path& file) {
    auto image = read_image(file);
    if (!image) return tl::unexpected(std::move(image.error()));
    try {
        const bool sealed = is_sealed(image->bytes());
        auto connection = std::make_unique<Connection>(file, std::move(*image));
        const auto defect = sealed ? wrong_tables(connection->database) : first_defect(connection->database);
        if (!defect.empty()) return damaged(file, defect);
        if (!sealed) return damaged(file, "it is not as it was built");
        connection->markets = read_summaries(connection->database);
        connection->sources = read_sources(connection->database);
        return Catalog(std::move(connection));
    } catch (const std::exception& failure) {
        return damaged(file, failure.what());
    }
}

const fs::path& Catalog::file() const {
    return connection_->file;
}

const std::vector<MarketSummary>& Catalog::markets() const {
    return connection_->markets;
}

const std::vector<model::Source>& Catalog::sources() const {
    return connection_->sources;
}

// A person who names a region with it wants that region: says of which provider it is.
tl::unexpected<base::Error> Catalog::every_provider_refuses(const std::string& region) const {
    std::string owners;
    for (const auto& market : markets())
        if (market.kind == model::MarketKind::provider && market.name != any_provider &&
            std::find(market.regions.begin(), market.regions.end(), region) != market.regions.end())
            owners += (owners.empty() ? "" : " or ") + market.name;
    return base::fail(ErrorCode::invalid_input,
                      fmt::format("provider \"{}\" is every region of every provider; leave the region "
                                  "\"{}\" out or choose its provider{}",
                                  any_provider, region, owners.empty() ? "" : ", " + owners));
}

base::Result<std::shared_ptr<const model::Market>> Catalog::load(const Selection& selection,
                                                                 const std::stop_token& stop) const {
    std::vector<std::string> names;
    for (const auto& summary : markets())
        names.push_back(summary.name);
    const auto found = std::find(names.begin(), names.end(), selection.market);
    if (found == names.end())
        return tl::unexpected(base::unknown_name("data set or provider", selection.market, names));
    const auto& summary = markets()[static_cast<std::size_t>(found - names.begin())];

    const bool provider = summary.kind == model::MarketKind::provider;
    const bool every = summary.name == any_provider;
    if (every && !selection.region.empty() && selection.region != any_region)
        return every_provider_refuses(selection.region);
    if (!provider && !selection.region.empty())
        return base::fail(ErrorCode::invalid_input,
                          fmt::format("data set \"{}\" has no regions; leave the region out", summary.name));
    if (provider && !every && selection.region.empty())
        return base::fail(
            ErrorCode::invalid_input,
            fmt::format("provider \"{}\" needs a region; name one, for example \"{}\", or \"{}\"",
                        summary.name, summary.regions.empty() ? "" : summary.regions.front(), any_region));
    const auto& regions = summary.regions;
    if (provider && selection.region != any_region && !every &&
        std::find(regions.begin(), regions.end(), selection.region) == regions.end())
        return tl::unexpected(
            base::unknown_name(fmt::format("region of {}", summary.name), selection.region, regions));
    try {
        auto market = read_market(connection_->database, markets(), summary,
                                  every ? std::string(any_region) : selection.region, stop);
        if (!market) return base::fail(ErrorCode::cancelled, "reading the catalog was cancelled");
        return std::make_shared<const model::Market>(std::move(*market));
    } catch (const std::exception& failure) {
        return damaged(file(), failure.what());
    }
}

Selection selection_there_is(const std::vector<MarketSummary>& markets, const Selection& wanted) {
    if (markets.empty()) return wanted;
    const auto named = std::find_if(markets.begin(), markets.end(),
                                    [&](const MarketSummary& each) { return each.name == wanted.market; });
    const auto& market = named != markets.end() ? *named : markets.front();
    const auto& regions = market.regions;
    const bool provider = market.kind == model::MarketKind::provider;
    const bool known = std::find(regions.begin(), regions.end(), wanted.region) != regions.end() ||
                       (provider && wanted.region == any_region);
    if (named != markets.end() && known) return wanted;
    if (provider && regions.size() > 1) return {market.name, std::string(any_region)};
    return {market.name, regions.empty() ? std::string() : regions.front()};
}

base::Result<std::vector<model::InstanceType>> Catalog::types(const std::string& market) const {
    const auto found = std::find_if(markets().begin(), markets().end(),
                                    [&](const MarketSummary& each) { return each.name == market; });
    if (found == markets().end()) return std::vector<model::InstanceType>{};
    try {
        return read_all_types(connection_->database, *found);
    } catch (const std::exception& failure) {
        return damaged(file(), failure.what());
    }
}

base::Result<std::vector<model::Accelerator>> Catalog::accelerators() const {
    try {
        return read_accelerators(connection_->database);
    } catch (const std::exception& failure) {
        return damaged(file(), failure.what());
    }
}

base::Result<OfferPast> Catalog::past(const std::string& dataset, const std::string& region,
                                      const std::string& type) const {
    try {
        if (schema_version_of(connection_->database) < 4) return OfferPast{};
        return read_past(connection_->database, dataset, region, type);
    } catch (const std::exception& failure) {
        return damaged(file(), failure.what());
    }
}

base::Result<void> Catalog::check() const {
    try {
        if (const auto defect = first_defect(connection_->database); !defect.empty())
            return damaged(file(), defect);
    } catch (const std::exception& failure) {
        return damaged(file(), failure.what());
    }
    for (const auto& market : markets()) {
        const bool provider = market.kind == model::MarketKind::provider;
        const auto loaded = load({market.name, std::string(provider ? any_region : "")});
        if (!loaded) return tl::unexpected(loaded.error());
    }
    return {};
}

}  // namespace deepvm::catalog
