// SPDX-License-Identifier: GPL-3.0-or-later
// What an import did, to be shown.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "catalog/merge.h"

namespace deepvm::imports {

/// Rows that could not be used, of one kind.
struct Refusals {
    std::size_t rows = 0;
    std::vector<std::string> first;  ///< up to five, with file, line or path, and what to do
    std::vector<std::string> rest;   ///< those after them, up to 10,000 in all
};

/// Counts one more, and keeps what is said of it as long as there is room.
void note(Refusals& refused, std::string line);

/// A type that the catalog does not know and that the file says too little of.
struct UnknownType {
    std::string provider;
    std::string type;
    std::size_t prices = 0;
    std::string missing;
};

struct FileReport {
    std::string name;
    std::string format;
    std::string date;  ///< ISO; of its newest prices
    std::size_t rows = 0;
    std::map<std::string, std::size_t> left_out;  ///< by what they were
    std::map<std::string, Refusals> refused;      ///< by reason
    std::vector<std::string> remarks;
};

/// How old the prices of a market are after the import.
struct MarketAge {
    std::string market;
    std::string oldest;  ///< ISO date
    int days = 0;        ///< since then
};

struct ImportReport {
    std::filesystem::path target;
    bool made = false;     ///< the target was not there before
    bool dry_run = false;  ///< nothing was written
    std::vector<FileReport> files;
    std::size_t new_types = 0;
    std::size_t new_offers = 0;
    std::size_t confirmed = 0;                  ///< prices that are what they were
    std::vector<catalog::PriceChange> changes;  ///< those with a price before, largest ratio first
    std::size_t new_prices = 0;                 ///< of offers that were there, too
    std::size_t changed_bands = 0;              ///< interruption bands that are others now, or new
    std::size_t changed_quotas = 0;             ///< limits that are others now, or new
    std::map<std::string, Refusals> unused;     ///< what was read and did not go in, by reason
    std::vector<UnknownType> unknown_types;
    std::vector<std::string> flagged;  ///< taken, and to be looked at; new regions first
    std::vector<MarketAge> ages;       ///< none after a dry run
};

/// Sorts by the largest ratio of both prices, of two by name.
void sort_by_size(std::vector<catalog::PriceChange>& changes);

/// For people: a few lines where all went well.
std::string report_text(const ImportReport& report);

/// As resources/schemas/deepvm-import-1.schema.json has it.
std::string report_json(const ImportReport& report);

}  // namespace deepvm::imports
