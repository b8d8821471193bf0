// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the catalog file from a folder of CSV files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace deepvm::catalog {

/// What a build wrote.
struct BuildSummary {
    int datasets = 0;
    int instance_types = 0;
    int offers = 0;
    std::vector<std::string> remarks;  ///< what was taken and should be looked at, by line

    bool operator==(const BuildSummary&) const = default;
};

/// Reads every CSV file of `folder` (datasets.csv names the data sets), checks it all and replaces `output`
/// in one step: a reader sees the old or the new catalog, and a refused build leaves the old file and nothing
/// else. The same files give the same bytes with the same SQLite. Refusals name file, line and column.
base::Result<BuildSummary> build_catalog(const std::filesystem::path& folder,
                                         const std::filesystem::path& output);

}  // namespace deepvm::catalog
