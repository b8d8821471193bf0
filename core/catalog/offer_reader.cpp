// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/offer_reader.h"

#include <SQLiteCpp/Exception.h>

#include <algorithm>
#include <stdexcept>

namespace deepvm::catalog {
namespace {

enum Column { type, on_demand, spot, spot_basis, interruption_band, on_demand_source, spot_source, doubtful };

constexpr const char* query =
    "SELECT instance_type, on_demand, spot, spot_basis, interruption_band, on_demand_source, spot_source, "
    "doubtful "
    "FROM offer WHERE place = ? ORDER BY instance_type";

constexpr std::uint32_t none = ~0U;

std::vector<std::uint32_t> index_by_number(std::span<const std::int64_t> numbers) {
    constexpr std::int64_t largest = 50'000'000;  // no catalog of a size that is read has more
    std::vector<std::uint32_t> index;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i] < 0 || numbers[i] > largest) throw std::runtime_error("a number is out of range");
        const auto number = static_cast<std::size_t>(numbers[i]);
        if (number >= index.size()) index.resize(std::max(number + 1, numbers.size()), none);
        index[number] = static_cast<std::uint32_t>(i);
    }
    return index;
}

std::uint32_t at(const std::vector<std::uint32_t>& index, std::int64_t number) {
    const bool known = number >= 0 && static_cast<std::size_t>(number) < index.size();
    const auto found = known ? index[static_cast<std::size_t>(number)] : none;
    if (found == none) throw std::runtime_error("an offer names what is not there");
    return found;
}

}  // namespace

OfferReader::OfferReader(SQLite::Database& database, std::span<const std::int64_t> types,
                         std::span<const std::int64_t> sources)
    : types_(index_by_number(types)), sources_(index_by_number(sources)) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.getHandle(), query, -1, &statement, nullptr) != SQLITE_OK)
        throw SQLite::Exception(database.getHandle());
    statement_.reset(statement);
}

// The row that the statement is on. SQLite has no CHECK for what is read, so the rules of the schema are here
// once more: a price that is none must not reach a plan.
model::Offer OfferReader::offer() const {
    constexpr std::int64_t highest = 1'000'000'000'000;
    sqlite3_stmt* row = statement_.get();
    model::Offer offer;
    offer.type = at(types_, sqlite3_column_int64(row, type));
    const std::int64_t list = sqlite3_column_int64(row, on_demand);
    if (list < 1 || list > highest) throw std::runtime_error("a price is out of range");
    offer.on_demand = base::Money::from_micro(list);
    offer.on_demand_source =
        static_cast<std::uint16_t>(at(sources_, sqlite3_column_int64(row, on_demand_source)));
    if (sqlite3_column_type(row, spot) != SQLITE_NULL) {
        const std::int64_t price = sqlite3_column_int64(row, spot);
        if (price < 1 || price > highest) throw std::runtime_error("a spot price is out of range");
        offer.spot = base::Money::from_micro(price);
        offer.spot_source = static_cast<std::uint16_t>(at(sources_, sqlite3_column_int64(row, spot_source)));
        const int basis = sqlite3_column_int(row, spot_basis);
        if (basis < 0 || basis >= model::price_bases) throw std::runtime_error("a price basis is unknown");
        offer.spot_basis = static_cast<model::PriceBasis>(basis);
    }
    if (sqlite3_column_type(row, interruption_band) != SQLITE_NULL) {
        const int band = sqlite3_column_int(row, interruption_band);
        if (band < 0 || band > 4) throw std::runtime_error("an interruption band is out of range");
        offer.interruption_band = static_cast<std::uint8_t>(band);
    }
    offer.doubtful = sqlite3_column_int(row, doubtful) != 0;
    return offer;
}

bool OfferReader::read(std::int64_t place, std::vector<model::Offer>& offers, const std::stop_token& stop) {
    constexpr std::size_t between_looks = 1024;  // rows, well under a millisecond
    sqlite3_stmt* row = statement_.get();
    sqlite3_reset(row);
    sqlite3_bind_int64(row, 1, place);
    read_.clear();
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        read_.push_back(offer());
        if (read_.size() % between_looks == 0 && stop.stop_requested()) return false;
    }
    if (step != SQLITE_DONE) throw SQLite::Exception(sqlite3_db_handle(row), step);
    // Types are numbered in catalog order unless a published file has its rows in another one.
    const auto by_type = [](const model::Offer& a, const model::Offer& b) { return a.type < b.type; };
    if (!std::is_sorted(read_.begin(), read_.end(), by_type)) std::sort(read_.begin(), read_.end(), by_type);
    offers.assign(read_.begin(), read_.end());
    return !stop.stop_requested();
}

}  // namespace deepvm::catalog
