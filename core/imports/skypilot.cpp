// SPDX-License-Identifier: GPL-3.0-or-later
// The vms.csv of SkyPilot's catalogs: a row a type and zone. On Google Cloud accelerators have rows, and so
// prices, of their own, also where a machine cannot be had without.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <tuple>

#include "base/names.h"
#include "imports/accelerator_names.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

constexpr std::array<std::string_view, 4> skypilot_columns{"InstanceType", "Price", "SpotPrice", "Region"};

// The number behind a name in "{'Gpus': [{... 'MemoryInfo': {'SizeInMiB': 16384}}] ...}".
std::optional<double> number_of(std::string_view info, std::string_view name) {
    const auto at = info.find(name);
    return at == std::string_view::npos ? std::nullopt : leading_number(info.substr(at + name.size()));
}

// What one accelerator has, in GiB. Some clouds write that of all of them where that of one belongs, which
// the total tells; some write GiB.
std::optional<double> memory_of(std::string_view info, std::optional<int> accelerators) {
    auto size = number_of(info, "'SizeInMiB': ");
    if (!size) return std::nullopt;
    const auto total = number_of(info, "'TotalGpuMemoryInMiB': ");
    constexpr double nearly = 0.05;
    if (total && accelerators && *accelerators > 1 && std::abs(*size - *total) <= nearly * *total)
        size = *size / *accelerators;
    return *size < 1024 ? *size : *size / 1024;
}

// What a row prices, with the two prices as they are written.
struct Priced {
    PriceRow row;
    std::string on_demand;
    std::string spot;
};

class SkypilotReader {
  public:
    SkypilotReader(const Reading& reading, const CsvColumns& columns)
        : reading_(reading), columns_(columns) {}

    void take(const CsvRecord& record);
    void add_hosts();

  private:
    using Key = std::tuple<std::string, int, std::string, std::string>;  // accelerator, count, region, zone

    std::string_view field(const CsvRecord& record, std::string_view name) const {
        return columns_.field(record, name);
    }
    Priced priced(const CsvRecord& record) const;
    Machine machine_of(const CsvRecord& record) const;
    void take_accelerator(const CsvRecord& record);
    void add(const Priced& priced);
    bool is_host_alone(const CsvRecord& record, const std::string& type) const;
    void add_host(const Priced& host);

    const Reading& reading_;
    const CsvColumns& columns_;
    std::map<Key, Priced> accelerators_;
    std::vector<Priced> hosts_;
};

Priced SkypilotReader::priced(const CsvRecord& record) const {
    Priced read;
    read.row.provider = reading_.provider;
    read.row.region = std::string(field(record, "Region"));
    read.row.zone = std::string(field(record, "AvailabilityZone"));
    read.row.type = std::string(field(record, "InstanceType"));
    read.row.where = at_line(record);
    read.row.basis = reading_.provider == "gcp" ? model::PriceBasis::list : model::PriceBasis::observed;
    read.on_demand = std::string(field(record, "Price"));
    read.spot = std::string(field(record, "SpotPrice"));
    return read;
}

