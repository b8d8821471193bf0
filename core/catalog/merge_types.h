// SPDX-License-Identifier: GPL-3.0-or-later
// What names of a merge mean in an open catalog, and what is added to it. Private to this folder.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/merge.h"

namespace deepvm::catalog {

/// The numbers of places, types and sources of a database that grows.
class MergeNames {
  public:
    explicit MergeNames(SQLite::Database& database);

    /// Adds what is not there yet, and counts it.
    void add(const Merge& merge, MergeOutcome& outcome);

    std::optional<std::int64_t> type(const std::string& dataset, const std::string& name) const;
    std::optional<std::int64_t> known_place(const std::string& dataset, const std::string& region) const;
    /// One that is not there yet.
    std::int64_t add_place(const std::string& dataset, const std::string& region);
    /// The regions that the data set had before the merge.
    const std::vector<std::string>& known_regions(const std::string& dataset) const;
    /// By index into Merge::sources.
    std::int64_t source(std::size_t index) const { return source_numbers_.at(index); }
    /// ISO date.
    const std::string& date(std::int64_t source) const { return dates_.at(source); }

  private:
    void add_sources(const std::vector<model::Source>& sources);
    void add_datasets(const std::vector<DatasetAddition>& datasets);
    int add_types(const std::vector<TypeAddition>& types);
    void set_quotas(const Merge& merge, MergeOutcome& outcome);
    std::string newest_date(const std::string& dataset);

    SQLite::Database& database_;
    std::unordered_map<std::string, std::int64_t> types_;   // "data set/name"
    std::unordered_map<std::string, std::int64_t> places_;  // "data set/region"
    std::unordered_map<std::string, std::vector<std::string>> known_regions_;
    std::unordered_map<std::string, std::int64_t> sources_;
    std::unordered_map<std::int64_t, std::string> dates_;
    std::vector<std::int64_t> source_numbers_;
};

}  // namespace deepvm::catalog
