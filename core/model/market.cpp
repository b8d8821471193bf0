// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/market.h"

#include <algorithm>
#include <utility>

namespace deepvm::model {

bool spans_providers(const Market& market) {
    return !market.places.empty() && market.places.front().provider != market.places.back().provider;
}

std::string place_name(std::string_view provider, std::string_view region) {
    std::string name(provider);
    if (!name.empty() && !region.empty()) name += ' ';
    return name += region;
}

std::string provider_title(std::string_view provider) {
    constexpr std::pair<std::string_view, std::string_view> titles[] = {
        {"aws", "AWS"}, {"azure", "Azure"}, {"gcp", "Google Cloud"}, {"lambda", "Lambda"}};
    for (const auto& [name, title] : titles)
        if (name == provider) return std::string(title);
    return std::string(provider);
}

std::string place_title(std::string_view provider, std::string_view region) {
    return place_name(provider_title(provider), region);
}

std::string quota_name(const Market& market, const InstanceType& type) {
    return spans_providers(market) ? type_id(type.provider, type.quota_class) : type.quota_class;
}

std::string prices_as_of(const Market& market) {
    const auto oldest = std::min_element(market.sources.begin(), market.sources.end(),
                                         [](const Source& a, const Source& b) { return a.as_of < b.as_of; });
    return oldest == market.sources.end() ? std::string{} : oldest->as_of;
}

const WorkloadProfile* find_workload(const Market& market, std::string_view name) {
    const auto found = std::find_if(market.workloads.begin(), market.workloads.end(),
                                    [&](const WorkloadProfile& workload) { return workload.name == name; });
    return found == market.workloads.end() ? nullptr : &*found;
}

const Source* on_demand_source(const Market& market, const Offer& offer) {
    return offer.on_demand_source < market.sources.size() ? &market.sources[offer.on_demand_source] : nullptr;
}

const Source* spot_source(const Market& market, const Offer& offer) {
    const bool priced = offer.spot || offer.listed_spot;
    return priced && offer.spot_source < market.sources.size() ? &market.sources[offer.spot_source] : nullptr;
}

bool is_own(const Source* source) {
    return source != nullptr && source->id.starts_with(own_source);
}

}  // namespace deepvm::model
