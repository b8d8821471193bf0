// SPDX-License-Identifier: GPL-3.0-or-later
// Small pieces of the import from CSV files. Private to this folder.
#pragma once

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/csv_table.h"
#include "catalog/csv_import.h"

namespace deepvm::catalog {

/// One INSERT statement, used for many rows.
class Insert {
  public:
    Insert(SQLite::Database& database, const std::string& table, const std::string& columns)
        : statement_(database,
                     fmt::format("INSERT INTO {}({}) VALUES ({})", table, columns, placeholders(columns))) {}

    /// Throws Refused with the row where SQLite does not take it.
    template <typename... Values>
    void operator()(const base::CsvRow& row, const Values&... values) {
        try {
            statement_.reset();
            int index = 0;
            (bind(++index, values), ...);
            statement_.exec();
        } catch (const SQLite::Exception& refusal) {
            throw Refused(
                row.error(fmt::format("does not fit the catalog ({}); correct the row", refusal.what())));
        }
    }

  private:
    static std::string placeholders(const std::string& columns) {
        std::string text = "?";
        for (const char c : columns)
            if (c == ',') text += ", ?";
        return text;
    }
    void bind(int index, base::Money value) { statement_.bind(index, value.micro()); }
    template <typename T>
    void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : statement_.bind(index);
    }
    template <typename T>
    void bind(int index, const T& value) {
        statement_.bind(index, value);
    }

    SQLite::Statement statement_;
};

/// The names that rows have defined, numbered from 1, with the row that did. Throws Refused for a second
/// definition and for an unknown reference.
class Names {
  public:
    explicit Names(std::string what) : what_(std::move(what)) {}

    int define(const base::CsvRow& row, const std::string& name);
    int expect(const base::CsvRow& row, const std::string& name) const;

  private:
    struct Defined {
        int number;
        std::string where;
    };
    std::string what_;
    std::unordered_map<std::string, Defined> rows_;
};

/// Which of `known` the field is; throws Refused where it is none of them.
std::size_t index_of(const base::CsvRow& row, std::string_view column, std::span<const std::string> known);
const std::string& one_of(const base::CsvRow& row, std::string_view column,
                          std::span<const std::string> known);

}  // namespace deepvm::catalog
