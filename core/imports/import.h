// SPDX-License-Identifier: GPL-3.0-or-later
// Files with prices, as people have them on their disks, into a catalog.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "imports/formats.h"
#include "imports/report.h"

namespace deepvm::imports {

struct ImportOptions {
    std::vector<std::filesystem::path> files;
    std::filesystem::path into;       ///< the catalog to change
    std::filesystem::path otherwise;  ///< what it is made from where it is not there
    std::optional<Format> format;     ///< of all files; by default each is known by its content
    std::string provider;             ///< of files that do not say it; for data.json the published data set
    std::string date;          ///< ISO; of files that have no date, by default that of their last change
    bool allow_older = false;  ///< prices may replace newer ones
    bool dry_run = false;      ///< nothing is written
};

/// Reads all files and merges their prices in one step (catalog::merge_prices). Rows that cannot be used are
/// in the report and no reason to stop; a file that cannot be read, or of which no row can be used, is: then
/// nothing is written. `stop` ends the reading within milliseconds (`cancelled`, nothing is written); the
/// merge that follows is one step.
base::Result<ImportReport> import_prices(const ImportOptions& options, const std::stop_token& stop = {});

}  // namespace deepvm::imports
