// SPDX-License-Identifier: GPL-3.0-or-later
// The model against what was measured in the world: fitted on a part of each table, compared with the rest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"

namespace deepvm::validation {

/// The columns that tell a row from the others, in the order of the file, with their values.
using Key = std::vector<std::pair<std::string, std::variant<std::string, std::int64_t>>>;

enum class Unit { seconds, usd, share, per_second };

struct Quantity {
    std::string name;  ///< the column of the file, or what was computed from several
    Unit unit = Unit::seconds;

    bool operator==(const Quantity&) const = default;
};

struct Interval {
    double low = 0;
    double high = 0;

    bool operator==(const Interval&) const = default;
};

struct Row {
    Key key;
    bool fitted = false;  ///< the model was fitted on it: its error says nothing of the model
    bool follows =
        false;  ///< from another row of the table (a cost from its time): its error says nothing new
    Quantity quantity;
    double measured = 0;  ///< in the unit of the quantity
    double predicted = 0;
    std::optional<Interval> measured_interval;  ///< of 95 %, where the table gives one

    bool operator==(const Row&) const = default;
};

/// |predicted - measured| / measured; nothing where 0 was measured.
std::optional<double> relative_error(const Row& row);

/// What a table is to reach. `reached` says by how much it is met or missed.
struct Goal {
    std::string wording;
    std::string reached;
    bool met = false;

    bool operator==(const Goal&) const = default;
};

struct Table {
    std::string file;       ///< name without folder
    std::string fitted_on;  ///< which rows, in words
    std::string used_by;    ///< what plans take from what is tested here, in words; empty for nothing
    std::vector<Row> rows;  ///< in the order of the file
    std::vector<Goal> goals;
    std::vector<std::string> notes;  ///< what the model leaves out, what could not be predicted and why
    /// Why there are no rows at all: a file that is not there, or without the rows to fit on. Else empty.
    std::string missing;

    bool operator==(const Table&) const = default;
};

/// Whether the row's error counts: it was predicted, and follows from no other.
inline bool counts(const Row& row) {
    return !row.fitted && !row.follows;
}

/// Of the relative errors of the rows that count; nothing without such rows.
std::optional<double> median_error(const Table& table);
std::optional<double> worst_error(const Table& table);

/// Every table that the project knows, in a fixed order, read from the CSV files of `folder`. A file may have
/// more rows than the project's own: it is fitted on the same subset. One that is not there is said in its
/// table. Refuses a folder without any of them, and a damaged file by its line.
/// `shipped` is the project's own folder: the peaks of accelerators are read there, where `folder` has none.
base::Result<std::vector<Table>> validate(const std::filesystem::path& folder,
                                          const std::filesystem::path& shipped = {});

/// Schema deepvm-validate/1.
std::string validation_json(const std::vector<Table>& tables);

}  // namespace deepvm::validation
