// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/writing.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>

#include "catalog/catalog.h"
#include "catalog/file_image.h"
#include "catalog/schema.h"
#include "catalog/seal.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;

// Of what is sealed here, open() believes that it was checked: write_catalog() checks it before it hands it
// out.
void seal_file(const fs::path& file) {
    const auto image = must(read_image(file));
    const auto seal = make_seal(image.bytes());
    if (!seal) throw Refused({base::ErrorCode::damaged, "the built catalog has no room for its seal"});
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(seal->offset));
    stream.write(reinterpret_cast<const char*>(seal->checksum.data()), seal->checksum.size());
    if (!stream.flush())
        throw Refused({base::ErrorCode::unreadable, fmt::format("{}: cannot be written; check disk space and "
                                                                "permissions",
                                                                file.string())});
}

}  // namespace

void write_catalog(SQLite::Database& database, base::Replacement& replacement) {
    SQLite::Statement write(database, "VACUUM INTO ?");
    write.bind(1, replacement.file().string());
    write.executeStep();
    seal_file(replacement.file());
    const auto written = Catalog::open(replacement.file());
    if (!written) throw Refused(written.error());
    if (auto sound = written->check(); !sound) throw Refused(std::move(sound.error()));
    if (auto done = replacement.commit(); !done) throw Refused(std::move(done.error()));
}

SQLite::Database copy_in_memory(const fs::path& file) {
    if (auto whole = Catalog::open(file); !whole) throw Refused(std::move(whole.error()));
    const auto image = must(read_image(file));
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    const auto size = static_cast<sqlite3_int64>(image.size());
    // SQLite frees it, and makes it larger where the copy grows.
    auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
    if (bytes == nullptr) throw std::bad_alloc();
    std::copy(image.bytes().begin(), image.bytes().end(), bytes);
    constexpr unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    if (sqlite3_deserialize(database.getHandle(), "main", bytes, size, size, flags) != SQLITE_OK)
        throw SQLite::Exception(database.getHandle());
    SQLite::Statement version(database, "PRAGMA user_version");
    version.executeStep();
    const int found = version.getColumn(0).getInt();
    version.reset();
    for (const auto* statement : schema_statements_since(found))
        database.exec(statement);
    database.exec(fmt::format("PRAGMA user_version = {}", schema_version));
    database.exec("PRAGMA foreign_keys = ON");
    return database;
}

}  // namespace deepvm::catalog
