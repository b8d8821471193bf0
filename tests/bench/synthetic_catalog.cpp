// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/synthetic_catalog.h"

#include <fmt/format.h>
#include <fmt/os.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "draw.h"

namespace deepvm::bench {
namespace {

namespace fs = std::filesystem;
using tests::real;
using tests::whole;

constexpr std::array providers{"alpha", "beta", "gamma"};

struct Accelerator {
    const char* name;
    double usd;  // an hour on demand
};
constexpr Accelerator accelerators[] = {{"t4", 0.35}, {"a10", 0.8},  {"v100", 2.4},
                                        {"l4", 0.5},  {"a100", 2.9}, {"h100", 6.8}};
constexpr double bandwidths[] = {2.5, 5, 10, 12.5, 16, 25, 32, 50, 75, 100};

// One size of machine; what it costs somewhere is `usd` times the region's level.
struct Type {
    std::string name;
    double usd = 0;
    bool spot = true;
};

struct Shape {
    std::size_t regions = 1;  // of one provider
    std::size_t types = 1;
};

Shape shape(std::size_t offers) {
    const double each = static_cast<double>(offers) / providers.size() / 0.9;
    const double regions = std::clamp(std::round(std::pow(each, 0.36)), 2.0, 100.0);
    return {static_cast<std::size_t>(regions), static_cast<std::size_t>(std::ceil(each / regions)) + 1};
}

void write_small_files(const fs::path& folder) {
    auto sources = fmt::output_file((folder / "sources.csv").string());
    sources.print("source,description,as_of\n");
    for (const auto* provider : providers)
        sources.print(
            "{0}-list-2026-01,List prices of {0},2026-01-15\n"
            "{0}-spot-2026-02,Spot prices of {0},2026-02-15\n",
            provider);
    auto file = fmt::output_file((folder / "accelerators.csv").string());
    file.print(
        "accelerator,display_name,fp32_tflops,tensor_tflops,memory_gib,memory_bandwidth_gbs,year\n"
        "t4,NVIDIA T4,8.1,65,16,320,2018\na10,NVIDIA A10,31.2,125,24,600,2021\n"
        "v100,NVIDIA V100,15.7,125,16,900,2017\nl4,NVIDIA L4,30.3,121,24,300,2023\n"
        "a100,NVIDIA A100,19.5,312,40,1555,2020\nh100,NVIDIA H100,67,989,80,3350,2022\n");
    auto workloads = fmt::output_file((folder / "workloads.csv").string());
    workloads.print(
        "workload,display_name,parameters,flop_per_sample,batch_per_accelerator,gradient_bytes_per_parameter,"
        "state_bytes_per_parameter,checkpoint_bytes_per_parameter,samples_per_epoch,epochs,precision,note\n"
        "resnet50-imagenet,\"ResNet-50, ImageNet\",25557032,2.454e10,128,2,14,8,1281167,90,tensor,\n");
    auto saturation = fmt::output_file((folder / "deepvm_network_saturation.csv").string());
    saturation.print(
        "network_gbps,saturation_workers_per_remote\n"
        "0.3,2\n1.7,12\n5,16\n10,20\n12.5,24\n15,24\n25,28\n30,32\n");
    auto datasets = fmt::output_file((folder / "datasets.csv").string());
    datasets.print("dataset,title,kind,node_bound,published_file,quotas_file,source\n");
    for (const auto* provider : providers)
        datasets.print("{0},Provider {0},provider,,,,\n", provider);
}

std::vector<Type> write_types(fmt::ostream& file, const char* provider, std::size_t count,
                              std::mt19937& random) {
    std::vector<Type> types;
    for (std::size_t i = 0; i < count; ++i) {
        const bool worker = i % 10 == 0;
        const auto& accelerator = accelerators[whole(random, 0, 5)];
        const int cards = worker ? 1 << whole(random, 0, 3) : 0;
        const int vcpus = worker ? 8 * cards : 2 << whole(random, 0, 6);
        const double memory = vcpus * (2 << whole(random, 0, 2));
        const double gbps = bandwidths[std::min(9, whole(random, 0, 3) + (vcpus >= 16 ? 3 : 0) + cards)];
        const auto family = fmt::format("{}{}", worker ? accelerator.name : "std", i / 8);
        Type type;
        type.name = fmt::format("{}-{}.{}xlarge", family, i % 8, vcpus / 2);
        type.usd = (vcpus * 0.03 + memory * 0.002 + cards * accelerator.usd) * real(random, 0.7, 1.5);
        type.spot = whole(random, 0, 2) > 0;
        file.print("{},{},{},{},{},{},{},{},{},{}\n", provider, type.name, family,
                   worker ? accelerator.name : "Standard", vcpus, memory, worker ? accelerator.name : "",
                   cards, gbps, i % 4 == 3 && !worker ? "arm64" : "x86_64");
        types.push_back(std::move(type));
    }
    return types;
}

}  // namespace

void write_synthetic_catalog(const fs::path& folder, SyntheticSize size) {
    fs::create_directories(folder);
    write_small_files(folder);
    std::mt19937 random(size.seed);
    const Shape each = shape(size.offers);
    auto types_file = fmt::output_file((folder / "instance_types.csv").string());
    types_file.print(
        "provider,instance_type,family,quota_class,vcpus,memory_gib,accelerator,"
        "accelerator_count,network_gbps,architecture\n");
    auto offers_file = fmt::output_file((folder / "offers.csv").string());
    offers_file.print(
        "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour,spot_basis,"
        "interruption_band,on_demand_source,spot_source\n");
    std::size_t left = size.offers;
    for (std::size_t p = 0; p < providers.size(); ++p) {
        const auto* provider = providers[p];
        const auto types = write_types(types_file, provider, each.types, random);
        std::size_t share = left / (providers.size() - p);
        left -= share;
        for (std::size_t region = 0; region < each.regions && share > 0; ++region) {
            const double level = real(random, 0.8, 1.6);
            for (const auto& type : types) {
                if (share == 0) break;
                // The last region takes what is left.
                if (region + 1 < each.regions && whole(random, 0, 9) == 0) continue;
                --share;
                const double usd = std::max(0.001, type.usd * level * real(random, 0.95, 1.05));
                offers_file.print("{},{}-region-{},{},{:.4f},", provider, provider, region + 1, type.name,
                                  usd);
                if (type.spot)
                    offers_file.print("{:.6f},list,{},", usd * real(random, 0.15, 0.9), whole(random, 0, 4));
                else
                    offers_file.print(",,,");
                offers_file.print("{0}-list-2026-01,{1}\n", provider,
                                  type.spot ? fmt::format("{}-spot-2026-02", provider) : "");
            }
        }
    }
}

}  // namespace deepvm::bench
