// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/merge.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/dates.h"
#include "base/files.h"
#include "base/names.h"
#include "base/numbers.h"
#include "catalog/merge_types.h"
#include "catalog/price_review.h"
#include "catalog/schema.h"
#include "catalog/writing.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;
using base::Money;
using model::PriceBasis;
using SQLite::Statement;

// One merge at a time in a folder. The kernel lets go of it when the program ends, however it ends.
class FolderLock {
  public:
    explicit FolderLock(const fs::path& folder)
        : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~FolderLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int descriptor_;
};

// What merges that were killed have left beside the target: "catalog.db.4711-0.new" without a process 4711.
void sweep(const fs::path& target) {
    const auto begin = target.filename().string() + ".";
    std::error_code failed;
    for (fs::directory_iterator each(target.parent_path(), failed), end; !failed && each != end;
         each.increment(failed)) {
        const auto name = each->path().filename().string();
        if (!name.starts_with(begin) || name.find(".new", begin.size()) == std::string::npos) continue;
        const auto number = name.substr(begin.size(), name.find('-', begin.size()) - begin.size());
        const auto process = base::parse_integer(number);
        if (!process || *process <= 1 || *process > 4'194'304) continue;
        std::error_code kept;
        if (::kill(static_cast<pid_t>(*process), 0) != 0 && errno == ESRCH) fs::remove(each->path(), kept);
    }
}

std::string named(const OfferUpdate& update) {
    return fmt::format("{}{}{} {}", update.dataset, update.region.empty() ? "" : " ", update.region,
                       update.type);
}

// An offer as the catalog has it.
struct Held {
    std::optional<Money> on_demand;
    std::int64_t on_demand_source = 0;
    std::optional<Money> spot;
    PriceBasis spot_basis = PriceBasis::list;
    std::int64_t spot_source = 0;
    std::optional<int> band;
    bool doubtful = false;
};

class Merger {
  public:
    Merger(SQLite::Database& database, const Merge& merge)
        : database_(database), merge_(merge), names_(database) {}

    MergeOutcome run();

  private:
    void lowest_prices();
    void take(std::size_t index);
    std::int64_t new_place(const OfferUpdate& update);
    Held held(std::int64_t place, std::int64_t type);
    bool may_replace(std::size_t index, std::int64_t old_source, PriceBasis old_basis, const Quote& quote);
    std::optional<Quote> estimate(const OfferUpdate& update, const std::optional<Money>& on_demand) const;
    void set_on_demand(std::size_t index, Held& offer);
    void set_spot(std::size_t index, Held& offer, const Quote& quote);
    void set_band(std::size_t index, Held& offer);
    void change(const OfferUpdate& update, bool is_spot, std::optional<Money> before, Money after);
    void keep_past(bool is_spot, Money price, PriceBasis basis, std::int64_t source);
    void write(const Held& offer, bool existed);
    void write_range(const std::optional<SpotRange>& range);
    void look_at(const OfferUpdate& update, const Held& offer);
    void review();

    SQLite::Database& database_;
    const Merge& merge_;
    MergeNames names_;
    MergeOutcome outcome_;
    std::unordered_map<std::int64_t, std::int64_t> lowest_;  // on-demand price by type, before the merge
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> band_dates_;  // by place and type
    std::int64_t place_ = 0;  // of the update that is being taken
    std::int64_t type_ = 0;
    bool took_ = false;  // one of its prices
};

MergeOutcome Merger::run() {
    lowest_prices();
    names_.add(merge_, outcome_);
    // On-demand prices first: spot prices of other files may need them.
    for (std::size_t i = 0; i < merge_.offers.size(); ++i)
        if (merge_.offers[i].on_demand) take(i);
    for (std::size_t i = 0; i < merge_.offers.size(); ++i)
        if (!merge_.offers[i].on_demand) take(i);
    review();
    database_.exec("DELETE FROM summary");
    database_.exec(fmt::format("INSERT INTO summary {}", summary_query));
    return std::move(outcome_);
}

