// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/enumeration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

namespace deepvm::tests {
namespace {

using planner::Architecture;
using planner::Preset;

const model::WorkloadProfile& workload_of(const model::Market& market, const planner::Request& request) {
    return *model::find_workload(market, request.workload);
}

// The formulas of the model once more, straight from the paper's and the analytic law.
double effective(const model::InstanceType& type, const model::WorkloadProfile& w,
                 const planner::Request& request, double rate, int n) {
    if (type.scaling) {
        const auto [a, b, c] = *type.scaling;
        if (n <= b) return n;
        return n * ((c / (1 + std::exp(-a * (n - b)))) / ((c * a / 4) * (n - b) + c / 2));
    }
    const double step =
        w.batch_per_accelerator * std::max(type.accelerator_count, 1) * w.flop_per_sample / (rate * 1e12);
    const double bits = 8.0 * static_cast<double>(w.parameters) * w.gradient_bytes_per_parameter;
    const double wire =
        2 * (n - 1.0) / n * (bits / (0.7e9 * type.network_gbps)) + 0.002 * std::log2(double(n));
    return n * step / (step + std::max(0.0, wire - request.overlap * step));
}

double rate_of(const model::InstanceType& type, const model::WorkloadProfile& w,
               const planner::Request& request) {
    if (type.published_rate) return *type.published_rate;
    const bool tensor = request.precision.value_or(w.precision) == model::Precision::tensor;
    return type.accelerator_count *
           (tensor ? type.accelerator->tensor_tflops : type.accelerator->fp32_tflops) * request.utilisation;
}

bool trains(const model::InstanceType& type, const model::WorkloadProfile& w) {
    if (!type.is_worker()) return false;
    if (type.published_rate) return true;
    const double state = static_cast<double>(w.parameters) * w.state_bytes_per_parameter;
    return state <= 0.9 * type.accelerator_count * type.accelerator->memory_gib * 1073741824.0;
}

std::string describe(const planner::Plan& plan) {
    return fmt::format("{} {} in {} at {} worth {:.17g}", name(plan.architecture), machines(plan),
                       model::place_name(plan.provider, plan.region), plan.hourly_price.decimal(),
                       plan.objective);
}

std::string describe(const Cluster& cluster) {
    return fmt::format("{} {} x {} + {} x {} in {} at {} worth {:.17g}", name(cluster.architecture),
                       cluster.nodes, cluster.worker, cluster.remotes, cluster.remote,
                       model::place_name(cluster.provider, cluster.region), cluster.price.decimal(),
                       cluster.objective);
}

}  // namespace

bool same(const planner::Plan& plan, const Cluster& cluster) {
    return std::abs(plan.objective - cluster.objective) <= 1e-12 * cluster.objective &&
           plan.hourly_price == cluster.price && plan.architecture == cluster.architecture &&
           plan.provider == cluster.provider && plan.region == cluster.region &&
           plan.worker == cluster.worker && plan.remote == cluster.remote && plan.nodes == cluster.nodes &&
           plan.remotes == cluster.remotes;
}

std::string difference(const std::vector<planner::Plan>& plans, const std::vector<Cluster>& clusters) {
    for (std::size_t i = 0; i < std::max(plans.size(), clusters.size()); ++i) {
        if (i >= plans.size()) return fmt::format("{} is missing: {}", i, describe(clusters[i]));
        if (i >= clusters.size()) return fmt::format("{} is too many: {}", i, describe(plans[i]));
        if (!same(plans[i], clusters[i]))
            return fmt::format("{} is {} instead of {}", i, describe(plans[i]), describe(clusters[i]));
    }
    return {};
}

Enumeration::Enumeration(const model::Market& market, const planner::Request& request, bool ideal_scaling)
    : market_(market), request_(request), ideal_(ideal_scaling) {}

int Enumeration::ceiling() const {
    if (request_.max_nodes) return *request_.max_nodes;
    return request_.preset == Preset::corrected ? planner::default_max_nodes : planner::largest_max_nodes;
}

// How many machines of one type, bought one way, the quotas and the ceiling allow.
int Enumeration::most_machines(const model::InstanceType& type, bool spot) const {
    const bool published = request_.preset == Preset::published;
    const bool several = std::any_of(market_.types.begin(), market_.types.end(),
                                     [&](const auto& other) { return other.provider != type.provider; });
    const auto quota_class = (several ? type.provider + "/" : std::string()) + type.quota_class;
    std::optional<int> quota;
    const auto& given = spot ? request_.spot_quota : request_.on_demand_quota;
    if (const auto found = given.find(quota_class); found != given.end()) quota = found->second;
    if (published && !quota)
        for (const auto& limit : market_.quotas)
            if (limit.quota_class == quota_class) quota = spot ? limit.spot_vcpus : limit.on_demand_vcpus;
    const auto allowed = [&](int machines) {
        if (!published) return !quota || machines * type.vcpus <= *quota;
        if (quota) return machines < *quota / type.vcpus;
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
    const double checkpoint =
        request_.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(market_, request_)));
    return 0.8 * remotes * *remote.memory_gib >= checkpoint * request_.buffer_depth;
}

