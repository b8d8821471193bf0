// SPDX-License-Identifier: GPL-3.0-or-later
// From an open database to a catalog file and back. Private to this folder.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "catalog/csv_import.h"

namespace deepvm::catalog {

/// Writes the database into `replacement`, seals it, checks it in full and puts it in its place. Throws
/// Refused or SQLite::Exception; then the old file is as it was.
void write_catalog(SQLite::Database& database, base::Replacement& replacement);

/// A copy of a whole catalog in memory, of today's schema, that can be changed. Throws as write_catalog().
SQLite::Database copy_in_memory(const std::filesystem::path& file);

/// The value of `work`; what it throws becomes an error that names `output`.
template <typename Work>
auto refusing(const std::filesystem::path& output, Work work) -> base::Result<decltype(work())> {
    try {
        return work();
    } catch (const Refused& refusal) {
        return tl::unexpected(refusal.error);
    } catch (const SQLite::Exception& failure) {
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be written ({}); check disk space and permissions",
                                      output.string(), failure.what()));
    } catch (const std::filesystem::filesystem_error& failure) {
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be written ({}); choose another file to write",
                                      output.string(), failure.code().message()));
    }
}

}  // namespace deepvm::catalog
