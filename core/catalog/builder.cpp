// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/builder.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "base/files.h"
#include "catalog/csv_import.h"
#include "catalog/schema.h"
#include "catalog/seal.h"
#include "catalog/writing.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;

BuildSummary build(const fs::path& folder, const fs::path& output) {
    auto replacement = must(base::Replacement::beside(output));
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(fmt::format("PRAGMA application_id = {}", application_id));
    database.exec(fmt::format("PRAGMA user_version = {}", schema_version));
    database.exec("BEGIN");
    for (const auto* statement : schema_statements())
        database.exec(statement);
    SQLite::Statement row(database, "INSERT INTO seal VALUES (?)");
    const auto room = unsealed();
    row.bind(1, room.data(), static_cast<int>(room.size()));
    row.exec();
    auto summary = import_csv(database, folder);
    database.exec("COMMIT");
    write_catalog(database, replacement);
    return summary;
}

}  // namespace

base::Result<BuildSummary> build_catalog(const fs::path& folder, const fs::path& output) {
    return refusing(output, [&] { return build(folder, output); });
}

}  // namespace deepvm::catalog
