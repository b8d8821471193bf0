// SPDX-License-Identifier: GPL-3.0-or-later
// What the catalog keeps beside the prices of today.
#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <string>

#include "base/printable.h"
#include "catalog/market_reader.h"
#include "model/market.h"

namespace deepvm::catalog {
namespace {

// A catalog is a file like any other: what stands in it is shown.
std::string shown(SQLite::Statement& row, int column) {
    return base::printable(row.getColumn(column).getString());
}

}  // namespace

OfferPast read_past(const SQLite::Database& database, const std::string& dataset, const std::string& region,
                    const std::string& type) {
    OfferPast past;
    const auto bind_offer = [&](SQLite::Statement& row) {
        row.bind(1, dataset);
        row.bind(2, region);
        row.bind(3, type);
    };
    const std::string of_offer =
        "JOIN place ON place.number = past.place JOIN instance_type ON instance_type.number = "
        "past.instance_type WHERE place.dataset = ? AND region = ? AND instance_type.name = ?";
    SQLite::Statement price(database,
                            "SELECT is_spot, price, basis, source.id, source.description, source.as_of "
                            "FROM past_price AS past JOIN source ON source.number = past.source " +
                                of_offer + " ORDER BY is_spot, step");
    bind_offer(price);
    while (price.executeStep())
        past.prices.push_back({price.getColumn(0).getInt() != 0,
                               base::Money::from_micro(price.getColumn(1).getInt64()),
                               static_cast<model::PriceBasis>(price.getColumn(2).getInt()),
                               {shown(price, 3), shown(price, 4), shown(price, 5)}});
    SQLite::Statement range(database, "SELECT zone, zones, low, high FROM spot_range AS past " + of_offer);
    bind_offer(range);
    if (range.executeStep())
        past.range = {shown(range, 0), range.getColumn(1).getInt(),
                      base::Money::from_micro(range.getColumn(2).getInt64()),
                      base::Money::from_micro(range.getColumn(3).getInt64())};
    return past;
}

}  // namespace deepvm::catalog
