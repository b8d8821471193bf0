// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/random_market.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "draw.h"

namespace deepvm::tests {
namespace {

using base::Money;

// Round prices often, so that ties and exact fits happen.
Money random_price(std::mt19937& random, double least, double most) {
    const double usd = std::exp(real(random, std::log(least), std::log(most)));
    const double step = chance(random, 0.5) ? 0.05 : 0.0001;
    return Money::from_usd(std::max(step, std::round(usd / step) * step));
}

constexpr double bandwidths[] = {0.3, 0.75, 1.7, 2.5, 5, 10, 12.5, 15, 25, 30, 50, 100};

model::InstanceType worker_type(std::mt19937& random, int number, bool published) {
    model::InstanceType type;
    type.name = fmt::format("gpu{}", number);
    type.quota_class = chance(random, 0.7) ? "G" : "P";
    type.vcpus = 1 << whole(random, 2, 5);
    type.memory_gib = 4.0 * type.vcpus;
    type.network_gbps = bandwidths[whole(random, 0, 11)];
    type.accelerator_count = 1 << whole(random, 0, 3);
    if (published) {
        type.published_rate = std::round(real(random, 50, 900));
        if (chance(random, 0.8))
            type.scaling =
                model::LogisticScaling{real(random, 0.05, 0.3), real(random, 1, 25), real(random, 3, 20)};
    } else {
        const double peak = real(random, 4, 300);
        type.accelerator =
            model::Accelerator{fmt::format("acc{}", number), "", peak / 4, peak, 16.0 * whole(random, 1, 5)};
        if (chance(random, 0.7)) {
            type.accelerator->memory_bandwidth_gbs = real(random, 200, 4000);
            type.accelerator->year = whole(random, 2016, 2024);
        }
        type.fabric = chance(random, 0.4) ? model::Fabric::efa : model::Fabric::tcp;
        if (chance(random, 0.2)) type.fabric_gbps = 400;
        if (chance(random, 0.1)) type.network_gbps = 0;
        if (chance(random, 0.15)) type.host = model::HostArchitecture::arm64;
    }
    return type;
}

model::InstanceType remote_type(std::mt19937& random, int number) {
    model::InstanceType type;
    type.name = fmt::format("cpu{}", number);
    type.quota_class = chance(random, 0.7) ? "C" : "M";
    type.vcpus = 1 << whole(random, 1, 4);
    if (!chance(random, 0.1)) type.memory_gib = 0.5 * whole(random, 1, 64);
    type.network_gbps = bandwidths[whole(random, 0, 11)];
    return type;
}

std::vector<model::WorkloadProfile> workloads(std::mt19937& random) {
    model::WorkloadProfile small{
        "resnet50-imagenet",      "small", 25'557'032, 2.454e10, 128, 2, 14, 8, 1'281'167, 90,
        model::Precision::tensor, ""};
    model::WorkloadProfile large{
        "large", "large", 1'557'611'200, 9.57e12, 4, 2, 16, 12, 8'830'000, 1, model::Precision::tensor, ""};
    if (chance(random, 0.5)) large.gradient_bytes_per_parameter = 4;
    return {small, large};
}

// Measured for some accelerators; what that says of the others is the estimate.
model::SpeedKnowledge speeds(std::mt19937& random, const model::Market& market) {
    std::vector<model::DeviceThroughput> rows;
    std::vector<model::Accelerator> accelerators;
    for (const auto& type : market.types) {
        if (!type.accelerator) continue;
        accelerators.push_back(*type.accelerator);
        for (const auto& workload : market.workloads) {
            if (!chance(random, 0.3)) continue;
            model::DeviceThroughput row;
            row.accelerator = type.accelerator->name;
            row.load = model::training_load(workload);
            row.precision = model::Precision::tensor;
            row.samples_per_second =
                real(random, 0.05, 0.6) * type.accelerator->tensor_tflops * 1e12 / workload.flop_per_sample;
            row.source = "drawn";
            rows.push_back(row);
        }
    }
    return model::speed_knowledge(rows, accelerators);
}

}  // namespace

std::shared_ptr<const model::Market> random_market(std::mt19937& random,
                                                   std::optional<model::MarketKind> kind) {
    auto market = std::make_shared<model::Market>();
    const auto drawn = chance(random, 0.5) ? model::MarketKind::published : model::MarketKind::provider;
    const bool published = kind.value_or(drawn) == model::MarketKind::published;
    market->name = published ? "random-published" : "random-provider";
    market->kind = published ? model::MarketKind::published : model::MarketKind::provider;
    const int workers = whole(random, 1, 5);
    const int remotes = whole(random, 0, 6);
    for (int i = 0; i < workers; ++i)
        market->types.push_back(worker_type(random, i, published));
    for (int i = 0; i < remotes; ++i)
        market->types.push_back(remote_type(random, i));
    if (!published)
        for (auto& type : market->types)
            type.provider = market->name;
    model::Place place{published ? "" : market->name, published ? "" : "region-1", {}};
    for (std::size_t i = 0; i < market->types.size(); ++i) {
        const bool worker = market->types[i].is_worker();
        model::Offer offer;
        offer.type = i;
        offer.on_demand = random_price(random, worker ? 0.2 : 0.02, worker ? 10 : 1);
        if (!worker || !chance(random, 0.1))
            offer.spot = std::max(Money::from_micro(1),
                                  Money::from_usd(offer.on_demand.usd() * real(random, 0.2, 0.9)));
        if (offer.spot && !published && chance(random, 0.3))
            offer.spot_basis = model::PriceBasis::advisor_savings;
        place.offers.push_back(offer);
    }
    market->places.push_back(std::move(place));
    if (published) {
        if (chance(random, 0.7))
            for (const char* quota_class : {"G", "P", "C", "M"})
                market->quotas.push_back({quota_class, 1 << whole(random, 3, 8), 1 << whole(random, 3, 8)});
        else
            market->node_bound = whole(random, 2, 64);
    }
    market->workloads = workloads(random);
    if (!published) market->speeds = speeds(random, *market);
    market->saturation = model::NetworkSaturation(
        {{0.3, 2}, {1.7, 12}, {5, 16}, {10, 20}, {12.5, 24}, {15, 24}, {25, 28}, {30, 32}});
    return market;
}

std::shared_ptr<const model::Market> random_providers(std::mt19937& random) {
    auto market = std::make_shared<model::Market>();
    for (const char* provider : {"one", "two"}) {
        auto part = random_market(random);
        while (part->kind != model::MarketKind::provider)
            part = random_market(random);
        const auto first = market->types.size();
        for (auto type : part->types) {
            type.provider = provider;
            // Others than those of the same name elsewhere.
            if (type.accelerator) type.accelerator->name.insert(0, provider);
            market->types.push_back(std::move(type));
        }
        auto place = part->places.front();
        place.provider = provider;
        for (auto& offer : place.offers)
            offer.type += first;
        market->places.push_back(place);
        // The same machines elsewhere, some for the same price.
        place.region = "region-2";
        for (auto& offer : place.offers)
            if (chance(random, 0.7)) {
                const double factor = real(random, 0.8, 1.2);
                offer.on_demand =
                    std::max(Money::from_micro(2), Money::from_usd(offer.on_demand.usd() * factor));
                if (offer.spot)
                    offer.spot = std::max(Money::from_micro(1), Money::from_usd(offer.spot->usd() * factor));
            }
        market->places.push_back(std::move(place));
        market->workloads = part->workloads;
        market->speeds = part->speeds;
        market->saturation = part->saturation;
    }
    market->name = "any";
    return market;
}

std::shared_ptr<const model::Market> with_twins(const model::Market& market) {
    constexpr double slower = 1 - 1e-6;
    constexpr auto micro = Money::from_micro(1);
    auto doubled = std::make_shared<model::Market>(market);
    std::vector<std::size_t> twin_of(market.types.size(), 0);
    for (std::size_t i = 0; i < market.types.size(); ++i) {
        if (!market.types[i].is_worker()) continue;
        auto twin = market.types[i];
        twin.name += "-twin";
        if (twin.published_rate) *twin.published_rate *= slower;
        if (twin.accelerator) {
            twin.accelerator->fp32_tflops *= slower;
            twin.accelerator->tensor_tflops *= slower;
        }
        twin_of[i] = doubled->types.size();
        doubled->types.push_back(std::move(twin));
    }
    for (auto& place : doubled->places)
        for (auto offer : std::vector(place.offers)) {
            if (twin_of[offer.type] == 0) continue;
            offer.type = twin_of[offer.type];
            offer.on_demand = std::max(micro, offer.on_demand - micro);
            if (offer.spot) offer.spot = std::max(micro, *offer.spot - micro);
            place.offers.push_back(offer);
        }
    return doubled;
}

problem::Request random_request(std::mt19937& random, const model::Market& market) {
    problem::Request request;
    const bool published = market.kind == model::MarketKind::published && chance(random, 0.6);
    request.preset = published ? problem::Preset::published : problem::Preset::corrected;
    request.objective = chance(random, 0.5) ? problem::Objective::deepvm : problem::Objective::throughput;
    if (chance(random, 0.5)) request.workload = "large";
    if (chance(random, 0.3)) request.precision = model::Precision::fp32;
    if (chance(random, 0.3)) request.overlap = real(random, 0, 0.7);
    if (chance(random, 0.3)) request.utilisation = real(random, 0.1, 0.9);
    if (chance(random, 0.5)) request.hosts = problem::Hosts::any;
    if (chance(random, 0.7)) request.min_efficiency = chance(random, 0.7) ? 0 : real(random, 0.1, 0.95);
    request.observed_prices_only = chance(random, 0.1);
    if (chance(random, 0.5)) request.max_nodes = whole(random, 1, 40);
    request.checkpoint_size_100mb = whole(random, 1, 10);
    request.buffer_size = 0.5 * whole(random, 1, 4);
    if (chance(random, 0.5)) request.checkpoint_gib = 0.1 * whole(random, 0, 300);
    if (chance(random, 0.4)) request.spot_quota["G"] = whole(random, 0, 200);
    const bool has_remotes = !market.types.back().is_worker();
    if (has_remotes && chance(random, 0.4))
        request.on_demand_quota[model::quota_name(market, market.types.back())] = whole(random, 0, 100);
    const auto any_gpu = [](const auto& type) { return type.quota_class == "G"; };
    const auto limited = std::find_if(market.types.begin(), market.types.end(), any_gpu);
    if (const auto given = request.spot_quota.extract("G"); given && limited != market.types.end())
        request.spot_quota[model::quota_name(market, *limited)] = given.mapped();
    request.top = whole(random, 1, 6);
    return request;
}

Money random_budget(std::mt19937& random, const model::Market& market) {
    const auto& offers = market.places.front().offers;
    const auto any = [&] {
        return offers[static_cast<std::size_t>(whole(random, 0, static_cast<int>(offers.size()) - 1))];
    };
    if (chance(random, 0.3)) {
        const auto worker = any();
        return whole(random, 1, 30) * worker.spot.value_or(worker.on_demand) +
               whole(random, 0, 2) * any().on_demand;
    }
    return Money::from_usd(std::round(std::exp(real(random, std::log(0.05), std::log(200))) * 100) / 100);
}

}  // namespace deepvm::tests
