// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalog.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/names.h"
#include "catalog/market_reader.h"
#include "catalog/schema.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::string_view remedy = "rebuild it with \"deepvm catalog build\" or name another with --catalog";

template <typename... Parts>
tl::unexpected<base::Error> refuse(ErrorCode code, const fs::path& file, fmt::format_string<Parts...> why,
                                   Parts&&... parts) {
    return base::fail(code, fmt::format("{}: {}; {}", file.string(),
                                        fmt::format(why, std::forward<Parts>(parts)...), remedy));
}

tl::unexpected<base::Error> damaged(const fs::path& file, std::string_view why) {
    return refuse(ErrorCode::damaged, file, "the catalog is damaged ({})", why);
}

// The fixed first bytes of a SQLite file, big-endian (sqlite.org/fileformat.html, section 1.3).
using Header = std::array<unsigned char, 100>;

std::uint32_t big_endian(const Header& header, std::size_t offset, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = value << 8U | header[offset + i];
    return value;
}

// What can be said before SQLite sees the file, so that each kind of wrong file has its own sentence.
base::Result<void> check_header(const fs::path& file) {
    std::error_code failure;
    const auto status = fs::status(file, failure);
    if (status.type() == fs::file_type::not_found) return refuse(ErrorCode::unreadable, file, "no such file");
    if (failure) return refuse(ErrorCode::unreadable, file, "cannot be read ({})", failure.message());
    if (!fs::is_regular_file(status)) return refuse(ErrorCode::unreadable, file, "is not a file");

    std::ifstream stream(file, std::ios::binary);
    if (!stream) return refuse(ErrorCode::unreadable, file, "cannot be read ({})", std::strerror(errno));
    const auto size = fs::file_size(file, failure);
    if (failure) return refuse(ErrorCode::unreadable, file, "cannot be read ({})", failure.message());
    if (size == 0) return refuse(ErrorCode::damaged, file, "the file is empty");

    Header header{};
    stream.read(reinterpret_cast<char*>(header.data()), header.size());
    constexpr std::string_view magic{"SQLite format 3\0", 16};
    const auto read = static_cast<std::size_t>(stream.gcount());
    if (std::memcmp(header.data(), magic.data(), std::min(read, magic.size())) != 0)
        return refuse(ErrorCode::damaged, file, "is not a DeepVM catalog (not a SQLite file)");
    const auto page_field = big_endian(header, 16, 2);
    const std::uint64_t page_size = page_field == 1 ? 65536 : page_field;
    const std::uint64_t whole = page_size * big_endian(header, 28, 4);
    if (read < header.size() || size < whole)
        return refuse(ErrorCode::damaged, file, "is cut off after {} of {} bytes", size,
                      std::max<std::uint64_t>(whole, header.size()));
    if (big_endian(header, 68, 4) != static_cast<std::uint32_t>(application_id))
        return refuse(ErrorCode::damaged, file, "is not a DeepVM catalog (a SQLite file of another program)");
    if (const auto found = big_endian(header, 60, 4); found != schema_version)
        return refuse(ErrorCode::wrong_version, file,
                      "is a catalog of version {}, this program reads version {}", found, schema_version);
    return {};
}

// immutable=1: no lock, no journal, no write, so a file on a read-only medium opens too.
std::string immutable_uri(const fs::path& file) {
    std::string uri = "file://";
    for (const char c : fs::absolute(file).string()) {
        const bool plain =
            std::isalnum(static_cast<unsigned char>(c)) != 0 || std::strchr("/-._~", c) != nullptr;
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri + "?immutable=1";
}

// Empty when sound.
std::string first_defect(const SQLite::Database& database, bool thorough) {
    SQLite::Statement tables(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    for (const auto* expected : schema_statements())
        if (!tables.executeStep() || tables.getColumn(0).getString() != expected)
            return "its tables are not the expected";
    if (tables.executeStep()) return "it has a table too many";

    SQLite::Statement integrity(database, thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
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

}  // namespace

struct Catalog::Connection {
    fs::path file;
    SQLite::Database database;
    std::vector<MarketSummary> markets;
    std::vector<model::Source> sources;

    explicit Connection(const fs::path& path)
        : file(path), database(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI) {
        database.exec("PRAGMA trusted_schema = OFF");
        database.exec("PRAGMA cell_size_check = ON");
    }
};

Catalog::Catalog(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

base::Result<Catalog> Catalog::open(const fs::path& file) {
    if (auto header = check_header(file); !header) return tl::unexpected(std::move(header.error()));
    try {
        auto connection = std::make_unique<Connection>(file);
        if (const auto defect = first_defect(connection->database, false); !defect.empty())
            return damaged(file, defect);
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

base::Result<std::shared_ptr<const model::Market>> Catalog::load(const Selection& selection) const {
    std::vector<std::string> names;
    for (const auto& summary : markets())
        names.push_back(summary.name);
    const auto found = std::find(names.begin(), names.end(), selection.market);
    if (found == names.end())
        return tl::unexpected(base::unknown_name("data set or provider", selection.market, names));
    const auto& summary = markets()[static_cast<std::size_t>(found - names.begin())];

    const bool provider = summary.kind == model::MarketKind::provider;
    if (!provider && !selection.region.empty())
        return base::fail(ErrorCode::invalid_input,
                          fmt::format("data set \"{}\" has no regions; leave the region out", summary.name));
    if (provider && selection.region.empty())
        return base::fail(
            ErrorCode::invalid_input,
            fmt::format("provider \"{}\" needs a region; name one, for example \"{}\", or \"{}\"",
                        summary.name, summary.regions.empty() ? "" : summary.regions.front(), any_region));
    const auto& regions = summary.regions;
    if (provider && selection.region != any_region &&
        std::find(regions.begin(), regions.end(), selection.region) == regions.end())
        return tl::unexpected(
            base::unknown_name(fmt::format("region of {}", summary.name), selection.region, regions));
    try {
        return std::make_shared<const model::Market>(
            read_market(connection_->database, summary, selection.region));
    } catch (const std::exception& failure) {
        return damaged(file(), failure.what());
    }
}

base::Result<void> Catalog::check() const {
    try {
        if (const auto defect = first_defect(connection_->database, true); !defect.empty())
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