// Doubtful prices prove nothing: measured by themselves they would be as usual the second time. Where a type
// has no others left, it is measured by the dearest that it was: cents are not that.
void Merger::lowest_prices() {
    for (const auto* query :
         {"SELECT instance_type, min(on_demand) FROM offer WHERE doubtful = 0 GROUP BY instance_type",
          "SELECT instance_type, max(price) FROM past_price WHERE is_spot = 0 GROUP BY instance_type"}) {
        Statement row(database_, query);
        while (row.executeStep())
            lowest_.emplace(row.getColumn(0).getInt64(), row.getColumn(1).getInt64());
    }
}

// A zone or a slip of the pen in the place of a region looks like this, too.
std::int64_t Merger::new_place(const OfferUpdate& update) {
    if (const auto& known = names_.known_regions(update.dataset); !known.empty())
        outcome_.new_regions.push_back(fmt::format(
            "{} {}: the catalog did not have this region; if it is a zone or misspelt, correct the "
            "file (the nearest known is {})",
            update.dataset, update.region, base::nearest(update.region, known)));
    return names_.add_place(update.dataset, update.region);
}

Held Merger::held(std::int64_t place, std::int64_t type) {
    Statement row(database_,
                  "SELECT on_demand, on_demand_source, spot, spot_basis, spot_source, interruption_band, "
                  "doubtful FROM offer WHERE place = ? AND instance_type = ?");
    row.bind(1, place);
    row.bind(2, type);
    Held offer;
    if (!row.executeStep()) return offer;
    offer.on_demand = Money::from_micro(row.getColumn(0).getInt64());
    offer.on_demand_source = row.getColumn(1).getInt64();
    if (!row.isColumnNull(2)) {
        offer.spot = Money::from_micro(row.getColumn(2).getInt64());
        offer.spot_basis = static_cast<PriceBasis>(row.getColumn(3).getInt());
        offer.spot_source = row.getColumn(4).getInt64();
    }
    if (!row.isColumnNull(5)) offer.band = row.getColumn(5).getInt();
    offer.doubtful = row.getColumn(6).getInt() != 0;
    return offer;
}

void Merger::take(std::size_t index) {
    const OfferUpdate& update = merge_.offers[index];
    const auto type = names_.type(update.dataset, update.type);
    if (!type) return outcome_.unused.push_back({index, Unused::no_type});
    type_ = *type;
    if (const auto place = names_.known_place(update.dataset, update.region))
        place_ = *place;
    else if (update.on_demand)
        place_ = new_place(update);
    else
        return outcome_.unused.push_back({index, Unused::no_region});
    took_ = false;
    Held offer = held(place_, type_);
    const bool existed = offer.on_demand.has_value();
    if (existed)
        band_dates_.try_emplace({place_, type_},
                                names_.date(offer.spot ? offer.spot_source : offer.on_demand_source));
    if (!existed && !update.on_demand) return outcome_.unused.push_back({index, Unused::no_on_demand});
    if (update.on_demand) set_on_demand(index, offer);
    if (const auto spot = update.spot ? update.spot : estimate(update, offer.on_demand))
        set_spot(index, offer, *spot);
    if (update.band) set_band(index, offer);
    if (took_) look_at(update, offer);
    write(offer, existed);
    if (!existed) ++outcome_.new_offers;
}

// Prices grow old in silence: a file of last year must not replace what somebody saw last week.
bool Merger::may_replace(std::size_t index, std::int64_t old_source, PriceBasis old_basis,
                         const Quote& quote) {
    const auto& old_date = names_.date(old_source);
    const auto& new_date = merge_.sources[quote.source].as_of;
    if (!merge_.allow_older && new_date < old_date) {
        outcome_.unused.push_back({index, Unused::older});
        return false;
    }
    const bool worse = quote.basis == PriceBasis::advisor_savings && old_basis != PriceBasis::advisor_savings;
    if (!worse) return true;
    const auto before = base::parse_iso_date(old_date);
    const auto after = base::parse_iso_date(new_date);
    if (before && after && (*after - *before).count() > model::stale_days) return true;
    outcome_.unused.push_back({index, Unused::estimate});
    return false;
}

