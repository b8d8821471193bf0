// SPDX-License-Identifier: GPL-3.0-or-later
// The records of a CSV file one by one, where a bad record is no reason to stop. Private to this folder.
#pragma once

#include <csv.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imports/input.h"

namespace deepvm::imports {

/// One record or what is wrong with it.
struct CsvRecord {
    std::uint64_t line = 0;  ///< on which it begins, from 1
    std::vector<std::string> fields;
    std::string fault;  ///< empty for a record that can be used
};

class CsvRows {
  public:
    explicit CsvRows(Input& input);
    ~CsvRows();
    CsvRows(const CsvRows&) = delete;
    CsvRows& operator=(const CsvRows&) = delete;

    /// The next record; nothing at the end of the file. Blank lines are none.
    std::optional<CsvRecord> next();

  private:
    // A line with its end; nothing at the end of the file.
    bool read_line();
    void restart();
    static void on_field(void* text, std::size_t size, void* self);
    static void on_record(int end, void* self);

    Input& input_;
    csv_parser parser_{};
    std::string text_;
    std::uint64_t lines_ = 0;
    bool too_long_ = false;
    bool whole_ = false;  // a record is complete
    CsvRecord record_;
};

/// Columns by name, and the fields of a record by these.
class CsvColumns {
  public:
    explicit CsvColumns(std::vector<std::string> names) : names_(std::move(names)) {}

    bool has(std::string_view name) const { return index(name).has_value(); }
    std::size_t size() const { return names_.size(); }
    /// Empty where the file does not have the column.
    std::string_view field(const CsvRecord& record, std::string_view name) const;

  private:
    std::optional<std::size_t> index(std::string_view name) const;
    std::vector<std::string> names_;
};

/// What stands between the fields of this header in place of commas ("semicolons"); empty for commas.
std::string_view other_separator(std::string_view header);

}  // namespace deepvm::imports
