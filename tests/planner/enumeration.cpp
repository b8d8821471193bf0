// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/enumeration.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace deepvm::tests {
namespace {

using planner::Architecture;
using planner::Preset;

constexpr int most_machines = planner::largest_max_nodes;

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

bool ahead(const Cluster& a, const Cluster& b) {
    const auto key = [](const Cluster& c) {
        return std::tuple(-c.objective, c.price, c.nodes + c.remotes, std::string_view(c.worker),
                          std::string_view(c.remote), std::string_view(c.provider),
                          std::string_view(c.region));
    };
    return key(a) < key(b);
}

}  // namespace

Enumeration::Enumeration(const model::Market& market, const planner::Request& request, bool ideal_scaling)
    : market_(market), request_(request), ideal_(ideal_scaling) {}

int Enumeration::ceiling() const {
    if (request_.max_nodes) return *request_.max_nodes;
    return request_.preset == Preset::corrected ? planner::default_max_nodes : most_machines;
}

// Whether the quotas and the ceiling allow `machines` of one type bought one way.
bool Enumeration::within_machines(const model::InstanceType& type, int machines, bool spot) const {
    const bool published = request_.preset == Preset::published;
    std::optional<int> quota;
    const auto& given = spot ? request_.spot_quota : request_.on_demand_quota;
    const bool several = std::any_of(market_.types.begin(), market_.types.end(),
                                     [&](const auto& other) { return other.provider != type.provider; });
    const auto quota_class = (several ? type.provider + "/" : std::string()) + type.quota_class;
    if (const auto found = given.find(quota_class); found != given.end()) quota = found->second;
    if (published && !quota)
        for (const auto& limit : market_.quotas)
            if (limit.quota_class == quota_class) quota = spot ? limit.spot_vcpus : limit.on_demand_vcpus;
    if (machines > ceiling()) return false;
    if (!published) return !quota || machines * type.vcpus <= *quota;
    if (quota) return machines < *quota / type.vcpus;
    return !market_.node_bound || machines < *market_.node_bound;
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

template <typename Visit>
void Enumeration::visit_tiering(const model::Place& place, const model::Offer& worker, base::Money budget,
                                Visit visit) const {
    const auto& v = market_.types[worker.type];
    for (const auto& remote : place.offers) {
        const auto& w = market_.types[remote.type];
        if (w.is_worker()) continue;
        const double saturation =
            market_.saturation.workers_per_remote(std::min(v.network_gbps, w.network_gbps));
        for (int n = 1; within_machines(v, n, true); ++n) {
            if (n * *worker.spot > budget) break;
            for (int m = 1; within_machines(w, m, false); ++m) {
                const auto price = n * *worker.spot + m * remote.on_demand;
                if (price > budget) break;
                if (!(static_cast<double>(n) / m < saturation) || !memory_holds(w, m)) continue;
                visit(Cluster{Architecture::tiering, place.provider, place.region, v.name, w.name, n, m,
                              price, worth(worker, n)});
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
            if (anchored && !published && !within_machines(type, 1, false)) continue;
            for (int n = anchored ? 2 : 1; n <= ceiling(); ++n) {
                const int counted = anchored && !published ? n - 1 : n;
                if (!within_machines(type, counted, anchored)) break;
                const auto price = anchored ? offer.on_demand + (n - 1) * *offer.spot : n * offer.on_demand;
                if (price > budget) break;
                visit(Cluster{architecture, place.provider, place.region, type.name, "", n, 0, price,
                              worth(offer, n)});
            }
        }
    }
}

std::vector<Cluster> Enumeration::best(Architecture architecture, base::Money budget) const {
    std::map<std::tuple<std::string, std::string, std::string>, Cluster> best;
    visit(architecture, budget, [&](const Cluster& cluster) {
        const auto [entry, added] =
            best.try_emplace({cluster.provider, cluster.worker, cluster.remote}, cluster);
        if (!added && ahead(cluster, entry->second)) entry->second = cluster;
    });
    std::vector<Cluster> clusters;
    for (auto& [machines, cluster] : best)
        clusters.push_back(std::move(cluster));
    std::sort(clusters.begin(), clusters.end(), ahead);
    return clusters;
}

std::vector<base::Money> Enumeration::prices(Architecture architecture, base::Money to) const {
    std::vector<base::Money> prices;
    visit(architecture, to, [&](const Cluster& cluster) { prices.push_back(cluster.price); });
    std::sort(prices.begin(), prices.end());
    prices.erase(std::unique(prices.begin(), prices.end()), prices.end());
    return prices;
}

std::string Enumeration::violation(const planner::Plan& plan, base::Money budget) const {
    if (plan.hourly_price > budget) return "costs more than the budget";
    if (plan.nodes != plan.anchors + plan.spot_workers && plan.architecture != Architecture::on_demand)
        return "machines do not add up";
    bool found = false;
    visit(plan.architecture, budget, [&](const Cluster& cluster) {
        found = found || (cluster.provider == plan.provider && cluster.region == plan.region &&
                          cluster.worker == plan.worker && cluster.remote == plan.remote &&
                          cluster.nodes == plan.nodes && cluster.remotes == plan.remotes &&
                          cluster.price == plan.hourly_price);
    });
    return found ? "" : "is not among the clusters that the rules allow";
}

}  // namespace deepvm::tests
