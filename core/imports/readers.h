// SPDX-License-Identifier: GPL-3.0-or-later
// One reader a format. Each reads a file to its end and writes what it says into a book: prices, machines,
// and rows that cannot be used. Private to this folder.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "imports/book.h"
#include "imports/csv_rows.h"
#include "imports/input.h"
#include "imports/machines.h"

namespace deepvm::imports {

/// What a reader may need beside the file.
struct Reading {
    Input& input;
    Book& book;
    const Known& known;
    std::string provider;  ///< as --provider says, or the data set; may be empty
};

base::Result<void> read_skypilot(const Reading& given);
base::Result<void> read_spot_history(const Reading& reading);
base::Result<void> read_price_list(const Reading& reading);
base::Result<void> read_spot_advisor(const Reading& reading);
base::Result<void> read_azure_retail(const Reading& reading);
base::Result<void> read_ec2_instances(const Reading& reading);
base::Result<void> read_deepvm_data(const Reading& reading);
base::Result<void> read_own_csv(const Reading& reading);

/// Whether AWS calls a region so, "us-gov-west-1", and no zone, "us-east-1a", nor a local one,
/// "us-west-2-lax-1", which have prices of their own.
bool is_aws_region(std::string_view name);

/// "line 12"
std::string at_line(const CsvRecord& record);

/// The header of a table, refused where it is none of commas or lacks one of `needed`.
base::Result<CsvColumns> header_of(const Reading& reading, CsvRows& rows,
                                   std::span<const std::string_view> needed);

/// Whether the record can be used: refused in the book where it is faulty or of another width.
bool is_usable(const Reading& reading, const CsvColumns& columns, const CsvRecord& record);

/// Adds the price of `row` as the file writes it, or refuses it.
void add_price(const Reading& reading, PriceRow row, std::string_view text);

/// What stopped the reading of a JSON file, in the book; nothing where nothing did.
void end_json(const Reading& reading, const std::string& stopped);

}  // namespace deepvm::imports
