// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of the catalog file. Prices are whole micro-dollars an hour; `position` is the catalog's order.
#pragma once

#include <cstdint>
#include <span>

namespace deepvm::catalog {

/// Marks a SQLite file as a DeepVM catalog: "DVMX" in the file's header.
inline constexpr std::int32_t application_id = 0x44564D58;

/// Rises with every change of the tables; a program reads exactly its own version.
inline constexpr int schema_version = 1;

/// The CREATE statements, one table each, in an order in which references exist.
/// SQLite keeps their text, so that open() can compare it.
std::span<const char* const> schema_statements();

}  // namespace deepvm::catalog
