// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of values with the names that files and people give them: ranges of pairs of both.
#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/names.h"

namespace deepvm::base {

template <typename Table>
using NamedValue = std::remove_cvref_t<decltype(std::begin(std::declval<const Table&>())->first)>;

/// Empty for a value that is not in the table.
template <typename Table>
std::string_view name_in(const Table& table, const NamedValue<Table>& value) {
    const auto found = std::ranges::find(table, value, [](const auto& entry) { return entry.first; });
    return found == std::end(table) ? std::string_view{} : found->second;
}

template <typename Table>
std::optional<NamedValue<Table>> find_in(const Table& table, std::string_view name) {
    const auto found = std::ranges::find(table, name, [](const auto& entry) { return entry.second; });
    return found == std::end(table) ? std::nullopt : std::optional(found->first);
}

template <typename Table>
std::vector<std::string> names_in(const Table& table) {
    std::vector<std::string> names;
    for (const auto& entry : table)
        names.emplace_back(entry.second);
    return names;
}

/// A name that is not there is refused as that of `what`.
template <typename Table>
Result<NamedValue<Table>> parse_in(const Table& table, std::string_view what, std::string_view name) {
    if (const auto found = find_in(table, name)) return *found;
    return tl::unexpected(unknown_name(what, name, names_in(table)));
}

/// The same of rows that have a `name` and more than one value beside it: `value` is the one that it stands
/// for.
template <typename Table, typename Value, typename Row>
Result<Value> parse_row(const Table& table, std::string_view what, std::string_view name, Value Row::*value) {
    std::vector<std::string> known;
    for (const Row& row : table) {
        if (row.name == name) return row.*value;
        known.emplace_back(row.name);
    }
    return tl::unexpected(unknown_name(what, name, known));
}

}  // namespace deepvm::base
