// SPDX-License-Identifier: GPL-3.0-or-later
// A CSV file (RFC 4180, UTF-8) with named columns, whose refusals say file, line, column and what to do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/money.h"

namespace deepvm::base {

/// A text as a field of such a file, or of one whose fields are set apart by another sign: in quotes where it
/// needs them.
std::string csv_field(std::string_view text, char separator = ',');

class CsvTable;

/// One record of a CsvTable, which must outlive it. Asking for a column that the table was not read with
/// is a programming error (std::logic_error).
class CsvRow {
  public:
    /// On which it begins, counted from 1.
    std::size_t line() const;
    /// "offers.csv line 12".
    std::string where() const;
    /// An error of this row: "offers.csv line 12: <what>".
    Error error(std::string_view what) const;

    /// The field as it is, empty when blank.
    const std::string& text(std::string_view column) const;
    bool is_blank(std::string_view column) const { return text(column).empty(); }
    /// Whether the file has the column, which it need not, and the field is not blank.
    bool has(std::string_view column) const;

    /// The field, refused when blank.
    Result<std::string> required(std::string_view column) const;
    /// A finite number with least <= number <= most.
    Result<double> number(std::string_view column, double least, double most) const;
    /// As number(), nothing when blank.
    Result<std::optional<double>> optional_number(std::string_view column, double least, double most) const;
    /// A whole number with least <= number <= most.
    Result<std::int64_t> count(std::string_view column, std::int64_t least, std::int64_t most) const;
    /// As count(), nothing when blank.
    Result<std::optional<std::int64_t>> optional_count(std::string_view column, std::int64_t least,
                                                       std::int64_t most) const;
    /// An hourly price in dollars above 0, exact to a micro-dollar.
    Result<Money> price(std::string_view column) const;
    /// As price(), nothing when blank.
    Result<std::optional<Money>> optional_price(std::string_view column) const;

  private:
    friend class CsvTable;
    CsvRow(const CsvTable& table, std::size_t index) : table_(&table), index_(index) {}
    std::string named(std::string_view column) const;

    const CsvTable* table_;
    std::size_t index_;
};

/// A file, in memory as a whole or row by row.
class CsvTable {
  public:
    /// Reads `file`, which must have at least `columns`, in any order, and as many fields in every row as in
    /// its header. Refuses a missing file (unreadable) and one that is not such a table (damaged).
    static Result<CsvTable> read(const std::filesystem::path& file,
                                 std::span<const std::string_view> columns);

    /// The same file without keeping it: `visit` gets each row in turn, which lives no longer than the call.
    /// The number of rows; what is no table is refused where it is met, after the rows before it. What
    /// `visit` throws ends the reading.
    static Result<std::size_t> each(const std::filesystem::path& file,
                                    std::span<const std::string_view> columns,
                                    const std::function<void(const CsvRow&)>& visit);

    std::size_t size() const { return records_.size(); }
    CsvRow row(std::size_t index) const { return CsvRow(*this, index); }
    const std::vector<std::string>& columns() const { return columns_; }
    /// File name without its folder, as messages show it.
    const std::string& name() const { return name_; }

  private:
    friend class CsvRow;
    struct Record {
        std::size_t line = 0;
        std::vector<std::string> fields;
    };
    struct Parser;

    Result<void> parse(const std::filesystem::path& file, std::span<const std::string_view> columns,
                       const std::function<void(Record)>& take);
    Result<void> drain(Parser& parser, std::span<const std::string_view> columns,
                       const std::function<void(Record)>& take);
    Result<void> take_header(Parser& parser, std::span<const std::string_view> columns);
    Result<void> check_width(const Record& record) const;
    tl::unexpected<Error> refuse(std::size_t line, std::string_view why) const;

    std::string name_;
    std::vector<std::string> columns_;
    std::vector<Record> records_;
};

}  // namespace deepvm::base
