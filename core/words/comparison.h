// SPDX-License-Identifier: GPL-3.0-or-later
// Pinned plans side by side, as a table and in sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare/comparison.h"
#include "words/figures.h"

namespace deepvm::words {

/// The name of the row of notes, which is there where a pin has one.
inline constexpr std::string_view note_row = "Note";

/// One line of the table: a value a column.
struct ComparisonRow {
    std::string group;  ///< "Machines"; the rows of a group follow each other
    std::string name;   ///< "Price an hour"
    std::vector<std::string> values;
    std::vector<bool> best;  ///< of the column, where figures can be judged; all false where they are alike
    bool differs = false;    ///< whether its values do
};
std::vector<ComparisonRow> comparison_rows(const compare::Comparison& comparison, Style style);

/// What stands over a column: the person's name of it, else its place and architecture.
std::string column_title(const compare::Column& column, Style style);

/// "A is 12 % cheaper and 31 min slower than B; it costs less in 72 of 100 futures." of the first column
/// against each other one. Of different jobs only what can be compared.
std::vector<std::string> comparison_sentences(const compare::Comparison& comparison, Style style);

/// The table for spreadsheets, commas or tabs between the fields; a header line first.
std::string comparison_table(const compare::Comparison& comparison, char separator);

}  // namespace deepvm::words
