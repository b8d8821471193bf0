// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of the catalog file. Prices are whole micro-dollars an hour; `position` is the catalog's order.
// Offers name their place, type and sources by number: a million of them take 30 MB and are read in a
// fraction of a second.
#pragma once

#include <cstdint>
#include <span>

namespace deepvm::catalog {

/// Marks a SQLite file as a DeepVM catalog: "DVMX" in the file's header.
inline constexpr std::int32_t application_id = 0x44564D58;

/// Rises with every change of the tables.
inline constexpr int schema_version = 4;

/// The oldest version that a program still reads: its tables are the first ones of today's.
inline constexpr int oldest_schema_version = 3;

/// The CREATE statements of a version that is read, one table each, in an order in which references exist.
/// SQLite keeps their text, so that open() can compare it.
std::span<const char* const> schema_statements(int version = schema_version);

/// Those that lead from `version` to today's.
std::span<const char* const> schema_statements_since(int version);

/// What the table summary says, counted anew from the offers: its columns, by data set.
inline constexpr const char* summary_query =
    "SELECT d.name, (SELECT count(*) FROM instance_type WHERE dataset = d.name), "
    "(SELECT count(*) FROM place JOIN offer ON place = number WHERE dataset = d.name), "
    "coalesce((SELECT min(as_of) FROM source WHERE number IN "
    "(SELECT on_demand_source FROM place p JOIN offer ON place = p.number WHERE dataset = d.name UNION "
    "SELECT spot_source FROM place p JOIN offer ON place = p.number WHERE dataset = d.name)), '') "
    "FROM dataset d ORDER BY d.name";

}  // namespace deepvm::catalog
