// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of a checked catalog into values, private to this folder. Everything here may throw SQLite::Exception,
// and std::runtime_error where a row cannot be what a build writes.
#pragma once

#include <SQLiteCpp/Database.h>

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace deepvm::catalog {

std::vector<model::Source> read_sources(const SQLite::Database& database);

/// By name.
std::vector<model::Accelerator> read_accelerators(const SQLite::Database& database);

/// In catalog order, also those that no place offers.
std::vector<model::InstanceType> read_all_types(const SQLite::Database& database,
                                                const MarketSummary& summary);

/// Of a catalog of version 4 on.
OfferPast read_past(const SQLite::Database& database, const std::string& dataset, const std::string& region,
                    const std::string& type);

/// Published data sets first, in their order, then providers by name, then all providers together.
std::vector<MarketSummary> read_summaries(const SQLite::Database& database);

/// `chosen` is one of `all`; `region` is one of its regions, or any_region for all of a provider. Nothing
/// when it was stopped.
std::optional<model::Market> read_market(SQLite::Database& database, const std::vector<MarketSummary>& all,
                                         const MarketSummary& chosen, const std::string& region,
                                         const std::stop_token& stop);

}  // namespace deepvm::catalog