std::optional<Quote> Merger::estimate(const OfferUpdate& update,
                                      const std::optional<Money>& on_demand) const {
    if (!update.saving || !on_demand) return std::nullopt;
    const auto micro = (on_demand->micro() * (100 - update.saving->percent) + 50) / 100;
    return Quote{Money::from_micro(std::max<std::int64_t>(micro, 1)), PriceBasis::advisor_savings,
                 update.saving->source};
}

void Merger::set_on_demand(std::size_t index, Held& offer) {
    const OfferUpdate& update = merge_.offers[index];
    const Quote& quote = *update.on_demand;
    if (offer.on_demand && !may_replace(index, offer.on_demand_source, PriceBasis::list, quote)) return;
    const auto lowest = lowest_.find(type_);
    const bool cents = lowest != lowest_.end() && 100 * quote.price.micro() <= lowest->second;
    offer.doubtful = cents || (offer.doubtful && offer.on_demand == quote.price);
    if (cents)
        outcome_.flagged.push_back(
            fmt::format("{}: on-demand {} USD/h is 99 % below every known price of this type (lowest {}); "
                        "are these cents?",
                        named(update), quote.price.decimal(), Money::from_micro(lowest->second).decimal()));
    if (offer.on_demand == quote.price) {
        ++outcome_.confirmed;
    } else {
        if (offer.on_demand)
            keep_past(false, *offer.on_demand,
                      update.region.empty() ? PriceBasis::published : PriceBasis::list,
                      offer.on_demand_source);
        change(update, false, offer.on_demand, quote.price);
    }
    offer.on_demand = quote.price;
    offer.on_demand_source = names_.source(quote.source);
    took_ = true;
}

void Merger::set_spot(std::size_t index, Held& offer, const Quote& quote) {
    const OfferUpdate& update = merge_.offers[index];
    if (offer.spot && !may_replace(index, offer.spot_source, offer.spot_basis, quote)) return;
    if (offer.spot == quote.price) {
        ++outcome_.confirmed;
    } else {
        if (offer.spot) keep_past(true, *offer.spot, offer.spot_basis, offer.spot_source);
        change(update, true, offer.spot, quote.price);
    }
    offer.spot = quote.price;
    offer.spot_basis = quote.basis;
    offer.spot_source = names_.source(quote.source);
    took_ = true;
    write_range(update.range);
}

// The catalog does not keep of what day a band is: it came with the spot price, else with the offer, as these
// were before this merge. Where there is none yet, one of any day is better.
void Merger::set_band(std::size_t index, Held& offer) {
    const Band& band = *merge_.offers[index].band;
    if (offer.band == band.band) return;
    const auto& date = merge_.sources[band.source].as_of;
    auto& held_date = band_dates_[{place_, type_}];
    if (offer.band && !merge_.allow_older && date < held_date)
        return outcome_.unused.push_back({index, Unused::older_band});
    offer.band = band.band;
    held_date = date;
    ++outcome_.bands;
}

void Merger::change(const OfferUpdate& update, bool is_spot, std::optional<Money> before, Money after) {
    outcome_.changes.push_back({update.dataset, update.region, update.type, is_spot, before, after});
}

void Merger::keep_past(bool is_spot, Money price, PriceBasis basis, std::int64_t source) {
    Statement insert(database_,
                     "INSERT INTO past_price SELECT ?1, ?2, ?3, coalesce(max(step), 0) + 1, ?4, ?5, ?6 FROM "
                     "past_price WHERE place = ?1 AND instance_type = ?2 AND is_spot = ?3");
    insert.bind(1, place_);
    insert.bind(2, type_);
    insert.bind(3, is_spot ? 1 : 0);
    insert.bind(4, price.micro());
    insert.bind(5, static_cast<int>(basis));
    insert.bind(6, source);
    insert.exec();
}

