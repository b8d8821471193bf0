// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/book.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "imports/prices.h"

namespace deepvm::imports {
namespace {

constexpr std::size_t longest_name = 200;

// A name that may stand in a catalog: no blanks around it, no control characters, no endless text.
bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && name.front() != ' ' && name.back() != ' ' &&
           shown(name) == name && name.find('/') == std::string_view::npos;
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
    if (row.region == "any") {
        refuse("a name is missing or cannot be one", row.where, "region \"any\" means all; name the region");
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

void Book::add(const PriceRow& row) {
    if (!row.time.empty()) {
        const auto day = day_of(row.time);
        if (!day)
            return refuse("a date is none", row.where,
                          fmt::format("\"{}\" is not a date; write it as 2026-07-20", shown(row.time)));
        if (*day > today_)
            return refuse("a date lies in the future", row.where,
                          fmt::format("the price is of {}, which is still to come; import it then", *day));
    }
    Entry* found = entry(row);
    if (found == nullptr) return;
    if (!row.time.empty()) newest_ = std::max(newest_, row.time.substr(0, 10));
    if (!row.is_spot) {
        add_zone(found->on_demand, row);
        if (!row.source.empty()) found->on_demand_source = row.source;
        return;
    }
    if (found->spot.empty()) {
        found->spot_low = row.price;
        found->spot_high = row.price;
    }
    found->spot_low = std::min(found->spot_low, row.price);
    found->spot_high = std::max(found->spot_high, row.price);
    found->spot_basis = row.basis;
    if (!row.source.empty()) found->spot_source = row.source;
    add_zone(found->spot, row);
}

void Book::add_zone(std::vector<ZonePrice>& zones, const PriceRow& row) {
    const auto known = std::find_if(zones.begin(), zones.end(),
                                    [&](const ZonePrice& each) { return each.zone == row.zone; });
    if (known == zones.end()) {
        zones.push_back({row.zone, row.price, row.time, row.where});
    } else if (row.time > known->time) {
        *known = {row.zone, row.price, row.time, row.where};
    } else if (row.time == known->time && row.price != known->price) {
        refuse("a second price for the same offer", row.where,
               fmt::format("{} in {}{}{} has another price, {}, already at {}; remove one of them", row.type,
                           row.region, row.zone.empty() ? "" : ", zone ", row.zone, known->price.decimal(),
                           known->where));
    } else {
        leave_out(row.time == known->time ? "the same price again" : "older than another of its zone");
    }
}

void Book::add_saving(const PriceRow& row, std::optional<int> percent, std::optional<int> band) {
    Entry* found = entry(row);
    if (found == nullptr) return;
    if (percent) found->saving_percent = percent;
    if (band) found->interruption_band = band;
}

void Book::describe(const std::string& provider, const std::string& type, const Machine& machine) {
    machines_.try_emplace(provider + "/" + type, machine);
}

void Book::add_quota(const std::string& dataset, const model::Quota& quota) {
    quotas_.push_back({dataset, quota});
}

void Book::refuse(const std::string& kind, const std::string& where, std::string_view why) {
    constexpr std::size_t examples = 5;
    auto& refused = report_.refused[kind];
    ++refused.rows;
    if (refused.first.size() < examples)
        refused.first.push_back(
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
