// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/random_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "draw.h"
#include "planner/random_market.h"

namespace deepvm::tests {
namespace {

using base::Money;

// Evenly over orders of magnitude.
double spread(std::mt19937& random, double least, double most) {
    return std::exp(real(random, std::log(least), std::log(most)));
}

// The first place once or twice more, some offers missing, cheaper or dearer, some at the same price.
void add_regions(std::mt19937& random, model::Market& market) {
    const auto first = market.places.front();
    const int regions = whole(random, 1, 3);
    for (int region = 2; region <= regions; ++region) {
        model::Place place{first.provider, fmt::format("region-{}", region), {}};
        for (auto offer : first.offers) {
            if (chance(random, 0.2)) continue;
            const double factor = chance(random, 0.3) ? 1 : 0.7 + 0.1 * whole(random, 0, 6);
            const auto priced = [&](Money price) {
                return std::max(Money::from_micro(1), Money::from_usd(price.usd() * factor));
            };
            offer.on_demand = priced(offer.on_demand);
            if (offer.spot) offer.spot = priced(*offer.spot);
            place.offers.push_back(offer);
        }
        market.places.push_back(std::move(place));
    }
}

// A little worse or better in one respect, or in none: so one type nearly stands for another.
void change_a_little(std::mt19937& random, model::InstanceType& type) {
    switch (whole(random, 0, 6)) {
        case 0:
            type.vcpus = std::max(1, chance(random, 0.5) ? type.vcpus / 2 : type.vcpus * 2);
            break;
        case 1:
            type.network_gbps *= chance(random, 0.5) ? 0.5 : 2;
            break;
        case 2:
            type.quota_class =
                type.is_worker() ? (chance(random, 0.5) ? "G" : "P") : (chance(random, 0.5) ? "C" : "M");
            break;
        case 3:
            if (type.published_rate) *type.published_rate *= 1.1;
            if (type.accelerator) type.accelerator->tensor_tflops *= 1.1;
            break;
        default:
            break;
    }
}

// Some types once more under another name: sometimes only the name can tell which is listed first.
void add_doubles(std::mt19937& random, model::Market& market) {
    const auto types = market.types.size();
    const double share = chance(random, 0.3) ? 0.8 : 0.2;
    for (std::size_t i = 0; i < types; ++i) {
        if (!chance(random, share)) continue;
        auto type = market.types[i];
        type.name = (chance(random, 0.5) ? "a-" : "z-") + type.name;
        change_a_little(random, type);
        const auto number = market.types.size();
        market.types.push_back(std::move(type));
        const double factor = chance(random, 0.5) ? 1 : real(random, 0.9, 1.1);
        for (auto& place : market.places)
            for (auto offer : std::vector(place.offers)) {
                if (offer.type != i) continue;
                offer.type = number;
                offer.on_demand = Money::from_usd(offer.on_demand.usd() * factor);
                place.offers.push_back(offer);
            }
    }
}

// As in a catalog.
void put_providers_together(model::Market& market) {
    std::vector<std::size_t> order(market.types.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return market.types[a].provider < market.types[b].provider;
    });
    std::vector<std::size_t> place_of(order.size());
    std::vector<model::InstanceType> types;
    for (std::size_t i = 0; i < order.size(); ++i) {
        place_of[order[i]] = i;
        types.push_back(market.types[order[i]]);
    }
    market.types = std::move(types);
    for (auto& place : market.places)
        for (auto& offer : place.offers)
            offer.type = place_of[offer.type];
}

void add_bands(std::mt19937& random, model::Market& market) {
    for (auto& place : market.places)
        for (auto& offer : place.offers)
            if (offer.spot && chance(random, 0.9))
                offer.interruption_band = static_cast<std::uint8_t>(whole(random, 0, 4));
}

void add_quotas(std::mt19937& random, const model::Market& market, problem::Request& request) {
    for (const auto& type : market.types) {
        if (chance(random, 0.1)) request.spot_quota[model::quota_name(market, type)] = whole(random, 0, 150);
        if (chance(random, 0.1))
            request.on_demand_quota[model::quota_name(market, type)] = whole(random, 0, 150);
    }
}

void add_measurements(std::mt19937& random, const model::Market& market, problem::Request& request) {
    for (const auto& type : market.types) {
        if (!type.is_worker() || !chance(random, type.published_rate ? 0.8 : 0.2)) continue;
        double epoch = spread(random, 50, 5000);
        // Not above the peak in any format, of none of the types of this name: such times are refused.
        const auto& workload = *model::find_workload(market, request.workload);
        for (const auto& same : market.types)
            if (same.name == type.name && same.accelerator) {
                const auto& of = *same.accelerator;
                const double tflops = same.accelerator_count * std::min(of.fp32_tflops, of.tensor_tflops / 2);
                epoch = std::max(epoch, 1.01 * static_cast<double>(workload.samples_per_epoch) *
                                            workload.flop_per_sample / (tflops * 1e12));
            }
        request.measured[type.name] = {epoch, epoch * real(random, 0, 0.5), epoch * real(random, 0, 0.1)};
    }
}

problem::Job random_job(std::mt19937& random, const model::WorkloadProfile& workload) {
    problem::Job job;
    const auto samples = static_cast<double>(workload.samples_per_epoch);
    if (chance(random, 0.7)) {
        job.unit = static_cast<problem::JobUnit>(whole(random, 0, 2));
        job.amount = spread(random, 0.05, 50);
        if (job.unit == problem::JobUnit::samples) *job.amount *= samples;
        if (job.unit == problem::JobUnit::flop) *job.amount *= samples * workload.flop_per_sample;
    }
    if (chance(random, 0.5)) {
        job.deadline_hours = spread(random, 0.5, 500);
        job.confidence = chance(random, 0.5) ? 0.95 : real(random, 0.05, 0.99);
    }
    return job;
}

problem::Risk random_risk(std::mt19937& random) {
    problem::Risk risk;
    risk.point = static_cast<problem::RatePoint>(whole(random, 0, 2));
    if (chance(random, 0.4)) {
        const double rate = chance(random, 0.2) ? 0 : spread(random, 1e-4, 2);
        risk.rates = risk::RateRange{rate / 2, rate, rate * 2};
    }
    return risk;
}

problem::Checkpointing random_checkpointing(std::mt19937& random) {
    problem::Checkpointing ways;
    if (chance(random, 0.5)) return ways;
    ways.disk_gbs = spread(random, 0.1, 10);
    ways.store_gbs = spread(random, 0.01, 1);
    ways.host_copy_gbs = spread(random, 1, 30);
    ways.provisioning_s = chance(random, 0.2) ? 0 : spread(random, 10, 3000);
    ways.store_usd_per_gib_month = chance(random, 0.2) ? 0 : spread(random, 0.001, 5);
    ways.stored_checkpoints = whole(random, 1, 5);
    return ways;
}

}  // namespace

JobCase random_case(unsigned seed, problem::Architecture architecture, bool of_job, int most_nodes) {
    std::mt19937 random(seed);
    const bool several = chance(random, 0.4);
    model::Market market = several ? *random_providers(random) : *random_market(random);
    if (!several) add_regions(random, market);
    add_doubles(random, market);
    put_providers_together(market);
    add_bands(random, market);
    JobCase result;
    result.request = random_request(random, market);
    problem::Request& request = result.request;
    request.architectures = {architecture};
    request.max_nodes = whole(random, 1, most_nodes);
    add_quotas(random, market, request);
    if (of_job || chance(random, 0.3)) add_measurements(random, market, request);
    if (of_job)
        request.objective = chance(random, 0.5) ? problem::Objective::job_cost : problem::Objective::job_time;
    request.job = random_job(random, *model::find_workload(market, request.workload));
    request.risk = random_risk(random);
    request.checkpointing = random_checkpointing(random);
    result.budget = random_budget(random, market);
    result.market = std::make_shared<const model::Market>(std::move(market));
    return result;
}

}  // namespace deepvm::tests
