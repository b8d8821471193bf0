// SPDX-License-Identifier: GPL-3.0-or-later
// Offers out of the database, many at a time: the one place where the number of rows decides how long a
// person waits, and so the one that uses SQLite itself. Private to this folder.
#pragma once

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "model/market.h"

namespace deepvm::catalog {

/// Reads the offers of one place after the other, all of one data set.
class OfferReader {
  public:
    /// The numbers that the catalog has given to types and sources: an offer gets their indexes in these
    /// lists.
    OfferReader(SQLite::Database& database, std::span<const std::int64_t> types,
                std::span<const std::int64_t> sources);

    /// The offers of the place of this number, by type. False when it was stopped. Throws std::runtime_error
    /// on a row that names what is not there or that no build writes.
    bool read(std::int64_t place, std::vector<model::Offer>& offers, const std::stop_token& stop);

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    model::Offer offer() const;

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::vector<std::uint32_t> types_;  // index by number
    std::vector<std::uint32_t> sources_;
    std::vector<model::Offer> read_;
};

}  // namespace deepvm::catalog
