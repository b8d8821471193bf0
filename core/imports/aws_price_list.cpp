// SPDX-License-Identifier: GPL-3.0-or-later
// The offer file of AWS for EC2, JSON or CSV: gigabytes, of which a thousandth is about Linux machines by the
// hour.
#include <fmt/format.h>

#include <array>
#include <functional>
#include <unordered_map>
#include <utility>

#include "imports/formats.h"
#include "imports/json_records.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

// The value of an attribute by its name in JSON.
using Attribute = std::function<std::string_view(std::string_view)>;

// The same attributes as the CSV file calls them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> in_csv{{
    {"productFamily", "Product Family"},
    {"locationType", "Location Type"},
    {"operatingSystem", "Operating System"},
    {"tenancy", "Tenancy"},
    {"capacitystatus", "CapacityStatus"},
    {"preInstalledSw", "Pre Installed S/W"},
    {"marketoption", "MarketOption"},
    {"instanceType", "Instance Type"},
    {"regionCode", "Region Code"},
    {"vcpu", "vCPU"},
    {"memory", "Memory"},
    {"gpu", "GPU"},
    {"physicalProcessor", "Physical Processor"},
    {"networkPerformance", "Network Performance"},
}};

// Why nobody plans with this product; empty for a Linux machine that is rented by the hour.
std::string_view other_product(const Attribute& of) {
    if (!of("productFamily").starts_with("Compute Instance")) return "other products";
    if (const auto type = of("locationType"); !type.empty() && type != "AWS Region") return "local zones";
    if (of("operatingSystem") != "Linux") return "other operating systems";
    if (of("tenancy") != "Shared") return "other tenancies";
    if (const auto status = of("capacitystatus"); !status.empty() && status != "Used")
        return "capacity that is reserved";
    if (const auto software = of("preInstalledSw"); !software.empty() && software != "NA")
        return "machines with software";
    if (const auto market = of("marketoption"); !market.empty() && market != "OnDemand")
        return "capacity blocks and other markets";
    return {};
}

