// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/import_rows.h"

#include <algorithm>
#include <vector>

#include "base/names.h"

namespace deepvm::catalog {

using base::CsvRow;

int Names::define(const CsvRow& row, const std::string& name) {
    const auto number = static_cast<int>(rows_.size()) + 1;
    const auto [known, added] = rows_.emplace(name, Defined{number, row.where()});
    if (!added)
        throw Refused(row.error(
            fmt::format("{} \"{}\" is already in {}; remove one of them", what_, name, known->second.where)));
    return number;
}

int Names::expect(const CsvRow& row, const std::string& name) const {
    if (const auto found = rows_.find(name); found != rows_.end()) return found->second.number;
    std::vector<std::string> known;
    for (const auto& entry : rows_)
        known.push_back(entry.first);
    std::sort(known.begin(), known.end());
    throw Refused(row.error(base::unknown_name(what_, name, known).message));
}

std::size_t index_of(const CsvRow& row, std::string_view column, std::span<const std::string> known) {
    const auto value = must(row.required(column));
    const auto found = std::find(known.begin(), known.end(), value);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    throw Refused(row.error(base::unknown_name(column, value, known).message));
}

const std::string& one_of(const CsvRow& row, std::string_view column, std::span<const std::string> known) {
    return known[index_of(row, column, known)];
}

}  // namespace deepvm::catalog
