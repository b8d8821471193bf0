// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/enumeration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "judge/scaling.h"

namespace deepvm::tests {

using problem::Architecture;
using problem::Preset;

Enumeration::Enumeration(const model::Market& market, problem::Request request, bool ideal_scaling)
    : market_(market), request_(std::move(request)), model_(market_, request_, ideal_scaling) {}

int Enumeration::ceiling() const {
    if (request_.max_nodes) return *request_.max_nodes;
    return request_.preset == Preset::corrected ? problem::default_max_nodes : problem::largest_max_nodes;
}

std::optional<int> Enumeration::quota(const model::InstanceType& type, bool spot) const {
    const bool several = std::any_of(market_.types.begin(), market_.types.end(),
                                     [&](const auto& other) { return other.provider != type.provider; });
    const auto quota_class = (several ? type.provider + "/" : std::string()) + type.quota_class;
    const auto& given = spot ? request_.spot_quota : request_.on_demand_quota;
    if (const auto found = given.find(quota_class); found != given.end()) return found->second;
    if (request_.preset == Preset::published)
        for (const auto& limit : market_.quotas)
            if (limit.quota_class == quota_class) return spot ? limit.spot_vcpus : limit.on_demand_vcpus;
    return std::nullopt;
}

// How many machines of one type, bought one way, the quotas and the ceiling allow.
int Enumeration::most_machines(const model::InstanceType& type, bool spot) const {
    const auto vcpus = quota(type, spot);
    const auto allowed = [&](int machines) {
        if (request_.preset != Preset::published) return !vcpus || machines * type.vcpus <= *vcpus;
        if (vcpus) return machines < *vcpus / type.vcpus;
        return !market_.node_bound || machines < *market_.node_bound;
    };
    int machines = 0;
    while (machines < ceiling() && allowed(machines + 1))
        ++machines;
    return machines;
}

bool Enumeration::memory_holds(const model::InstanceType& remote, int remotes) const {
    if (!remote.memory_gib) return false;
    if (request_.preset == Preset::published)
        return *remote.memory_gib >= request_.checkpoint_size_100mb * request_.buffer_size;
    return 0.8 * remotes * *remote.memory_gib >= model_.checkpoint_gib() * request_.buffer_depth;
}

// Of the object store, an hour: its checkpoints by the month, to the next micro-dollar.
base::Money Enumeration::storage_price() const {
    const auto& ways = request_.checkpointing;
    const double month = model_.checkpoint_gib() * ways.stored_checkpoints * ways.store_usd_per_gib_month;
    return base::Money::from_micro(static_cast<std::int64_t>(std::ceil(month / 730 * 1e6)));
}

// Single-anchor, on-demand and spot-bucket.
template <typename Visit>
void Enumeration::visit_of_one_type(const Found& found, base::Money budget, Visit visit) const {
    const auto& type = model_.type(*found.worker);
    const bool corrected = request_.preset == Preset::corrected;
    const bool anchored = found.architecture == Architecture::single_anchor;
    const bool owned = found.architecture == Architecture::on_demand;
    if (anchored && corrected && most_machines(type, false) < 1) return;
    int most = most_machines(type, !owned) + (anchored && corrected ? 1 : 0);
    if (type.network_gbps <= 0) most = std::min(most, 1);
    for (int n = std::max(anchored ? 2 : 1, model_.least_nodes(type)); n <= std::min(most, ceiling()); ++n) {
        auto price = n * (owned ? found.worker->on_demand : *model_.spot(*found.worker));
        if (anchored) price = found.worker->on_demand + (n - 1) * *model_.spot(*found.worker);
        if (found.architecture == Architecture::spot_bucket) price = price + storage_price();
        if (price > budget) break;
        Found cluster = found;
        cluster.nodes = n;
        cluster.price = price;
        visit(cluster);
    }
}

template <typename Visit>
void Enumeration::visit_tiering(Found found, base::Money budget, Visit visit) const {
    const auto& v = model_.type(*found.worker);
    const auto spot = *model_.spot(*found.worker);
    const int most_nodes = most_machines(v, true);
    for (const auto& remote : found.place->offers) {
        const auto& w = model_.type(remote);
        if (w.is_worker() || w.network_gbps <= 0) continue;
        found.remote = &remote;
        const double saturation =
            judge::workers_per_remote(market_.saturation, std::min(v.network_gbps, w.network_gbps));
        const int most_remotes = most_machines(w, false);
        for (int n = model_.least_nodes(v); n <= most_nodes && n * spot <= budget; ++n) {
            for (int m = 1; m <= most_remotes; ++m) {
                const auto price = n * spot + m * remote.on_demand;
                if (price > budget) break;
                if (!(static_cast<double>(n) / m < saturation) || !memory_holds(w, m)) continue;
                found.nodes = n;
                found.remotes = m;
                found.price = price;
                visit(found);
                break;  // as few remote nodes as network and memory allow
            }
        }
    }
}

// n spot workers and 1 <= k <= n servers of one type.
template <typename Visit>
void Enumeration::visit_servers(Found found, base::Money budget, Visit visit) const {
    const auto& worker = model_.type(*found.worker);
    if (!model_.has_step_time(worker)) return;
    const int most_nodes = most_machines(worker, true);
    for (const auto& server : found.place->offers) {
        const auto& type = model_.type(server);
        if (type.is_worker() || type.network_gbps <= 0) continue;
        const int most_servers = most_machines(type, false);
        int fewest = 1;
        if (type.memory_gib)
            while (fewest < 2000 && fewest * 0.8 * *type.memory_gib < model_.checkpoint_gib())
                ++fewest;
        found.remote = &server;
        for (found.nodes = 1; found.nodes <= most_nodes; ++found.nodes) {
            for (found.remotes = fewest; found.remotes <= std::min(found.nodes, most_servers);
                 ++found.remotes) {
                found.price = found.nodes * *model_.spot(*found.worker) + found.remotes * server.on_demand;
                if (found.price <= budget) visit(found);
            }
        }
    }
}

// Spot machines of one class share its vCPUs; the published preset stays below its quotas.
bool Enumeration::allows_mixture(const Found& found) const {
    const auto& first = model_.type(*found.worker);
    const auto& other = model_.type(*found.other);
    const int of_first = (found.nodes - 1 - found.others) * first.vcpus;
    const int of_other = found.others * other.vcpus;
    const bool shared = first.provider == other.provider && first.quota_class == other.quota_class;
    const auto keeps = [&](const model::InstanceType& type, int vcpus) {
        const auto most = quota(type, true);
        return !most || (request_.preset == Preset::published ? vcpus < *most : vcpus <= *most);
    };
    if (shared) return keeps(first, of_first + of_other);
    return keeps(first, of_first) && keeps(other, of_other);
}

// One anchor of the first type, none or more spot machines of it and one or more of the second.
template <typename Visit>
void Enumeration::visit_mixed(Found found, base::Money budget, Visit visit) const {
    const auto& first = model_.type(*found.worker);
    const bool published = request_.preset == Preset::published;
    if (!published && most_machines(first, false) < 1) return;
    int most = ceiling();
    if (published && market_.node_bound && !quota(first, true))
        most = std::min(most, *market_.node_bound - 1);
    for (const auto& other : found.place->offers) {
        if (&other == found.worker || model_.type(other).host != first.host ||
            !model_.trains(model_.type(other)) || !model_.can_be_ranked(found.architecture, other))
            continue;
        found.other = &other;
        for (found.nodes = 2; found.nodes <= most; ++found.nodes) {
            for (found.others = 1; found.others < found.nodes; ++found.others) {
                found.price = found.worker->on_demand + found.others * *model_.spot(other) +
                              (found.nodes - 1 - found.others) * *model_.spot(*found.worker);
                if (found.price <= budget && allows_mixture(found)) visit(found);
            }
        }
    }
}

// Every cluster of the architecture within the budget that is worth more than all cheaper ones of the same
// machines in the same place, and by more than rounding.
template <typename Visit>
void Enumeration::visit(Architecture architecture, base::Money budget, Visit visit) const {
    std::vector<Found> same;  // machines, in other numbers
    const auto pass_on = [&] {
        std::sort(same.begin(), same.end(), [this](const Found& a, const Found& b) {
            return a.price != b.price ? a.price < b.price : ahead(a, b);
        });
        double most = 0;
        for (const Found& found : same) {
            if (found.worth <= most * (1 + 1e-12)) continue;
            most = found.worth;
            visit(found);
        }
        same.clear();
    };
    visit_unweighed(architecture, budget, [&](Found found) {
        const bool others =
            !same.empty() && (same.front().worker != found.worker || same.front().other != found.other ||
                              same.front().remote != found.remote);
        if (others) pass_on();
        found.worth = model_.worth(found);
        if (found.worth > 0) same.push_back(found);
    });
    pass_on();
}

template <typename Visit>
void Enumeration::visit_unweighed(Architecture architecture, base::Money budget, Visit visit) const {
    for (const auto& place : market_.places) {
        for (const auto& offer : place.offers) {
            if (!model_.trains(model_.type(offer)) || !model_.can_be_ranked(architecture, offer)) continue;
            Found of_worker;
            of_worker.architecture = architecture;
            of_worker.place = &place;
            of_worker.worker = &offer;
            const auto efficient = [&](const Found& cluster) {
                if (model_.efficient(cluster)) visit(cluster);
            };
            if (architecture == Architecture::tiering)
                visit_tiering(of_worker, budget, efficient);
            else if (architecture == Architecture::parameter_server)
                visit_servers(of_worker, budget, efficient);
            else if (architecture == Architecture::mixed_workers)
                visit_mixed(of_worker, budget, efficient);
            else
                visit_of_one_type(of_worker, budget, efficient);
        }
    }
}

double Enumeration::fastest_hours(const std::vector<Architecture>& architectures) const {
    double fastest = std::numeric_limits<double>::infinity();
    for (const auto architecture : architectures)
        visit_unweighed(architecture, base::Money::from_usd(1e9), [&](const Found& found) {
            fastest = std::min(fastest, model_.expected_hours(found));
        });
    return fastest;
}

// The order that plan.h promises.
bool Enumeration::ahead(const Found& a, const Found& b) const {
    const auto name_of = [this](const model::Offer* offer) {
        return offer ? std::string_view(model_.type(*offer).name) : std::string_view();
    };
    const auto key = [&](const Found& found) {
        const auto& accelerator = model_.type(*found.worker).accelerator;
        return std::tuple(-found.worth, found.price, found.nodes + found.remotes,
                          accelerator ? -accelerator->year : 0, name_of(found.worker), name_of(found.other),
                          name_of(found.remote), std::string_view(found.place->provider),
                          std::string_view(found.place->region), found.architecture, found.nodes,
                          found.others);
    };
    return key(a) < key(b);
}

Cluster Enumeration::named(const Found& found) const {
    const auto name_of = [this](const model::Offer* offer) {
        return offer ? model_.type(*offer).name : std::string();
    };
    Cluster cluster;
    cluster.architecture = found.architecture;
    cluster.provider = found.place->provider;
    cluster.region = found.place->region;
    cluster.worker = name_of(found.worker);
    cluster.other = name_of(found.other);
    cluster.remote = name_of(found.remote);
    cluster.nodes = found.nodes;
    cluster.others = found.others;
    cluster.remotes = found.remotes;
    cluster.price = found.price;
    cluster.objective = problem::is_of_job(request_.objective) ? 1 / found.worth : found.worth;
    return cluster;
}

// Up the prices, those that are worth a ten-thousandth more than the one before, by the published rules more
// at all.
std::vector<Found> Enumeration::steps(std::vector<Found> all) const {
    const double gain = request_.preset == Preset::published ? 1e-12 : 1e-4;
    std::sort(all.begin(), all.end(), [this](const Found& a, const Found& b) {
        return a.price != b.price ? a.price < b.price : ahead(a, b);
    });
    double most = 0;
    std::erase_if(all, [&](const Found& found) {
        if (!(found.worth > most * (1 + gain))) return true;
        most = found.worth;
        return false;
    });
    return all;
}

std::vector<Cluster> Enumeration::best(Architecture architecture, base::Money budget, std::size_t top,
                                       RemoteTypes remotes) const {
    constexpr auto none = std::numeric_limits<std::size_t>::max();
    const bool told_apart = remotes == RemoteTypes::all || market_.kind == model::MarketKind::published;
    const auto types = [&](const Found& found) {
        return std::array{found.worker->type, found.other ? found.other->type : none,
                          found.remote && told_apart ? found.remote->type : none};
    };
    std::vector<Found> all;
    visit(architecture, budget, [&](const Found& found) { all.push_back(found); });
    const auto up = steps(all);
    if (up.empty()) return {};
    std::map<std::array<std::size_t, 3>, Found> best;
    for (const Found& found : all) {
        const auto [entry, added] = best.try_emplace(types(found), found);
        if (!added && ahead(found, entry->second)) entry->second = found;
    }
    best.erase(types(up.back()));
    std::vector<Found> sorted;
    sorted.reserve(best.size());
    for (const auto& [machines, found] : best)
        sorted.push_back(found);
    std::sort(sorted.begin(), sorted.end(), [this](const Found& a, const Found& b) { return ahead(a, b); });
    sorted.insert(sorted.begin(), up.back());
    sorted.resize(std::min(sorted.size(), top));
    std::vector<Cluster> clusters;
    clusters.reserve(sorted.size());
    for (const Found& found : sorted)
        clusters.push_back(named(found));
    return clusters;
}

std::vector<base::Money> Enumeration::prices(Architecture architecture, base::Money to) const {
    std::vector<base::Money> prices;
    visit_unweighed(architecture, to, [&](const Found& found) { prices.push_back(found.price); });
    std::sort(prices.begin(), prices.end());
    prices.erase(std::unique(prices.begin(), prices.end()), prices.end());
    return prices;
}

std::vector<Cluster> Enumeration::frontier(const std::vector<Architecture>& architectures,
                                           base::Money to) const {
    std::vector<Found> all;
    for (const auto architecture : architectures) {
        std::vector<Found> own;
        visit(architecture, to, [&](const Found& found) { own.push_back(found); });
        own = steps(std::move(own));
        all.insert(all.end(), own.begin(), own.end());
    }
    std::vector<Cluster> clusters;
    for (const Found& step : steps(std::move(all)))
        clusters.push_back(named(step));
    return clusters;
}

bool Enumeration::allows(const problem::Plan& machines, int nodes, int remotes, base::Money budget) const {
    for (const auto& place : market_.places) {
        if (place.region != machines.region || place.provider != machines.provider) continue;
        const auto offer = [&](const std::string& type) {
            return std::find_if(place.offers.begin(), place.offers.end(),
                                [&](const auto& o) { return market_.types[o.type].name == type; });
        };
        const auto worker = offer(machines.worker);
        const auto remote = offer(machines.remote);
        if (worker == place.offers.end() || remote == place.offers.end()) continue;
        const auto& v = market_.types[worker->type];
        const auto& w = market_.types[remote->type];
        const double saturation =
            judge::workers_per_remote(market_.saturation, std::min(v.network_gbps, w.network_gbps));
        Found found;
        found.architecture = Architecture::tiering;
        found.place = &place;
        found.worker = &*worker;
        found.remote = &*remote;
        found.nodes = nodes;
        found.remotes = remotes;
        return nodes >= model_.least_nodes(v) && model_.efficient(found) && remotes >= 1 &&
               nodes <= most_machines(v, true) && remotes <= most_machines(w, false) &&
               static_cast<double>(nodes) / remotes < saturation && memory_holds(w, remotes) &&
               nodes * *model_.spot(*worker) + remotes * remote->on_demand <= budget;
    }
    return false;
}

std::string Enumeration::violation(const problem::Plan& plan, base::Money budget) const {
    if (plan.hourly_price > budget) return "costs more than the budget";
    if (plan.nodes != plan.anchors + plan.spot_workers && plan.architecture != Architecture::on_demand)
        return "machines do not add up";
    bool found = false;
    visit_unweighed(plan.architecture, budget, [&](Found cluster) {
        if (found || cluster.nodes != plan.nodes || cluster.remotes != plan.remotes ||
            cluster.others != plan.other_workers || cluster.price != plan.hourly_price)
            return;
        cluster.worth = model_.worth(cluster);
        found = cluster.worth > 0 && same(plan, named(cluster));
    });
    return found ? "" : "is not among the clusters that the rules allow";
}

}  // namespace deepvm::tests
