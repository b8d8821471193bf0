// SPDX-License-Identifier: GPL-3.0-or-later
// What the planner lists beside what enumeration does.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/enumeration.h"

namespace deepvm::tests {
namespace {

std::string describe(const problem::Plan& plan) {
    return fmt::format("{} {} in {} at {} worth {:.17g}", name(plan.architecture), machines(plan),
                       model::place_name(plan.provider, plan.region), plan.hourly_price.decimal(),
                       plan.objective);
}

std::string describe(const Cluster& cluster) {
    return fmt::format("{} {} x {} + {} x {} + {} x {} in {} at {} worth {:.17g}", name(cluster.architecture),
                       cluster.nodes - cluster.others, cluster.worker, cluster.others, cluster.other,
                       cluster.remotes, cluster.remote, model::place_name(cluster.provider, cluster.region),
                       cluster.price.decimal(), cluster.objective);
}

constexpr double rounding = 1e-12;  // of a worth that is reckoned in another way

// Other numbers of the same machines for the same price and worth: the last bit decides which are listed.
bool as_good(const problem::Plan& plan, const Cluster& cluster) {
    return std::abs(plan.objective - cluster.objective) <= rounding * cluster.objective &&
           plan.hourly_price == cluster.price && plan.architecture == cluster.architecture &&
           plan.provider == cluster.provider && plan.region == cluster.region &&
           plan.worker == cluster.worker && plan.other_worker == cluster.other &&
           plan.remote == cluster.remote;
}

}  // namespace

bool same(const problem::Plan& plan, const Cluster& cluster) {
    return std::abs(plan.objective - cluster.objective) <= rounding * cluster.objective &&
           plan.hourly_price == cluster.price && plan.architecture == cluster.architecture &&
           plan.provider == cluster.provider && plan.region == cluster.region &&
           plan.worker == cluster.worker && plan.other_worker == cluster.other &&
           plan.remote == cluster.remote && plan.nodes == cluster.nodes &&
           plan.other_workers == cluster.others && plan.remotes == cluster.remotes;
}

std::string difference(const std::vector<problem::Plan>& plans, const std::vector<Cluster>& clusters,
                       int* ties) {
    int tied = 0;
    for (std::size_t i = 0; i < std::max(plans.size(), clusters.size()); ++i) {
        if (i >= plans.size()) return fmt::format("{} is missing: {}", i, describe(clusters[i]));
        if (i >= clusters.size()) return fmt::format("{} is too many: {}", i, describe(plans[i]));
        if (same(plans[i], clusters[i])) continue;
        if (!as_good(plans[i], clusters[i]))
            return fmt::format("{} is {} instead of {}", i, describe(plans[i]), describe(clusters[i]));
        ++tied;
    }
    if (ties) *ties += tied;
    return tied == 0 || ties ? "" : "the last bit decides";
}

}  // namespace deepvm::tests
