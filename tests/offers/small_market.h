// SPDX-License-Identifier: GPL-3.0-or-later
// A handful of offers whose figures can be reckoned by hand.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "model/market.h"
#include "offers/table.h"

namespace deepvm::test {

inline model::InstanceType machine(const std::string& provider, const std::string& name,
                                   const std::string& family, int gpus, const std::string& gpu = {},
                                   double gpu_gib = 0) {
    model::InstanceType type;
    type.provider = provider;
    type.name = name;
    type.family = family;
    type.vcpus = 8;
    type.memory_gib = 64;
    type.network_gbps = 25;
    if (gpus > 0) {
        model::Accelerator accelerator;
        accelerator.name = gpu;
        accelerator.display_name = "NVIDIA " + gpu;
        accelerator.fp32_tflops = 10;
        accelerator.tensor_tflops = 100;
        accelerator.memory_gib = gpu_gib;
        accelerator.year = 2018;
        type.accelerator = accelerator;
        type.accelerator_count = gpus;
    }
    return type;
}

inline model::Offer priced(std::size_t type, std::int64_t on_demand, std::int64_t spot,
                           std::uint16_t source) {
    model::Offer offer;
    offer.type = type;
    offer.on_demand = base::Money::from_micro(on_demand);
    offer.on_demand_source = source;
    if (spot > 0) {
        offer.spot = base::Money::from_micro(spot);
        offer.spot_source = source;
        offer.spot_basis = model::PriceBasis::observed;
    }
    return offer;
}

/// Five types of two providers in three places: g4dn (1 x 16 GiB), g5 (4 x 24), p4d (8 x 40, no spot price),
/// an ARM machine without accelerators, and NC of Azure (2 x 80). The first source is 100 days old on
/// 2026-11-27, the second 10.
inline std::shared_ptr<const model::Market> small_market() {
    auto market = std::make_shared<model::Market>();
    market->name = "any";
    market->sources = {{"old", "The old list", "2026-08-19"}, {"new", "The new list", "2026-11-17"}};
    market->types = {machine("aws", "g4dn.xlarge", "g4dn", 1, "t4", 16),
                     machine("aws", "g5.12xlarge", "g5", 4, "a10g", 24),
                     machine("aws", "p4d.24xlarge", "p4d", 8, "a100", 40),
                     machine("aws", "m6g.large", "m6g", 0),
                     machine("azure", "Standard_NC48ads_A100_v4", "NCads_A100_v4", 2, "a100-80gb", 80)};
    market->types[3].host = model::HostArchitecture::arm64;
    market->types[3].memory_gib.reset();
    constexpr std::uint16_t old_list = 0;
    constexpr std::uint16_t new_list = 1;
    market->places = {{"aws",
                       "us-east-1",
                       {priced(0, 526'000, 158'000, old_list), priced(1, 5'672'000, 1'999'999, new_list),
                        priced(2, 32'770'000, 0, old_list), priced(3, 77'000, 30'000, new_list)}},
                      {"aws", "eu-west-1", {priced(0, 587'000, 0, new_list)}},
                      {"azure", "eastus", {priced(4, 7'350'000, 2'000'000, new_list)}}};
    return market;
}

inline std::chrono::sys_days day_of_the_test() {
    using namespace std::chrono;
    return sys_days(year(2026) / November / 27);
}

inline offers::Table small_table() {
    return offers::Table(small_market(), std::nullopt, day_of_the_test());
}

}  // namespace deepvm::test
