// SPDX-License-Identifier: GPL-3.0-or-later
// What "aws ec2 describe-spot-price-history" prints: prices of zones at times.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "imports/json_records.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

// "us-east-1" of "us-east-1a"; nothing for a local zone, "us-west-2-lax-1a", which has prices of its own.
std::optional<std::string> region_of(std::string_view zone) {
    const auto digit = zone.find_first_of("0123456789");
    const auto rest = zone.find_first_not_of("0123456789", digit);
    if (digit == std::string_view::npos || rest == std::string_view::npos) return std::nullopt;
    if (zone.find_first_not_of("abcdefghijklmnopqrstuvwxyz", rest) != std::string_view::npos)
        return std::nullopt;
    return std::string(zone.substr(0, rest));
}

void take_zone(const Reading& reading, const JsonRecord& record) {
    Book& book = reading.book;
    book.count_row();
    const auto product = record.get("ProductDescription");
    if (!product.empty() && !product.starts_with("Linux/UNIX"))
        return book.leave_out("other operating systems");
    const auto zone = record.get("AvailabilityZone");
    const auto region = region_of(zone);
    if (!region && zone.find('-') != std::string_view::npos) return book.leave_out("local zones");
    if (!region)
        return book.refuse("a zone is missing", record.path,
                           fmt::format("AvailabilityZone \"{}\" is none; fetch the file again", shown(zone)));
    PriceRow row;
    row.provider = "aws";
    row.region = *region;
    row.zone = std::string(zone);
    row.type = std::string(record.get("InstanceType"));
    row.is_spot = true;
    row.basis = model::PriceBasis::observed;
    row.time = std::string(record.get("Timestamp"));
    row.where = record.path;
    if (row.time.empty())
        return book.refuse("a date is none", record.path, "has no Timestamp; fetch the file again");
    add_price(reading, std::move(row), record.get("SpotPrice"));
}

}  // namespace

base::Result<void> read_spot_history(const Reading& reading) {
    JsonReading asked;
    asked.patterns = {"SpotPriceHistory/*", "*"};  // the second is what --query makes of it
    asked.each = [&](std::size_t, const JsonRecord& record) { take_zone(reading, record); };
    end_json(reading, read_json(reading.input, asked));
    return {};
}

}  // namespace deepvm::imports