Machine product_machine(const Attribute& of) {
    Machine machine;
    machine.vcpus = whole(of("vcpu"), 100'000);
    machine.memory_gib = leading_number(of("memory"));
    machine.network_gbps = line_gbps(of("networkPerformance"));
    if (const auto processor = of("physicalProcessor"); !processor.empty())
        machine.host = processor.find("Graviton") != std::string_view::npos ? model::HostArchitecture::arm64
                                                                            : model::HostArchitecture::x86_64;
    const auto accelerators = of("gpu");
    if (is_no_price(accelerators) || accelerators == "NA") return machine;
    machine.accelerator_count = whole(accelerators, 1024);
    machine.has_part_accelerators = !machine.accelerator_count;
    return machine;
}

// What is kept of a product until its price comes.
struct Product {
    std::string region;
    std::string type;
};

class OfferFileReader {
  public:
    explicit OfferFileReader(const Reading& reading) : reading_(reading) {}

    void date(std::string_view published);
    void product(const JsonRecord& record);
    void term(const JsonRecord& record);
    void record(const CsvColumns& columns, const CsvRecord& record);

  private:
    // The row without its price; nothing where the product is another or of no place.
    std::optional<PriceRow> row_of(const Attribute& of, const std::string& where);

    const Reading& reading_;
    std::unordered_map<std::string, Product> products_;  // by SKU
};

void OfferFileReader::date(std::string_view published) {
    const auto day = day_of(published);
    if (day && *day <= reading_.book.today()) reading_.book.set_date(*day);
}

std::optional<PriceRow> OfferFileReader::row_of(const Attribute& of, const std::string& where) {
    if (const auto other = other_product(of); !other.empty()) {
        reading_.book.leave_out(std::string(other));
        return std::nullopt;
    }
    PriceRow row;
    row.provider = "aws";
    row.region = std::string(of("regionCode"));
    row.type = std::string(of("instanceType"));
    row.where = where;
    if (row.region.empty() || row.type.empty()) {
        reading_.book.refuse(
            "a region is missing", where,
            "has no region code or instance type, which old price lists lack; fetch a new one");
        return std::nullopt;
    }
    reading_.book.describe("aws", row.type, product_machine(of));
    return row;
}

void OfferFileReader::product(const JsonRecord& record) {
    const Attribute of = [&](std::string_view name) {
        return record.get(name == "productFamily" ? std::string(name) : fmt::format("attributes/{}", name));
    };
    reading_.book.count_row();
    if (auto row = row_of(of, record.path)) products_[record.key] = {row->region, row->type};
}

void OfferFileReader::term(const JsonRecord& record) {
    const auto found = products_.find(record.parent);
    if (found == products_.end()) return;
    PriceRow row;
    row.provider = "aws";
    row.region = found->second.region;
    row.type = found->second.type;
    row.where = record.path;
    for (const auto& [name, value] : record.values) {
        const auto unit = name.find("/pricePerUnit/");
        if (unit == std::string::npos) continue;
        if (!name.ends_with("/USD"))
            return reading_.book.refuse(
                "a price is not in US dollars", row.where,
                "has a price in another currency; fetch the list of a commercial region");
        const auto measure = record.get(name.substr(0, unit) + "/unit");
        if (!measure.empty() && measure != "Hrs")
            return reading_.book.refuse(
                "a price is not for an hour", row.where,
                fmt::format("its unit is \"{}\"; only Hrs can be used", shown(measure)));
        return add_price(reading_, std::move(row), value);
    }
    reading_.book.refuse("a row has no price", row.where, "has no pricePerUnit; fetch the list again");
}

void OfferFileReader::record(const CsvColumns& columns, const CsvRecord& record) {
    const Attribute of = [&](std::string_view name) {
        for (const auto& [in_json, column] : in_csv)
            if (in_json == name) return columns.field(record, column);
        return std::string_view();
    };
    if (columns.field(record, "TermType") != "OnDemand") return reading_.book.leave_out("other terms");
    auto row = row_of(of, at_line(record));
    if (!row) return;
    const auto refuse = [&](const char* kind, std::string_view what, std::string_view value) {
        reading_.book.refuse(kind, row->where, fmt::format("{} \"{}\" cannot be used", what, shown(value)));
    };
    if (const auto unit = columns.field(record, "Unit"); !unit.empty() && unit != "Hrs")
        return refuse("a price is not for an hour", "Unit", unit);
    if (const auto currency = columns.field(record, "Currency"); !currency.empty() && currency != "USD")
        return refuse("a price is not in US dollars", "Currency", currency);
    add_price(reading_, std::move(*row), columns.field(record, "PricePerUnit"));
}

// The date of the list and other lines of two fields, then the header.
base::Result<CsvColumns> header_after_preamble(const Reading& reading, CsvRows& rows,
                                               OfferFileReader& reader) {
    constexpr int most_lines = 20;
    for (int i = 0; i < most_lines; ++i) {
        auto record = rows.next();
        if (!record) break;
        if (record->fields.size() == 2 && record->fields.front() == "Publication Date")
            reader.date(record->fields.back());
        if (record->fault.empty() && record->fields.size() > 2) {
            CsvColumns columns(std::move(record->fields));
            for (const auto* column : {"TermType", "PricePerUnit", "Instance Type", "Region Code"})
                if (!columns.has(column))
                    return base::fail(
                        base::ErrorCode::damaged,
                        fmt::format("{} line {}: has no column {}; is this the list of AmazonEC2?",
                                    reading.book.name(), record->line, column));
            return columns;
        }
    }
    return base::fail(
        base::ErrorCode::damaged,
        fmt::format("{}: has no line with the column names; fetch it again", reading.book.name()));
}

}  // namespace

base::Result<void> read_price_list(const Reading& reading) {
    OfferFileReader reader(reading);
    if (!is_json(reading.input.head())) {
        CsvRows rows(reading.input);
        const auto columns = header_after_preamble(reading, rows, reader);
        if (!columns) return tl::unexpected(columns.error());
        while (const auto record = rows.next()) {
            reading.book.count_row();
            if (is_usable(reading, *columns, *record)) reader.record(*columns, *record);
        }
        return {};
    }
    JsonReading asked;
    asked.patterns = {"products/*", "terms/OnDemand/*/*"};
    asked.each = [&](std::size_t pattern, const JsonRecord& record) {
        pattern == 0 ? reader.product(record) : reader.term(record);
    };
    asked.outside = [&](std::string_view path, std::string_view value) {
        if (path == "publicationDate") reader.date(value);
    };
    end_json(reading, read_json(reading.input, asked));
    return {};
}

}  // namespace deepvm::imports
