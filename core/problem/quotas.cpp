// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/quotas.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/names.h"

namespace deepvm::problem {
namespace {

// The types that some place sells on spot, by their index.
std::set<std::size_t> sold_on_spot(const model::Market& market) {
    std::set<std::size_t> types;
    for (const auto& place : market.places)
        for (const auto& offer : place.offers)
            if (offer.spot) types.insert(offer.type);
    return types;
}

}  // namespace

std::string_view name(Purchase purchase) {
    return purchase == Purchase::spot ? "spot" : "on-demand";
}

std::vector<QuotaClass> quota_classes(const model::Market& market) {
    const auto on_spot = sold_on_spot(market);
    std::vector<QuotaClass> classes;
    for (std::size_t i = 0; i < market.types.size(); ++i) {
        const auto& type = market.types[i];
        const auto name = model::quota_name(market, type);
        auto known = std::ranges::find(classes, name, &QuotaClass::name);
        if (known == classes.end()) known = classes.insert(classes.end(), {name, type.provider, {}});
        if (std::ranges::find(known->families, type.family) == known->families.end())
            known->families.push_back(type.family);
        known->trains = known->trains || type.is_worker();
        known->spot = known->spot || on_spot.contains(i);
    }
    std::stable_partition(classes.begin(), classes.end(), [](const QuotaClass& each) { return each.trains; });
    return classes;
}

base::Result<std::string> find_quota_class(const model::Market& market, std::string_view what,
                                           std::string_view text) {
    const auto wanted = base::lower_case(text);
    const bool whole = model::spans_providers(market) && text.find('/') == std::string_view::npos;
    std::vector<std::string> known;
    std::vector<std::string> begun;
    for (const auto& each : quota_classes(market)) {
        const auto lower = base::lower_case(each.name);
        if (lower == wanted) return each.name;
        if (!whole && lower.starts_with(wanted)) begun.push_back(each.name);
        known.push_back(each.name);
    }
    if (begun.size() == 1) return begun.front();
    if (begun.size() > 1)
        return base::fail(
            base::ErrorCode::unknown_name,
            fmt::format("{} \"{}\" could be any of {}; say which", what, text, fmt::join(begun, ", ")));
    return tl::unexpected(base::unknown_name(what, text, known));
}

std::optional<int> quota(const model::Market& market, const Request& request, Purchase purchase,
                         std::string_view quota_class) {
    const auto& given = own_quotas(request, purchase);
    if (const auto found = given.find(quota_class); found != given.end()) return found->second;
    if (request.preset != Preset::published) return std::nullopt;
    for (const auto& limit : market.quotas)
        if (limit.quota_class == quota_class)
            return purchase == Purchase::spot ? limit.spot_vcpus : limit.on_demand_vcpus;
    return std::nullopt;
}

const QuotaLimits& own_quotas(const Request& request, Purchase purchase) {
    return purchase == Purchase::spot ? request.spot_quota : request.on_demand_quota;
}

QuotaLimits& own_quotas(Request& request, Purchase purchase) {
    return purchase == Purchase::spot ? request.spot_quota : request.on_demand_quota;
}

}  // namespace deepvm::problem
