// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/flopp.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace deepvm::problem {
namespace {

// Types with a spot price by rising price; each that is faster than all cheaper ones is on the front, of
// equals the first in catalog order.
void mark_pareto(std::vector<FloppEntry>& entries) {
    std::vector<FloppEntry*> priced;
    for (auto& entry : entries)
        if (entry.spot) priced.push_back(&entry);
    std::stable_sort(priced.begin(), priced.end(), [](const FloppEntry* a, const FloppEntry* b) {
        return std::tuple(*a->spot, -a->rate_tflops) < std::tuple(*b->spot, -b->rate_tflops);
    });
    double fastest = 0;
    for (FloppEntry* entry : priced) {
        entry->pareto = entry->rate_tflops > fastest;
        fastest = std::max(fastest, entry->rate_tflops);
    }
}

}  // namespace

double flopp(const model::Market& market, double rate, base::Money hourly_price) {
    constexpr double seconds_per_hour = 3600;
    const double flop_per_unit = market.kind == model::MarketKind::published ? 1 : 1e12;
    return rate * flop_per_unit * seconds_per_hour / hourly_price.usd();
}

std::vector<FloppEntry> flopp_ranking(const Problem& problem) {
    const model::Market& market = *problem.market;
    std::vector<FloppEntry> entries;
    for (const Worker& worker : problem.workers) {
        FloppEntry entry;
        entry.instance_type = market.types[worker.type].name;
        entry.provider = market.places[worker.place].provider;
        entry.region = market.places[worker.place].region;
        entry.rate_tflops = worker.rate;
        entry.speed = worker.speed;
        entry.on_demand = worker.offer->on_demand;
        entry.spot = worker.spot;
        entry.on_demand_flopp = flopp(market, worker.rate, entry.on_demand);
        entry.spot_flopp = worker.flopp;
        if (const auto* source = model::on_demand_source(market, *worker.offer))
            entry.on_demand_source = source->id;
        if (const auto* source = model::spot_source(market, *worker.offer)) entry.spot_source = source->id;
        entries.push_back(std::move(entry));
    }
    mark_pareto(entries);
    std::stable_sort(entries.begin(), entries.end(), [](const FloppEntry& a, const FloppEntry& b) {
        return std::tuple(!a.spot_flopp, -a.spot_flopp.value_or(a.on_demand_flopp)) <
               std::tuple(!b.spot_flopp, -b.spot_flopp.value_or(b.on_demand_flopp));
    });
    return entries;
}

std::vector<FloppEntry> cheapest_offers(const std::vector<FloppEntry>& ranking) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    std::vector<FloppEntry> first;
    for (const auto& entry : ranking)
        if (seen.emplace(entry.provider, entry.instance_type).second) first.push_back(entry);
    return first;
}

}  // namespace deepvm::problem
