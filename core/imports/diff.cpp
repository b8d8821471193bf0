// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "catalog/catalog.h"
#include "imports/change_text.h"
#include "imports/report.h"

namespace deepvm::imports {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Place = std::tuple<std::string, std::string, std::string>;  // market, region, type

struct OfferPrices {
    base::Money on_demand;
    std::optional<base::Money> spot;  // as the source has it

    bool operator==(const OfferPrices&) const = default;
};

base::Result<std::map<Place, OfferPrices>> prices_of(const fs::path& file) {
    const auto opened = catalog::Catalog::open(file);
    if (!opened) return tl::unexpected(opened.error());
    std::map<Place, OfferPrices> all;
    for (const auto& summary : opened->markets()) {
        if (summary.name == catalog::any_provider) continue;
        const bool provider = summary.kind == model::MarketKind::provider;
        const auto market = opened->load({summary.name, std::string(provider ? catalog::any_region : "")});
        if (!market) return tl::unexpected(market.error());
        for (const auto& place : (*market)->places)
            for (const auto& offer : place.offers)
                all.emplace(Place(summary.name, place.region, (*market)->types[offer.type].name),
                            OfferPrices{offer.on_demand, offer.listed_spot ? offer.listed_spot : offer.spot});
    }
    return all;
}

void compare_offer(const Place& place, const OfferPrices& before, const OfferPrices& after,
                   CatalogDiff& diff) {
    if (before == after) {
        ++diff.same;
        return;
    }
    const auto& [market, region, type] = place;
    if (before.on_demand != after.on_demand)
        diff.changes.push_back({market, region, type, false, before.on_demand, after.on_demand});
    if (before.spot == after.spot) return;
    if (after.spot)
        diff.changes.push_back({market, region, type, true, before.spot, *after.spot});
    else
        diff.lost_spot.push_back({market, region, type, true, std::nullopt, *before.spot});
}

void add_lone(std::vector<LoneOffer>& offers, const Place& place, const OfferPrices& prices) {
    offers.push_back({std::get<0>(place), std::get<1>(place), std::get<2>(place), prices.on_demand});
}

void dearest_first(std::vector<LoneOffer>& offers) {
    std::stable_sort(offers.begin(), offers.end(),
                     [](const LoneOffer& a, const LoneOffer& b) { return a.on_demand > b.on_demand; });
}

template <typename List, typename Line>
void add_section(std::string& text, std::string_view heading, const List& list, Line line) {
    constexpr std::size_t most = 20;
    if (list.empty()) return;
    text += fmt::format("{}: {}\n", heading, list.size());
    for (std::size_t i = 0; i < std::min(list.size(), most); ++i)
        text += fmt::format("  {}\n", line(list[i]));
    if (list.size() > most) text += fmt::format("  ... and {} more; --as json has all\n", list.size() - most);
}

Json lone_json(const std::vector<LoneOffer>& offers) {
    Json all = Json::array();
    for (const auto& offer : offers)
        all.push_back({{"market", offer.market},
                       {"region", offer.region},
                       {"instance_type", offer.type},
                       {"on_demand_usd_per_hour", offer.on_demand.decimal()}});
    return all;
}

Json changes_json(const std::vector<catalog::PriceChange>& changes) {
    Json all = Json::array();
    for (const auto& change : changes)
        all.push_back(change_json(change));
    return all;
}

}  // namespace

base::Result<CatalogDiff> compare_catalogs(const fs::path& before, const fs::path& after) {
    const auto old_prices = prices_of(before);
    if (!old_prices) return tl::unexpected(old_prices.error());
    const auto new_prices = prices_of(after);
    if (!new_prices) return tl::unexpected(new_prices.error());
    CatalogDiff diff;
    diff.before = before;
    diff.after = after;
    for (const auto& [place, prices] : *old_prices) {
        const auto found = new_prices->find(place);
        if (found == new_prices->end())
            add_lone(diff.gone, place, prices);
        else
            compare_offer(place, prices, found->second, diff);
    }
    for (const auto& [place, prices] : *new_prices)
        if (!old_prices->contains(place)) add_lone(diff.appeared, place, prices);
    sort_by_size(diff.changes);
    dearest_first(diff.appeared);
    dearest_first(diff.gone);
    return diff;
}

std::string diff_text(const CatalogDiff& diff) {
    const auto lone = [](const LoneOffer& offer) {
        return fmt::format("{} {}{}{}: {} USD/h on-demand", offer.market, offer.region,
                           offer.region.empty() ? "" : " ", offer.type, offer.on_demand.decimal());
    };
    std::string text;
    add_section(text, "changed prices", diff.changes, change_text);
    add_section(text, "spot prices that are gone", diff.lost_spot, [](const catalog::PriceChange& change) {
        return fmt::format("{} {} {}: was {} USD/h", change.dataset, change.region, change.type,
                           change.after.decimal());
    });
    add_section(text, "new offers", diff.appeared, lone);
    add_section(text, "gone offers", diff.gone, lone);
    return text + fmt::format("unchanged offers: {}\n", diff.same);
}

std::string diff_json(const CatalogDiff& diff) {
    Json lost = Json::array();
    for (const auto& change : diff.lost_spot)
        lost.push_back({{"market", change.dataset},
                        {"region", change.region},
                        {"instance_type", change.type},
                        {"usd_per_hour_before", change.after.decimal()}});
    const Json all{{"schema", "deepvm-catalog-diff/1"},   {"before", diff.before.string()},
                   {"after", diff.after.string()},        {"changed_prices", changes_json(diff.changes)},
                   {"gone_spot_prices", std::move(lost)}, {"new_offers", lone_json(diff.appeared)},
                   {"gone_offers", lone_json(diff.gone)}, {"unchanged_offers", diff.same}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace deepvm::imports