Machine SkypilotReader::machine_of(const CsvRecord& record) const {
    Machine machine;
    machine.vcpus = whole(field(record, "vCPUs"), 100'000);
    machine.memory_gib = leading_number(field(record, "MemoryGiB"));
    if (const auto host = field(record, "Arch"); !host.empty())
        machine.host =
            host.starts_with("arm") ? model::HostArchitecture::arm64 : model::HostArchitecture::x86_64;
    const auto name = field(record, "AcceleratorName");
    if (is_no_price(name) || is_no_price(field(record, "AcceleratorCount"))) return machine;
    machine.accelerator = std::string(name);
    machine.accelerator_count = whole(field(record, "AcceleratorCount"), 1024);
    const auto info = field(record, columns_.has("GpuInfo") ? "GpuInfo" : "GPUInfo");
    if (const auto memory = memory_of(info, machine.accelerator_count))
        machine.accelerator_memory_gib = {*memory};
    return machine;
}

void SkypilotReader::take(const CsvRecord& record) {
    if (field(record, "InstanceType").empty()) return take_accelerator(record);
    auto read = priced(record);
    if (read.row.region.empty())
        return reading_.book.refuse("a region is missing", read.row.where, "Region is blank; fill it in");
    if (reading_.provider == "gcp" && is_host_alone(record, read.row.type)) {
        hosts_.push_back(std::move(read));
        return;
    }
    reading_.book.describe(read.row.provider, read.row.type, machine_of(record));
    add(read);
}

void SkypilotReader::take_accelerator(const CsvRecord& record) {
    reading_.book.leave_out("accelerators with prices of their own");
    const auto* accelerator =
        accelerator_named(reading_.known.accelerators(), field(record, "AcceleratorName"), {});
    const auto count = whole(field(record, "AcceleratorCount"), 1024);
    if (accelerator == nullptr || !count) return;
    auto read = priced(record);
    Key key(accelerator->name, *count, read.row.region, read.row.zone);
    accelerators_.emplace(std::move(key), std::move(read));
}

void SkypilotReader::add(const Priced& priced) {
    const bool no_list = is_no_price(priced.on_demand);
    const bool no_spot = is_no_price(priced.spot);
    if (no_list && no_spot)
        return reading_.book.refuse(
            "a row has no price", priced.row.where,
            fmt::format("Price is \"{}\"; nothing can be done but to wait for one", shown(priced.on_demand)));
    if (!no_list) add_price(reading_, priced.row, priced.on_demand);
    if (no_spot) return;
    auto spot = priced.row;
    spot.is_spot = true;
    add_price(reading_, std::move(spot), priced.spot);
}

// Series that are sold with accelerators only.
bool SkypilotReader::is_host_alone(const CsvRecord& record, const std::string& type) const {
    if (!is_no_price(field(record, "AcceleratorName"))) return false;
    if (const auto* known = reading_.known.find("gcp", type)) return known->accelerator.has_value();
    constexpr std::array<std::string_view, 6> series{"a2-", "a3-", "a4-", "a4x-", "g2-", "g4-"};
    return std::any_of(series.begin(), series.end(),
                       [&](std::string_view each) { return type.starts_with(each); });
}

void SkypilotReader::add_hosts() {
    for (const auto& host : hosts_)
        add_host(host);
}

void SkypilotReader::add_host(const Priced& host) {
    const auto* type = reading_.known.find("gcp", host.row.type);
    const auto refuse = [&](std::string_view why) {
        reading_.book.refuse("the price of a machine without its accelerators", host.row.where,
                             fmt::format("{} {}", shown(host.row.type), why));
    };
    if (type == nullptr)
        return refuse(
            "is not in the catalog, and the file does not say which accelerators it has; add it to "
            "instance_types.csv");
    const auto found = accelerators_.find(
        {type->accelerator->name, type->accelerator_count, host.row.region, host.row.zone});
    if (found == accelerators_.end())
        return refuse(fmt::format("needs the price of {} x {} in this zone, which the file does not have",
                                  type->accelerator_count, type->accelerator->name));
    const auto sum = [&](const std::string& machine, const std::string& accelerators) {
        if (is_no_price(machine) || is_no_price(accelerators)) return std::string();
        const auto a = price(machine);
        const auto b = price(accelerators);
        return a && b ? (*a + *b).decimal() : machine + "+" + accelerators;
    };
    add({host.row, sum(host.on_demand, found->second.on_demand), sum(host.spot, found->second.spot)});
}

// Of ~/.sky/catalogs/v8/aws/vms.csv the folder says it, whatever the cloud; elsewhere a folder or a file does
// that is called as a provider of the catalog.
base::Result<std::string> provider_of(const Reading& reading) {
    const auto refuse = [&](std::string_view why) {
        return base::fail(base::ErrorCode::invalid_input, fmt::format("{}: {}", reading.book.name(), why));
    };
    if (reading.known.is_published(reading.provider))
        return refuse(fmt::format("data set {} has no regions; say --provider aws", reading.provider));
    if (!reading.provider.empty()) return reading.provider;
    std::error_code ignored;
    const auto file = std::filesystem::absolute(reading.input.file(), ignored);
    const auto folder = file.parent_path();
    const auto version = folder.parent_path();
    if (file.filename() == "vms.csv" && version.filename().string().starts_with('v') &&
        version.parent_path().filename() == "catalogs")
        return folder.filename().string();
    for (const auto& name : {file.stem().string(), folder.filename().string()})
        if (reading.known.has_dataset(name) && !reading.known.is_published(name)) return name;
    return refuse(
        "does not say of which provider it is; say it with --provider aws, or leave it where SkyPilot keeps "
        "it, as catalogs/v8/aws/vms.csv");
}

}  // namespace

base::Result<void> read_skypilot(const Reading& given) {
    const auto provider = provider_of(given);
    if (!provider) return tl::unexpected(provider.error());
    const Reading reading{given.input, given.book, given.known, *provider};
    CsvRows rows(reading.input);
    const auto columns = header_of(reading, rows, skypilot_columns);
    if (!columns) return tl::unexpected(columns.error());
    SkypilotReader reader(reading, *columns);
    while (const auto record = rows.next()) {
        reading.book.count_row();
        if (is_usable(reading, *columns, *record)) reader.take(*record);
    }
    reader.add_hosts();
    return {};
}

}  // namespace deepvm::imports