double Enumeration::worth(const model::Offer& offer, int nodes) const {
    const auto& type = market_.types[offer.type];
    const auto& workload = workload_of(market_, request_);
    const double rate = rate_of(type, workload, request_);
    const double e = ideal_ ? nodes : effective(type, workload, request_, rate, nodes);
    if (request_.objective == planner::Objective::throughput) return rate * e;
    const double unit = market_.kind == model::MarketKind::published ? 1 : 1e12;
    return rate * unit * 3600 / offer.spot->usd() * e;
}

// What 0, 1, 2 ... nodes are worth.
std::vector<double> Enumeration::worths(const model::Offer& offer, int most) const {
    std::vector<double> worths{0};
    for (int nodes = 1; nodes <= most; ++nodes)
        worths.push_back(worth(offer, nodes));
    return worths;
}

template <typename Visit>
void Enumeration::visit_tiering(const model::Place& place, const model::Offer& worker, base::Money budget,
                                Visit visit) const {
    const auto& v = market_.types[worker.type];
    const int most_nodes = most_machines(v, true);
    const auto worth_of = worths(worker, most_nodes);
    for (const auto& remote : place.offers) {
        const auto& w = market_.types[remote.type];
        if (w.is_worker()) continue;
        const double saturation =
            market_.saturation.workers_per_remote(std::min(v.network_gbps, w.network_gbps));
        const int most_remotes = most_machines(w, false);
        for (int n = 1; n <= most_nodes && n * *worker.spot <= budget; ++n) {
            for (int m = 1; m <= most_remotes; ++m) {
                const auto price = n * *worker.spot + m * remote.on_demand;
                if (price > budget) break;
                if (!(static_cast<double>(n) / m < saturation) || !memory_holds(w, m)) continue;
                visit(Found{Architecture::tiering, &place, &v, &w, n, m, price,
                            worth_of[static_cast<std::size_t>(n)]});
                break;  // more remote nodes only cost more
            }
        }
    }
}

template <typename Visit>
void Enumeration::visit(Architecture architecture, base::Money budget, Visit visit) const {
    const auto& workload = workload_of(market_, request_);
    const bool published = request_.preset == Preset::published;
    for (const auto& place : market_.places) {
        for (const auto& offer : place.offers) {
            const auto& type = market_.types[offer.type];
            if (!trains(type, workload)) continue;
            const bool spot_needed =
                architecture != Architecture::on_demand || request_.objective == planner::Objective::deepvm;
            if (spot_needed && !offer.spot) continue;
            if (architecture == Architecture::tiering) {
                visit_tiering(place, offer, budget, visit);
                continue;
            }
            const bool anchored = architecture == Architecture::single_anchor;
            if (anchored && !published && most_machines(type, false) < 1) continue;
            const int most = most_machines(type, anchored) + (anchored && !published ? 1 : 0);
            for (int n = anchored ? 2 : 1; n <= std::min(most, ceiling()); ++n) {
                const auto price = anchored ? offer.on_demand + (n - 1) * *offer.spot : n * offer.on_demand;
                if (price > budget) break;
                visit(Found{architecture, &place, &type, nullptr, n, 0, price, worth(offer, n)});
            }
        }
    }
}

