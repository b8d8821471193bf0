// SPDX-License-Identifier: GPL-3.0-or-later
// The table of ec2instances.info: machines with the prices of all regions.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "imports/json_records.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

std::optional<int> band_named(std::string_view text) {
    constexpr std::array<std::string_view, 5> bands{"<5%", "5-10%", "10-15%", "15-20%", ">20%"};
    const auto found = std::find(bands.begin(), bands.end(), text);
    if (found == bands.end()) return std::nullopt;
    return static_cast<int>(found - bands.begin());
}

Machine instance_machine(const JsonRecord& record) {
    Machine machine;
    machine.vcpus = whole(record.get("vCPU"), 100'000);
    machine.memory_gib = leading_number(record.get("memory"));
    machine.network_gbps = line_gbps(record.get("network_performance"));
    if (const auto arch = record.get("arch/0"); !arch.empty())
        machine.host =
            arch.starts_with("arm") ? model::HostArchitecture::arm64 : model::HostArchitecture::x86_64;
    const auto model = record.get("GPU_model");
    if (is_no_price(record.get("GPU")) && is_no_price(model)) return machine;
    if (!is_no_price(model)) machine.accelerator = std::string(model);
    machine.accelerator_count = whole(record.get("GPU"), 1024);
    machine.has_part_accelerators = !machine.accelerator_count && !is_no_price(record.get("GPU"));
    // Written as that of all accelerators in most rows and as that of one in others.
    if (const auto memory = leading_number(record.get("GPU_memory"))) {
        machine.accelerator_memory_gib = {*memory};
        if (machine.accelerator_count)
            machine.accelerator_memory_gib.push_back(*memory / *machine.accelerator_count);
    }
    return machine;
}

// The prices of Linux in one region.
struct LinuxPrices {
    std::string region;
    std::string_view on_demand;
    std::string_view spot_min;
    std::string_view spot_max;
    std::string_view interrupted;
};

void take_linux(const Reading& reading, const JsonRecord& record, const LinuxPrices& prices) {
    reading.book.count_row();
    PriceRow row;
    row.provider = "aws";
    row.region = prices.region;
    row.type = std::string(record.get("instance_type"));
    row.where = fmt::format("{} {} {}", record.path, shown(row.type), shown(prices.region));
    if (!is_aws_region(prices.region)) return reading.book.leave_out("local zones");
    const bool priced = !is_no_price(prices.on_demand);
    const bool spot = !is_no_price(prices.spot_min);
    if (!priced && !spot) return reading.book.leave_out("machines without a price for Linux");
    if (const auto band = band_named(prices.interrupted)) reading.book.add_saving(row, std::nullopt, band);
    if (priced) add_price(reading, row, prices.on_demand);
    if (!spot) return;
    row.is_spot = true;
    row.basis = model::PriceBasis::observed;
    // The dearest of its zones, which have no names here.
    if (!is_no_price(prices.spot_max)) {
        const auto most = price(prices.spot_max);
        if (!most)
            return reading.book.refuse("a price cannot be used", row.where,
                                       fmt::format("spot_max: {}", most.error().message));
        row.dearest = *most;
    }
    add_price(reading, std::move(row), prices.spot_min);
}

void take_machine(const Reading& reading, const JsonRecord& record) {
    const std::string type(record.get("instance_type"));
    if (record.too_large || type.empty()) {
        reading.book.count_row();
        return reading.book.refuse("an object is no machine", record.path,
                                   record.too_large ? "has more than 16 MB; is this the right file?"
                                                    : "has no instance_type; is this the right file?");
    }
    reading.book.describe("aws", type, instance_machine(record));
    constexpr std::string_view pricing = "pricing/";
    LinuxPrices prices;
    for (const auto& [name, value] : record.values) {
        if (!name.starts_with(pricing)) continue;
        const std::string_view rest = std::string_view(name).substr(pricing.size());
        const auto slash = rest.find('/');
        if (slash == std::string_view::npos) continue;
        const auto region = rest.substr(0, slash);
        const auto what = rest.substr(slash + 1);
        if (region != prices.region) {
            if (!prices.region.empty()) take_linux(reading, record, prices);
            prices = {};
            prices.region = std::string(region);
        }
        if (what == "linux/ondemand") prices.on_demand = value;
        if (what == "linux/spot_min") prices.spot_min = value;
        if (what == "linux/spot_max") prices.spot_max = value;
        if (what == "linux/pct_interrupt") prices.interrupted = value;
    }
    if (!prices.region.empty()) take_linux(reading, record, prices);
}

}  // namespace

base::Result<void> read_ec2_instances(const Reading& reading) {
    JsonReading asked;
    asked.patterns = {"*"};
    asked.each = [&](std::size_t, const JsonRecord& record) { take_machine(reading, record); };
    end_json(reading, read_json(reading.input, asked));
    return {};
}

}  // namespace deepvm::imports
