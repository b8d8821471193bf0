// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/readers.h"

#include <fmt/format.h>

#include "imports/prices.h"

namespace deepvm::imports {

bool is_aws_region(std::string_view name) {
    const auto digit = name.find_first_of("0123456789");
    return digit != std::string_view::npos && digit > 0 && name[digit - 1] == '-' &&
           name.find_first_not_of("0123456789", digit) == std::string_view::npos;
}

std::string at_line(const CsvRecord& record) {
    return fmt::format("line {}", record.line);
}

base::Result<CsvColumns> header_of(const Reading& reading, CsvRows& rows,
                                   std::span<const std::string_view> needed) {
    const auto refuse = [&](std::string_view why) {
        return base::fail(base::ErrorCode::damaged, fmt::format("{} line 1: {}", reading.book.name(), why));
    };
    auto header = rows.next();
    if (!header) return refuse("the file is empty; fetch it again");
    if (!header->fault.empty()) return refuse(header->fault);
    if (header->fields.size() == 1)
        if (const auto other = other_separator(header->fields.front()); !other.empty())
            return refuse(
                fmt::format("its fields are separated by {}; save it as CSV with commas between "
                            "them and points in its numbers",
                            other));
    CsvColumns columns(std::move(header->fields));
    for (const auto column : needed)
        if (!columns.has(column))
            return refuse(fmt::format("has no column {}; is this the right file?", column));
    return columns;
}

bool is_usable(const Reading& reading, const CsvColumns& columns, const CsvRecord& record) {
    if (!record.fault.empty()) {
        reading.book.refuse("a line is no CSV", at_line(record), record.fault);
        return false;
    }
    if (record.fields.size() == columns.size()) return true;
    reading.book.refuse("a line has too many or too few fields", at_line(record),
                        fmt::format("has {} fields where the header has {}; quote fields with commas",
                                    record.fields.size(), columns.size()));
    return false;
}

void add_price(const Reading& reading, PriceRow row, std::string_view text) {
    const auto amount = price(text);
    if (!amount) return reading.book.refuse("a price cannot be used", row.where, amount.error().message);
    row.price = *amount;
    reading.book.add(row);
}

void end_json(const Reading& reading, const std::string& stopped) {
    if (!stopped.empty()) reading.book.refuse("the file ends early", "", stopped);
}

}  // namespace deepvm::imports
