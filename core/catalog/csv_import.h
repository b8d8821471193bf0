// SPDX-License-Identifier: GPL-3.0-or-later
// CSV files into the tables of an open database: the inner half of build_catalog(), private to this folder.
#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <stdexcept>

#include "base/error.h"
#include "catalog/builder.h"

namespace deepvm::catalog {

/// Carries an Error out of the depth of an import; build_catalog() turns it back into a value.
struct Refused : std::runtime_error {
    explicit Refused(base::Error why) : std::runtime_error(why.message), error(std::move(why)) {}
    base::Error error;
};

/// The value, or a throw of Refused.
template <typename T>
T must(base::Result<T> result) {
    if (!result) throw Refused(std::move(result.error()));
    return std::move(*result);
}

/// Fills the empty tables of `database` from `folder`. Throws Refused with the offending file and line.
BuildSummary import_csv(SQLite::Database& database, const std::filesystem::path& folder);

}  // namespace deepvm::catalog