void Merger::write_range(const std::optional<SpotRange>& range) {
    Statement remove(database_, "DELETE FROM spot_range WHERE place = ? AND instance_type = ?");
    remove.bind(1, place_);
    remove.bind(2, type_);
    remove.exec();
    if (!range) return;
    Statement insert(database_, "INSERT INTO spot_range VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, place_);
    insert.bind(2, type_);
    insert.bind(3, range->zone);
    insert.bind(4, range->zones);
    insert.bind(5, range->low.micro());
    insert.bind(6, range->high.micro());
    insert.exec();
}

void Merger::write(const Held& offer, bool existed) {
    Statement statement(
        database_,
        existed ? "UPDATE offer SET on_demand = ?3, spot = ?4, spot_basis = ?5, interruption_band = ?6, "
                  "on_demand_source = ?7, spot_source = ?8, doubtful = ?9 WHERE place = ?1 AND "
                  "instance_type = ?2"
                : "INSERT INTO offer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    statement.bind(1, place_);
    statement.bind(2, type_);
    statement.bind(3, offer.on_demand->micro());
    if (offer.spot) {
        statement.bind(4, offer.spot->micro());
        statement.bind(5, static_cast<int>(offer.spot_basis));
        statement.bind(8, offer.spot_source);
    }
    if (offer.band) statement.bind(6, *offer.band);
    statement.bind(7, offer.on_demand_source);
    statement.bind(9, offer.doubtful ? 1 : 0);
    statement.exec();
}

void Merger::look_at(const OfferUpdate& update, const Held& offer) {
    if (!offer.spot) return;
    if (*offer.spot > *offer.on_demand)
        outcome_.flagged.push_back(
            fmt::format("{}: spot {} USD/h is above the on-demand price {}; it is kept and not planned with",
                        named(update), offer.spot->decimal(), offer.on_demand->decimal()));
    else if (100 * *offer.spot <= *offer.on_demand)
        outcome_.flagged.push_back(
            fmt::format("{}: spot {} USD/h is 99 % below the on-demand price {}; are these cents?",
                        named(update), offer.spot->decimal(), offer.on_demand->decimal()));
}

// Usual shares of all types anew, from all offers; marks those whose price is doubtful beside the others.
void Merger::review() {
    PriceReview prices;
    Statement row(database_, "SELECT instance_type, place, on_demand, spot, spot_basis FROM offer");
    while (row.executeStep()) {
        const int type = row.getColumn(0).getInt();
        const auto on_demand = Money::from_micro(row.getColumn(2).getInt64());
        prices.add(type, row.getColumn(1).getInt(), on_demand);
        if (!row.isColumnNull(3) &&
            row.getColumn(4).getInt() == static_cast<int>(PriceBasis::advisor_savings))
            prices.add_estimate(type, on_demand, Money::from_micro(row.getColumn(3).getInt64()));
    }
    database_.exec("UPDATE instance_type SET mean_log_share = NULL");
    std::vector<std::string> known;
    prices.write(database_, known);
}

}  // namespace

base::Result<MergeOutcome> merge_prices(const fs::path& target, const fs::path& otherwise, const Merge& merge,
                                        bool dry_run) {
    return refusing(target, [&] {
        std::error_code ignored;
        const auto where = fs::weakly_canonical(fs::absolute(target), ignored);
        const FolderLock lock(where.parent_path());
        std::optional<base::Replacement> replacement;
        if (!dry_run) {
            sweep(where);
            replacement.emplace(must(base::Replacement::beside(target)));
        }
        auto database = copy_in_memory(fs::exists(target, ignored) ? target : otherwise);
        database.exec("BEGIN");
        auto outcome = Merger(database, merge).run();
        database.exec("COMMIT");
        if (replacement) write_catalog(database, *replacement);
        return outcome;
    });
}

}  // namespace deepvm::catalog
