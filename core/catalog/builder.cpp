// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/builder.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <fstream>

#include "base/files.h"
#include "catalog/catalog.h"
#include "catalog/csv_import.h"
#include "catalog/file_image.h"
#include "catalog/schema.h"
#include "catalog/seal.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;

// Of what is sealed here, open() believes that it was checked: the build checks it before it hands it out.
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

BuildSummary build(const fs::path& folder, const fs::path& output) {
    auto replacement = base::Replacement::beside(output);
    if (!replacement) throw Refused(std::move(replacement.error()));
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

    SQLite::Statement write(database, "VACUUM INTO ?");
    write.bind(1, replacement->file().string());
    write.executeStep();
    seal_file(replacement->file());
    const auto written = Catalog::open(replacement->file());
    if (!written) throw Refused(written.error());
    if (auto sound = written->check(); !sound) throw Refused(std::move(sound.error()));
    if (auto done = replacement->commit(); !done) throw Refused(std::move(done.error()));
    return summary;
}

}  // namespace

base::Result<BuildSummary> build_catalog(const fs::path& folder, const fs::path& output) {
    try {
        return build(folder, output);
    } catch (const Refused& refusal) {
        return tl::unexpected(refusal.error);
    } catch (const SQLite::Exception& failure) {
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be written ({}); check disk space and permissions",
                                      output.string(), failure.what()));
    } catch (const fs::filesystem_error& failure) {
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be written ({}); choose another file to write",
                                      output.string(), failure.code().message()));
    }
}

}  // namespace deepvm::catalog
