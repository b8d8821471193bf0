// SPDX-License-Identifier: GPL-3.0-or-later
// Files of our own kind: the data.json of the DeepVM artifact, and CSV as in resources/catalog/offers.csv.
#include <fmt/format.h>

#include <array>

#include "base/names.h"
#include "base/numbers.h"
#include "imports/json_records.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

void take_instance(const Reading& reading, const JsonRecord& record) {
    reading.book.count_row();
    PriceRow row;
    row.provider = reading.provider;
    row.type = std::string(record.get("name"));
    row.basis = model::PriceBasis::published;
    row.where = record.path;
    Machine machine;
    machine.vcpus = whole(record.get("vCPU"), 100'000);
    machine.memory_gib = leading_number(record.get("memory"));
    machine.network_gbps = leading_number(record.get("network_bandwidth"));
    machine.quota_class = std::string(record.get("type"));
    machine.published_rate = leading_number(record.get("flops"));
    reading.book.describe(row.provider, row.type, machine);
    add_price(reading, row, record.get("ondemand_price"));
    row.is_spot = true;
    if (!record.get("spot_price").empty()) add_price(reading, std::move(row), record.get("spot_price"));
}

void take_quota(const Reading& reading, const JsonRecord& record) {
    reading.book.count_row();
    const auto on_demand = base::parse_count(record.get("ondemand"), "ondemand", 0, 100'000'000);
    const auto spot = base::parse_count(record.get("spot"), "spot", 0, 100'000'000);
    if (!on_demand || !spot || record.key.empty())
        return reading.book.refuse(
            "a limit is none", record.path,
            fmt::format("{}; correct it", shown((!on_demand ? on_demand : spot).error().message)));
    reading.book.add_quota(reading.provider,
                           {record.key, static_cast<int>(*on_demand), static_cast<int>(*spot)});
}

// Figures of the machine in columns that need not be there.
Machine row_machine(const CsvColumns& columns, const CsvRecord& record) {
    const auto field = [&](std::string_view name) { return columns.field(record, name); };
    Machine machine;
    machine.vcpus = whole(field("vcpus"), 100'000);
    machine.memory_gib = leading_number(field("memory_gib"));
    machine.accelerator = std::string(field("accelerator"));
    machine.accelerator_count = whole(field("accelerator_count"), 1024);
    machine.has_part_accelerators = !machine.accelerator_count && !is_no_price(field("accelerator_count"));
    if (const auto memory = leading_number(field("accelerator_memory_gib")))
        machine.accelerator_memory_gib = {*memory};
    machine.network_gbps = leading_number(field("network_gbps"));
    machine.quota_class = std::string(field("quota_class"));
    if (const auto host = field("architecture"); !host.empty())
        machine.host = host == "arm64" ? model::HostArchitecture::arm64 : model::HostArchitecture::x86_64;
    return machine;
}

// The basis by its name; nothing for another word.
std::optional<model::PriceBasis> basis_named(std::string_view text) {
    if (text.empty()) return model::PriceBasis::list;
    for (int i = 0; i < model::price_bases; ++i)
        if (const auto basis = static_cast<model::PriceBasis>(i); model::name(basis) == text) return basis;
    return std::nullopt;
}

void take_spot(const Reading& reading, const CsvColumns& columns, const CsvRecord& record, PriceRow row) {
    const auto basis = basis_named(columns.field(record, "spot_basis"));
    if (!basis)
        return reading.book.refuse(
            "a basis is unknown", row.where,
            fmt::format("spot_basis \"{}\" is none of list, observed, advisor-savings, published",
                        shown(columns.field(record, "spot_basis"))));
    row.is_spot = true;
    row.basis = *basis;
    row.source = std::string(columns.field(record, "spot_source"));
    add_price(reading, std::move(row), columns.field(record, "spot_usd_per_hour"));
}

void take_record(const Reading& reading, const CsvColumns& columns, const CsvRecord& record) {
    Book& book = reading.book;
    const auto field = [&](std::string_view name) { return columns.field(record, name); };
    PriceRow row;
    row.provider = base::lower_case(field("provider"));  // "AWS" is what people read everywhere
    if (row.provider.empty()) row.provider = reading.provider;
    row.region = std::string(field("region"));
    row.zone = std::string(field("zone"));
    row.type = std::string(field("instance_type"));
    row.time = std::string(field("as_of"));
    row.source = std::string(field("on_demand_source"));
    row.where = at_line(record);
    const bool published = reading.known.is_published(row.provider);
    if (row.region.empty() && !published)
        return book.refuse("a region is missing", row.where, "region is blank; fill it in");
    if (!row.region.empty() && published)
        return book.refuse("a region is too much", row.where,
                           fmt::format("data set {} has no regions; leave region \"{}\" out", row.provider,
                                       shown(row.region)));
    if (!book.is_dated(row)) return;
    const bool priced = !field("on_demand_usd_per_hour").empty();
    const bool spot = !field("spot_usd_per_hour").empty();
    const auto band = field("interruption_band");
    if (!priced && !spot && band.empty())
        return book.refuse("a row has no price", row.where,
                           "on_demand_usd_per_hour and spot_usd_per_hour are blank; fill one in");
    book.describe(row.provider, row.type, row_machine(columns, record));
    if (!band.empty()) {
        const auto number = base::parse_count(band, "interruption_band", 0, 4);
        if (!number)
            return book.refuse("an interruption band is unknown", row.where, shown(number.error().message));
        // The band is said with the spot price, where that has a source of its own.
        PriceRow banded = row;
        if (!field("spot_source").empty()) banded.source = std::string(field("spot_source"));
        book.add_saving(banded, std::nullopt, static_cast<int>(*number));
    }
    if (priced) add_price(reading, row, field("on_demand_usd_per_hour"));
    if (spot) take_spot(reading, columns, record, std::move(row));
}

}  // namespace

base::Result<void> read_deepvm_data(const Reading& reading) {
    if (reading.known.has_dataset(reading.provider) && !reading.known.is_published(reading.provider))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{}: a data.json has no regions, so it cannot have prices of provider "
                                      "{}; name a published data set, --provider deepvm-paper",
                                      reading.book.name(), reading.provider));
    JsonReading asked;
    asked.patterns = {"instances/*", "available_vcpus/*"};
    asked.each = [&](std::size_t pattern, const JsonRecord& record) {
        pattern == 0 ? take_instance(reading, record) : take_quota(reading, record);
    };
    end_json(reading, read_json(reading.input, asked));
    return {};
}

base::Result<void> read_own_csv(const Reading& reading) {
    CsvRows rows(reading.input);
    constexpr std::array<std::string_view, 1> needed{"instance_type"};
    const auto columns = header_of(reading, rows, needed);
    if (!columns) return tl::unexpected(columns.error());
    if (!columns->has("provider") && reading.provider.empty())
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} line 1: has no column provider; add it, or say --provider aws",
                                      reading.book.name()));
    if (!columns->has("on_demand_usd_per_hour") && !columns->has("spot_usd_per_hour"))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} line 1: has neither column on_demand_usd_per_hour nor "
                                      "spot_usd_per_hour; is this the right file?",
                                      reading.book.name()));
    while (const auto record = rows.next()) {
        reading.book.count_row();
        if (is_usable(reading, *columns, *record)) take_record(reading, *columns, *record);
    }
    return {};
}

}  // namespace deepvm::imports