// The order that plan.h promises.
bool Enumeration::ahead(const Found& a, const Found& b) {
    const auto key = [](const Found& found) {
        return std::tuple(-found.objective, found.price, found.nodes + found.remotes,
                          std::string_view(found.worker->name),
                          found.remote ? std::string_view(found.remote->name) : std::string_view(),
                          std::string_view(found.place->provider), std::string_view(found.place->region),
                          found.architecture);
    };
    return key(a) < key(b);
}

Cluster Enumeration::named(const Found& found) {
    const std::string none;
    return {found.architecture,
            found.place->provider,
            found.place->region,
            found.worker->name,
            found.remote ? found.remote->name : none,
            found.nodes,
            found.remotes,
            found.price,
            found.objective};
}

std::vector<Cluster> Enumeration::best(Architecture architecture, base::Money budget, std::size_t top) const {
    std::map<std::pair<const model::InstanceType*, const model::InstanceType*>, Found> best;
    visit(architecture, budget, [&](const Found& found) {
        const auto [entry, added] = best.try_emplace({found.worker, found.remote}, found);
        if (!added && ahead(found, entry->second)) entry->second = found;
    });
    std::vector<Found> sorted;
    for (const auto& [machines, found] : best)
        sorted.push_back(found);
    std::sort(sorted.begin(), sorted.end(), ahead);
    sorted.resize(std::min(sorted.size(), top));
    std::vector<Cluster> clusters;
    for (const Found& found : sorted)
        clusters.push_back(named(found));
    return clusters;
}

std::vector<base::Money> Enumeration::prices(Architecture architecture, base::Money to) const {
    std::vector<base::Money> prices;
    visit(architecture, to, [&](const Found& found) { prices.push_back(found.price); });
    std::sort(prices.begin(), prices.end());
    prices.erase(std::unique(prices.begin(), prices.end()), prices.end());
    return prices;
}

std::vector<Cluster> Enumeration::frontier(const std::vector<Architecture>& architectures,
                                           base::Money to) const {
    std::map<base::Money, Found> steps;  // each worth more than all cheaper ones
    const auto keep = [&](const Found& found) {
        auto above = steps.upper_bound(found.price);
        if (above != steps.begin()) {
            const auto& [price, step] = *std::prev(above);
            if (!ahead(found, step)) return;
            if (price == found.price) --above;
        }
        while (above != steps.end() && above->second.objective <= found.objective)
            above = steps.erase(above);
        steps.emplace_hint(above, found.price, found);
    };
    for (const auto architecture : architectures)
        visit(architecture, to, keep);
    std::vector<Cluster> clusters;
    for (const auto& [price, step] : steps)
        clusters.push_back(named(step));
    return clusters;
}

bool Enumeration::allows(const planner::Plan& machines, int nodes, int remotes, base::Money budget) const {
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
            market_.saturation.workers_per_remote(std::min(v.network_gbps, w.network_gbps));
        return nodes >= 1 && remotes >= 1 && nodes <= most_machines(v, true) &&
               remotes <= most_machines(w, false) && static_cast<double>(nodes) / remotes < saturation &&
               memory_holds(w, remotes) && nodes * *worker->spot + remotes * remote->on_demand <= budget;
    }
    return false;
}

std::string Enumeration::violation(const planner::Plan& plan, base::Money budget) const {
    if (plan.hourly_price > budget) return "costs more than the budget";
    if (plan.nodes != plan.anchors + plan.spot_workers && plan.architecture != Architecture::on_demand)
        return "machines do not add up";
    bool found = false;
    visit(plan.architecture, budget, [&](const Found& cluster) {
        found = found || (cluster.nodes == plan.nodes && cluster.remotes == plan.remotes &&
                          cluster.price == plan.hourly_price && same(plan, named(cluster)));
    });
    return found ? "" : "is not among the clusters that the rules allow";
}

}  // namespace deepvm::tests
