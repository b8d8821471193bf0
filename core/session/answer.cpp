// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/answer.h"

#include <algorithm>
#include <cmath>

namespace deepvm::session {
namespace {

using problem::Plan;
using problem::Purchase;

// How far figures may differ and still be the same: what the rounding of another processor does to a sum.
constexpr double rounding = 1e-9;

bool near(double a, double b) {
    return std::abs(a - b) <= rounding * std::max(std::abs(a), std::abs(b));
}

const model::Place* place_of(const model::Market& market, const Plan& plan) {
    for (const auto& place : market.places)
        if (place.region == plan.region && place.provider == plan.provider) return &place;
    return nullptr;
}

const model::Offer* offer_of(const model::Market& market, const model::Place& place,
                             const std::string& type) {
    for (const auto& offer : place.offers)
        if (market.types[offer.type].name == type) return &offer;
    return nullptr;
}

std::optional<MachinePrice> price_of(const model::Market& market, const model::Place& place,
                                     const std::string& type, Purchase purchase) {
    const auto* offer = offer_of(market, place, type);
    if (offer == nullptr) return std::nullopt;
    const bool spot = purchase == Purchase::spot;
    if (spot && !offer->spot) return std::nullopt;
    const auto* source = spot ? spot_source(market, *offer) : on_demand_source(market, *offer);
    return MachinePrice{type, purchase, spot ? *offer->spot : offer->on_demand, source ? source->as_of : ""};
}

struct Rented {
    std::string type;
    Purchase purchase;
};

std::vector<Rented> rented(const Plan& plan) {
    std::vector<Rented> machines;
    if (plan.spot_workers > plan.other_workers) machines.push_back({plan.worker, Purchase::spot});
    if (plan.other_workers > 0) machines.push_back({plan.other_worker, Purchase::spot});
    if (plan.nodes > plan.spot_workers) machines.push_back({plan.worker, Purchase::on_demand});
    if (plan.remotes > 0) machines.push_back({plan.remote, Purchase::on_demand});
    return machines;
}

bool possible(const problem::Candidate& candidate, problem::Counts counts) {
    return std::ranges::any_of(candidate.choices,
                               [&](const problem::Choice& choice) { return choice.counts == counts; });
}

// As it would be planned today: from today's answer, else from the choices that today's question leaves.
std::optional<Plan> planned_today(const Plan& then, const problem::Problem& today, base::Money budget,
                                  const std::vector<Plan>& ranked) {
    for (const auto& plan : ranked)
        if (same_cluster(plan, then)) return plan;
    const auto* candidate = candidate_of(today, then);
    const auto counts = counts_of(then);
    if (candidate == nullptr || !possible(*candidate, counts)) return std::nullopt;
    return make_plan(today, *candidate, counts, budget);
}

}  // namespace

bool same_cluster(const Plan& a, const Plan& b) {
    return a.architecture == b.architecture && a.provider == b.provider && a.region == b.region &&
           a.worker == b.worker && a.other_worker == b.other_worker && a.remote == b.remote &&
           a.nodes == b.nodes && a.spot_workers == b.spot_workers && a.other_workers == b.other_workers &&
           a.anchors == b.anchors && a.remotes == b.remotes;
}

std::vector<MachinePrice> prices_of(const model::Market& market, const Plan& plan) {
    std::vector<MachinePrice> prices;
    const auto* place = place_of(market, plan);
    if (place == nullptr) return prices;
    for (const auto& [type, purchase] : rented(plan))
        if (auto price = price_of(market, *place, type, purchase)) prices.push_back(*std::move(price));
    return prices;
}

Answer answer_of(const problem::Problem& problem, const Plan& plan) {
    Answer answer;
    answer.plan.architecture = plan.architecture;
    answer.plan.provider = plan.provider;
    answer.plan.region = plan.region;
    answer.plan.worker = plan.worker;
    answer.plan.other_worker = plan.other_worker;
    answer.plan.remote = plan.remote;
    answer.plan.nodes = plan.nodes;
    answer.plan.spot_workers = plan.spot_workers;
    answer.plan.other_workers = plan.other_workers;
    answer.plan.anchors = plan.anchors;
    answer.plan.remotes = plan.remotes;
    answer.plan.hourly_price = plan.hourly_price;
    answer.plan.objective = plan.objective;
    answer.objective_unit = objective_unit(problem);
    if (plan.job.expected && plan.job.expected->finishes)
        answer.expected_hours = plan.job.expected->expected_hours;
    answer.expected_usd = plan.job.expected_usd;
    answer.prices_as_of = model::prices_as_of(*problem.market);
    answer.prices = prices_of(*problem.market, plan);
    return answer;
}

Reopened reopened(const Answer& then, const problem::Problem& today, base::Money budget,
                  const std::vector<Plan>& ranked) {
    Reopened result;
    const auto now = prices_of(*today.market, then.plan);
    for (const auto& price : then.prices) {
        const auto same = std::ranges::find_if(now, [&](const MachinePrice& each) {
            return each.type == price.type && each.purchase == price.purchase;
        });
        if (same == now.end())
            result.prices.push_back({price, std::nullopt});
        else if (same->price != price.price)
            result.prices.push_back({price, *same});
    }
    if (!ranked.empty()) result.best_today = ranked.front();
    result.same_cluster = result.best_today && same_cluster(*result.best_today, then.plan);
    result.then_today = planned_today(then.plan, today, budget, ranked);
    if (result.then_today) {
        result.affordable = result.then_today->hourly_price <= budget;
        result.same_figures = result.then_today->hourly_price == then.plan.hourly_price &&
                              near(result.then_today->objective, then.plan.objective);
    }
    return result;
}

}  // namespace deepvm::session
