// SPDX-License-Identifier: GPL-3.0-or-later
// The data behind the page of the AWS Spot Instance Advisor: savings and how often machines are taken back.
#include <fmt/format.h>

#include "base/numbers.h"
#include "imports/json_records.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

// The two figures of one type in one region.
struct Figures {
    std::string type;
    std::string saving;
    std::string band;
};

void take_figures(const Reading& reading, const JsonRecord& record, const Figures& figures) {
    Book& book = reading.book;
    book.count_row();
    PriceRow row;
    row.provider = "aws";
    row.region = record.parent;
    row.type = figures.type;
    row.where = fmt::format("{}.{}", record.path, shown(figures.type));
    const auto saving = base::parse_integer(figures.saving);
    const auto band = base::parse_integer(figures.band);
    if (!saving || *saving < 0 || *saving > 99)
        return book.refuse("a saving is no share", row.where,
                           fmt::format("s \"{}\" is not a whole number from 0 to 99; fetch the file again",
                                       shown(figures.saving)));
    if (!band || *band < 0 || *band > 4)
        return book.refuse("an interruption band is unknown", row.where,
                           fmt::format("r \"{}\" is not a whole number from 0 to 4; fetch the file again",
                                       shown(figures.band)));
    // 0 % is what the page shows where it knows nothing.
    book.add_saving(row, *saving > 0 ? std::optional(static_cast<int>(*saving)) : std::nullopt,
                    static_cast<int>(*band));
}

void take_region(const Reading& reading, const JsonRecord& record) {
    if (record.key != "Linux") {
        for (std::size_t i = 0; i < record.values.size() / 2; ++i) {
            reading.book.count_row();
            reading.book.leave_out("other operating systems");
        }
        return;
    }
    if (record.too_large)
        return reading.book.refuse("an object is too large", record.path,
                                   "has more than 16 MB; is this the right file?");
    Figures figures;
    for (const auto& [name, value] : record.values) {
        const auto slash = name.rfind('/');
        const auto type = slash == std::string::npos ? std::string() : name.substr(0, slash);
        if (type != figures.type && !figures.type.empty()) take_figures(reading, record, figures);
        if (type != figures.type) figures = {type, "", ""};
        if (name.ends_with("/s")) figures.saving = value;
        if (name.ends_with("/r")) figures.band = value;
    }
    if (!figures.type.empty()) take_figures(reading, record, figures);
}

}  // namespace

base::Result<void> read_spot_advisor(const Reading& reading) {
    JsonReading asked;
    asked.patterns = {"spot_advisor/*/*"};
    asked.each = [&](std::size_t, const JsonRecord& record) { take_region(reading, record); };
    end_json(reading, read_json(reading.input, asked));
    return {};
}

}  // namespace deepvm::imports
