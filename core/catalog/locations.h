// SPDX-License-Identifier: GPL-3.0-or-later
// Where the catalog, its sources and the measured runs are on this machine.
#pragma once

#include <filesystem>
#include <optional>

#include "base/error.h"

namespace deepvm::catalog {

/// $XDG_DATA_HOME/deepvm-explorer/catalog.db, else the one below ~/.local/share; whether or not it exists.
/// Nothing when neither variable is set to an absolute path.
std::optional<std::filesystem::path> user_catalog_file();

/// The user's catalog if there is one, else the shipped one: ../share/deepvm-explorer/catalog.db from the
/// program, else (in a build tree) catalog.db of the source tree. Refuses when there is none, saying where it
/// looked.
base::Result<std::filesystem::path> default_catalog_file();

/// The shipped one of the two, for when the user's cannot be read.
base::Result<std::filesystem::path> shipped_catalog_file();

/// The CSV files that the shipped catalog is built from, found in the same way
/// (share/deepvm-explorer/catalog).
base::Result<std::filesystem::path> default_csv_folder();

/// What was measured in the world, for comparison with the model (share/deepvm-explorer/validation, else
/// resources/validation).
base::Result<std::filesystem::path> default_validation_folder();

/// Sessions to open and play with (share/deepvm-explorer/examples, else resources/examples).
base::Result<std::filesystem::path> examples_folder();

/// Lessons that a person plays in the window (share/deepvm-explorer/lessons, else resources/lessons).
base::Result<std::filesystem::path> lessons_folder();

}  // namespace deepvm::catalog
