// SPDX-License-Identifier: GPL-3.0-or-later
// What the prices of a type in all of its regions say of each of them. Private to this folder.
#pragma once

#include <SQLiteCpp/Database.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "model/spot_prices.h"

namespace deepvm::catalog {

/// Collects the offers of an import; types and places are their numbers in the catalog.
class PriceReview {
  public:
    void add(int type, int place, base::Money on_demand);
    void add_estimate(int type, base::Money on_demand, base::Money estimated_spot);

    /// Writes the usual share of each type, and marks an on-demand price that is below a hundredth of every
    /// other of its type, which is more likely cents than a bargain; each of these is a remark.
    void write(SQLite::Database& database, std::vector<std::string>& remarks) const;

  private:
    // The two lowest on-demand prices of a type, and where the lowest is.
    struct Lowest {
        base::Money price;
        int place = 0;
        std::optional<base::Money> next;
    };
    void write_shares(SQLite::Database& database) const;
    void mark_doubtful(SQLite::Database& database, std::vector<std::string>& remarks) const;

    std::map<int, model::TypeShare> shares_;  // by type
    std::map<int, Lowest> lowest_;            // by type
};

}  // namespace deepvm::catalog
