// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/price_review.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "base/printable.h"

namespace deepvm::catalog {

void PriceReview::add(int type, int place, base::Money on_demand) {
    const auto [known, added] = lowest_.try_emplace(type, Lowest{on_demand, place, std::nullopt});
    if (added) return;
    Lowest& lowest = known->second;
    if (on_demand < lowest.price)
        lowest = {on_demand, place, lowest.price};
    else if (!lowest.next || on_demand < *lowest.next)
        lowest.next = on_demand;
}

void PriceReview::add_estimate(int type, base::Money on_demand, base::Money estimated_spot) {
    shares_[type].add(on_demand.usd(), estimated_spot.usd());
}

void PriceReview::write(SQLite::Database& database, std::vector<std::string>& remarks) const {
    write_shares(database);
    mark_doubtful(database, remarks);
}

void PriceReview::write_shares(SQLite::Database& database) const {
    SQLite::Statement update(database, "UPDATE instance_type SET mean_log_share = ? WHERE number = ?");
    for (const auto& [type, share] : shares_) {
        update.reset();
        update.bind(1, share.mean_log());
        update.bind(2, type);
        update.exec();
    }
}

void PriceReview::mark_doubtful(SQLite::Database& database, std::vector<std::string>& remarks) const {
    SQLite::Statement update(database, "UPDATE offer SET doubtful = 1 WHERE place = ? AND instance_type = ?");
    SQLite::Statement name(database,
                           "SELECT dataset, name, region FROM instance_type JOIN place USING (dataset) "
                           "WHERE instance_type.number = ? AND place.number = ?");
    for (const auto& [type, lowest] : lowest_) {
        if (!lowest.next || 100 * lowest.price > *lowest.next) continue;
        update.reset();
        update.bind(1, lowest.place);
        update.bind(2, type);
        update.exec();
        name.reset();
        name.bind(1, type);
        name.bind(2, lowest.place);
        if (name.executeStep())
            remarks.push_back(base::printable(fmt::format(
                "{} {} in {}: {} USD/h is 99 % below every other price of this type; are these cents?",
                name.getColumn(0).getString(), name.getColumn(1).getString(), name.getColumn(2).getString(),
                lowest.price.decimal())));
    }
}

}  // namespace deepvm::catalog
