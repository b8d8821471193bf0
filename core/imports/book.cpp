// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/book.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/dates.h"
#include "base/printable.h"
#include "imports/prices.h"

namespace deepvm::imports {
namespace {

constexpr std::size_t longest_name = 200;

// A name that may stand in a catalog: no blanks around it, no control characters, no endless text.
bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && name.front() != ' ' && name.back() != ' ' &&
           base::printable(name) == name && name.find('/') == std::string_view::npos;
}

// The price of a zone that is this much older than another's is no longer what one pays: AWS writes prices
// anew within days even where they stay.
constexpr int long_past_days = 30;

int days_between(const std::string& from, const std::string& to) {
    const auto a = base::parse_iso_date(from);
    const auto b = base::parse_iso_date(to);
    return a && b ? static_cast<int>((*b - *a).count()) : 0;
}

template <typename T>
void fill(std::optional<T>& figure, const std::optional<T>& from) {
    if (!figure) figure = from;
}

void fill_accelerators(Machine& machine, const Machine& from) {
    if (!machine.accelerator.empty() && !from.accelerator.empty() && machine.accelerator != from.accelerator)
        return;
    if (machine.accelerator.empty()) machine.accelerator = from.accelerator;
    fill(machine.accelerator_count, from.accelerator_count);
    if (machine.accelerator_memory_gib.empty()) machine.accelerator_memory_gib = from.accelerator_memory_gib;
    if (from.has_part_accelerators) machine.has_part_accelerators = true;
}

}  // namespace

Book::Book(FileReport& report, std::string date, std::string today)
    : report_(report), date_(std::move(date)), today_(std::move(today)) {}

Entry* Book::entry(const PriceRow& row) {
    for (const auto* name : {&row.provider, &row.type, &row.region})
        if (!is_name(*name) && !(name == &row.region && name->empty())) {
            refuse("a name is missing or cannot be one", row.where,
                   fmt::format("\"{}\" cannot be the name of a provider, region or type; correct the row",
                               shown(*name)));
            return nullptr;
        }
    for (const auto& [name, what] : {std::pair(&row.provider, "provider"), std::pair(&row.region, "region")})
        if (*name == "any") {
            refuse("a name is missing or cannot be one", row.where,
                   fmt::format("{0} \"any\" means all; name the {0}", what));
            return nullptr;
        }
    const auto [known, added] =
        by_offer_.emplace(row.provider + "/" + row.region + "/" + row.type, entries_.size());
    if (added) {
        Entry& fresh = entries_.emplace_back();
        fresh.provider = row.provider;
        fresh.region = row.region;
        fresh.type = row.type;
        fresh.where = row.where;
    }
    return &entries_[known->second];
}

bool Book::is_dated(const PriceRow& row) {
    if (row.time.empty()) return true;
    const auto day = day_of(row.time);
    if (!day)
        refuse("a date is none", row.where,
               fmt::format("\"{}\" is not a date; write it as 2026-07-20", shown(row.time)));
    else if (*day > today_)
        refuse("a date lies in the future", row.where,
               fmt::format("the price is of {}, which is still to come; import it then", *day));
    return day && *day <= today_;
}

void Book::add(const PriceRow& row) {
    if (!is_dated(row)) return;
    Entry* found = entry(row);
    if (found == nullptr) return;
    if (!row.time.empty()) newest_ = std::max(newest_, row.time.substr(0, 10));
    add_zone((row.is_spot ? found->spot : found->on_demand).zones, row);
}

void Book::add_zone(std::vector<ZonePrice>& zones, const PriceRow& row) {
    const auto known = std::find_if(zones.begin(), zones.end(),
                                    [&](const ZonePrice& each) { return each.zone == row.zone; });
    ZonePrice fresh{row.zone, row.price, row.basis, row.time, row.source, row.where, row.dearest};
    if (known == zones.end()) {
        zones.push_back(std::move(fresh));
    } else if (row.time > known->time) {
        *known = std::move(fresh);
    } else if (row.time == known->time && row.price != known->price) {
        refuse("a second price for the same offer", row.where,
               fmt::format("{} in {}{}{} has another price, {}, already at {}; remove one of them", row.type,
                           row.region, row.zone.empty() ? "" : ", zone ", row.zone, known->price.decimal(),
                           known->where));
    } else {
        leave_out(row.time == known->time ? "the same price again" : "older than another of its zone");
    }
}

std::string Book::day(const ZonePrice& price) const {
    return price.time.empty() ? date_ : price.time.substr(0, 10);
}

void Book::settle_times(bool holds_since) {
    for (Entry& entry : entries_) {
        settle_times(entry.on_demand, holds_since);
        settle_times(entry.spot, holds_since);
    }
}

void Book::settle_times(ZonePrices& prices, bool holds_since) {
    std::string last;
    for (const auto& each : prices.zones)
        last = std::max(last, day(each));
    std::erase_if(prices.zones, [&](const ZonePrice& each) {
        const bool past = days_between(day(each), last) > long_past_days;
        if (past) leave_out("zones with a price of long before");
        return past;
    });
    const bool timed = std::any_of(prices.zones.begin(), prices.zones.end(),
                                   [](const ZonePrice& each) { return !each.time.empty(); });
    if (!timed) return;
    // All zones were looked at together, so their prices are as new as the newest. A price that holds since
    // last week was seen when the file was fetched, which its newest row tells.
    prices.day = holds_since && days_between(last, newest()) <= long_past_days ? newest() : last;
}

void Book::add_saving(const PriceRow& row, std::optional<int> percent, std::optional<int> band) {
    if (!is_dated(row)) return;
    Entry* found = entry(row);
    if (found == nullptr) return;
    if (percent) found->saving_percent = percent;
    if (band && (!found->band || row.time >= found->band->time)) found->band = {*band, row.time, row.source};
}

void Book::describe(const std::string& provider, const std::string& type, const Machine& machine) {
    const auto [known, added] = machines_.try_emplace(provider + "/" + type, machine);
    if (added) return;
    Machine& figures = known->second;
    fill(figures.vcpus, machine.vcpus);
    fill(figures.memory_gib, machine.memory_gib);
    fill(figures.network_gbps, machine.network_gbps);
    fill(figures.host, machine.host);
    fill(figures.published_rate, machine.published_rate);
    if (figures.quota_class.empty()) figures.quota_class = machine.quota_class;
    fill_accelerators(figures, machine);
}

void Book::add_quota(const std::string& dataset, const model::Quota& quota) {
    quotas_.push_back({dataset, quota});
}

void Book::refuse(const std::string& kind, const std::string& where, std::string_view why) {
    note(report_.refused[kind],
         fmt::format("{}{}{}: {}", report_.name, where.empty() ? "" : " ", where, why));
}

const Machine* Book::machine(const std::string& provider, const std::string& type) const {
    const auto found = machines_.find(provider + "/" + type);
    return found == machines_.end() ? nullptr : &found->second;
}

const ZonePrice& cheapest(const std::vector<ZonePrice>& zones) {
    return *std::min_element(zones.begin(), zones.end(), [](const ZonePrice& a, const ZonePrice& b) {
        return std::tie(a.price, a.zone) < std::tie(b.price, b.zone);
    });
}

}  // namespace deepvm::imports
