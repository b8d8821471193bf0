// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/csv_import.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/csv_table.h"
#include "base/dates.h"
#include "base/names.h"
#include "catalog/catalog.h"
#include "catalog/import_rows.h"
#include "catalog/price_review.h"
#include "catalog/schema.h"
#include "model/fabric.h"
#include "model/precision.h"
#include "model/throughput.h"

namespace deepvm::catalog {
namespace {

using base::CsvRow;
using base::CsvTable;

constexpr double smallest = 1e-9;  // stands for "above 0"
constexpr double large = 1e6;

std::optional<std::string> optional_text(const CsvRow& row, std::string_view column) {
    return row.is_blank(column) ? std::nullopt : std::optional(row.text(column));
}

// Nothing where the file does not say it: speeds are then estimated with a wider range.
std::optional<std::string> kind_of(const CsvRow& row) {
    if (!row.has("kind")) return std::nullopt;
    return one_of(row, "kind", model::workload_kind_names());
}

class Importer {
  public:
    Importer(SQLite::Database& database, std::filesystem::path folder)
        : database_(database), folder_(std::move(folder)) {}

    BuildSummary run() {
        sources();
        accelerators();
        workloads();
        speeds();
        saturation();
        datasets();
        provider_types();
        provider_offers();
        prices_.write(database_, summary_.remarks);
        summaries();
        return summary_;
    }

  private:
    // A file and the columns that it must have.
    struct Table {
        std::string file;
        std::vector<std::string_view> columns;
    };

    template <typename... Columns>
    static Table table(std::string file, Columns... columns) {
        return {std::move(file), {columns...}};
    }

    // `each` gets the rows with their position, from 1.
    template <typename Each>
    void for_rows(const Table& table, Each each) const {
        int position = 0;
        const auto rows = must(CsvTable::each(folder_ / table.file, table.columns,
                                              [&](const CsvRow& row) { each(row, ++position); }));
        if (rows == 0)
            throw Refused({base::ErrorCode::invalid_input,
                           fmt::format("{} line 1: no rows follow; add them", table.file)});
    }

    void sources();
    void accelerators();
    void workloads();
    void speeds();
    void saturation();
    void datasets();
    void published(const std::string& dataset, const std::string& file, int source);
    void quotas(const std::string& dataset, const std::string& file);
    void provider_types();
    void provider_offers();
    void summaries();
    int place(const std::string& dataset, const std::string& region);

    SQLite::Database& database_;
    std::filesystem::path folder_;
    Names sources_{"source"};
    Names accelerators_{"accelerator"};
    Names datasets_{"data set"};
    Names providers_{"provider"};
    Names types_{"instance type"};                 // "data set/name"
    std::unordered_map<std::string, int> places_;  // "data set/region"
    PriceReview prices_;
    BuildSummary summary_;
};

void Importer::sources() {
    Insert insert(database_, "source", "number, id, description, as_of");
    for_rows(table("sources.csv", "source", "description", "as_of"), [&](const CsvRow& row, int) {
        const auto id = must(row.required("source"));
        const auto as_of = must(row.required("as_of"));
        const int number = sources_.define(row, id);
        if (!base::parse_iso_date(as_of))
            throw Refused(
                row.error(fmt::format("as_of \"{}\" is not a date; write it as 2026-07-20", as_of)));
        insert(row, number, id, must(row.required("description")), as_of);
    });
}

void Importer::accelerators() {
    Insert insert(database_, "accelerator",
                  "name, display_name, fp32_tflops, tensor_tflops, memory_gib, memory_bandwidth_gbs, year");
    for_rows(table("accelerators.csv", "accelerator", "display_name", "fp32_tflops", "tensor_tflops",
                   "memory_gib", "memory_bandwidth_gbs", "year"),
             [&](const CsvRow& row, int) {
                 const auto name = must(row.required("accelerator"));
                 accelerators_.define(row, name);
                 insert(row, name, must(row.required("display_name")),
                        must(row.number("fp32_tflops", smallest, large)),
                        must(row.number("tensor_tflops", smallest, large)),
                        must(row.number("memory_gib", smallest, large)),
                        must(row.number("memory_bandwidth_gbs", smallest, large)),
                        must(row.count("year", 1990, 2100)));
             });
}

void Importer::workloads() {
    constexpr std::int64_t huge = 1'000'000'000'000'000;
    const auto precisions = model::precision_names();
    Names names("workload");
    Insert insert(database_, "workload",
                  "name, position, display_name, parameters, flop_per_sample, batch_per_accelerator, "
                  "gradient_bytes_per_parameter, state_bytes_per_parameter, checkpoint_bytes_per_parameter, "
                  "samples_per_epoch, epochs, precision, note, kind, accumulation_steps, measured_as");
    for_rows(table("workloads.csv", "workload", "display_name", "parameters", "flop_per_sample",
                   "batch_per_accelerator", "gradient_bytes_per_parameter", "state_bytes_per_parameter",
                   "checkpoint_bytes_per_parameter", "samples_per_epoch", "epochs", "precision", "note"),
             [&](const CsvRow& row, int position) {
                 const auto name = must(row.required("workload"));
                 names.define(row, name);
                 insert(
                     row, name, position, must(row.required("display_name")),
                     must(row.count("parameters", 1, huge)),
                     must(row.number("flop_per_sample", smallest, 1e30)),
                     must(row.count("batch_per_accelerator", 1, 1'000'000)),
                     must(row.count("gradient_bytes_per_parameter", 1, 1024)),
                     must(row.count("state_bytes_per_parameter", 1, 1024)),
                     must(row.count("checkpoint_bytes_per_parameter", 1, 1024)),
                     must(row.count("samples_per_epoch", 1, huge)), must(row.count("epochs", 1, 1'000'000)),
                     one_of(row, "precision", precisions), row.text("note"), kind_of(row),
                     row.has("accumulation_steps") ? must(row.count("accumulation_steps", 1, 1'000'000)) : 1,
                     row.has("measured_as") ? row.text("measured_as") : std::string());
             });
}

// Optional: without them all speeds are estimated.
void Importer::speeds() {
    constexpr const char* file = "device_throughput.csv";
    std::error_code ignored;
    if (!std::filesystem::exists(folder_ / file, ignored)) {
        summary_.remarks.push_back(fmt::format(
            "{}: not there, so no speed is measured and all are estimated without measurements", file));
        return;
    }
    const auto& columns = model::device_throughput_columns;
    Insert insert(database_, "device_throughput",
                  "position, accelerator, accelerators, workload, kind, parameters, flop_per_sample, "
                  "precision, samples_per_second, software, source, source_date, use");
    for_rows({file, {columns.begin(), columns.end()}}, [&](const CsvRow& row, int position) {
        const auto read = must(model::parse_device_throughput(row));
        insert(row, position, read.accelerator, read.accelerators, read.load.workload,
               read.load.kind ? std::string(workload_kind_name(*read.load.kind)) : std::string(),
               read.load.parameters, read.load.flop_per_sample,
               read.precision ? std::string(precision_name(*read.precision)) : std::string(),
               read.samples_per_second, read.software, read.source, read.source_date,
               static_cast<int>(read.use));
    });
}

void Importer::saturation() {
    Names points("network_gbps");
    Insert insert(database_, "network_saturation", "network_gbps, workers_per_remote");
    for_rows(table("deepvm_network_saturation.csv", "network_gbps", "saturation_workers_per_remote"),
             [&](const CsvRow& row, int) {
                 const auto gbps = must(row.number("network_gbps", smallest, large));
                 points.define(row, fmt::format("{}", gbps));
                 insert(row, gbps, must(row.number("saturation_workers_per_remote", smallest, large)));
             });
}

void Importer::datasets() {
    const std::vector<std::string> kinds{"published", "provider"};
    Insert insert(database_, "dataset", "name, title, kind, position, node_bound");
    for_rows(table("datasets.csv", "dataset", "title", "kind", "node_bound", "published_file", "quotas_file",
                   "source"),
             [&](const CsvRow& row, int position) {
                 const auto name = must(row.required("dataset"));
                 const auto kind = one_of(row, "kind", kinds);
                 if (name == any_provider)
                     throw Refused(row.error("dataset \"any\" means all providers; choose another name"));
                 datasets_.define(row, name);
                 insert(row, name, must(row.required("title")), kind, position,
                        must(row.optional_count("node_bound", 2, 1'000'000)));
                 ++summary_.datasets;
                 if (kind == "provider") {
                     providers_.define(row, name);
                     for (const auto* column : {"published_file", "quotas_file", "source"})
                         if (!row.is_blank(column))
                             throw Refused(row.error(fmt::format(
                                 "{} is for published data sets; leave it blank for a provider", column)));
                     return;
                 }
                 const int source = sources_.expect(row, must(row.required("source")));
                 published(name, must(row.required("published_file")), source);
                 if (!row.is_blank("quotas_file")) quotas(name, row.text("quotas_file"));
             });
}

// Types and prices in one file, as the paper's artifact has them.
void Importer::published(const std::string& dataset, const std::string& file, int source) {
    Insert type(database_, "instance_type",
                "number, dataset, name, position, family, quota_class, vcpus, memory_gib, network_gbps, "
                "accelerator_count, "
                "published_rate, scaling_a, scaling_b, scaling_c");
    Insert offer(database_, "offer",
                 "place, instance_type, on_demand, spot, spot_basis, on_demand_source, spot_source");
    const int nowhere = place(dataset, "");
    constexpr auto basis = static_cast<int>(model::PriceBasis::published);
    for_rows(
        table(file, "position", "instance_type", "quota_class", "on_demand_usd_per_hour", "spot_usd_per_hour",
              "vcpus", "memory_gib", "network_gbps", "flops", "scaling_a", "scaling_b", "scaling_c"),
        [&](const CsvRow& row, int) {
            const auto name = must(row.required("instance_type"));
            const int number = types_.define(row, dataset + "/" + name);
            const auto given = [&](std::string_view column, double most) {
                return must(row.optional_number(column, smallest, most));
            };
            type(row, number, dataset, name, must(row.count("position", 1, 1'000'000)),
                 name.substr(0, name.find('.')), must(row.required("quota_class")),
                 must(row.count("vcpus", 1, 100'000)), given("memory_gib", large),
                 must(row.number("network_gbps", smallest, large)), 0, given("flops", 1e12),
                 given("scaling_a", large), given("scaling_b", large), given("scaling_c", large));
            offer(row, nowhere, number, must(row.price("on_demand_usd_per_hour")),
                  must(row.price("spot_usd_per_hour")), basis, source, source);
            ++summary_.instance_types;
            ++summary_.offers;
        });
}

void Importer::quotas(const std::string& dataset, const std::string& file) {
    constexpr std::int64_t most = 100'000'000;
    Names classes("quota class");
    Insert insert(database_, "quota", "dataset, quota_class, position, on_demand_vcpus, spot_vcpus");
    for_rows(table(file, "quota_class", "on_demand_vcpus", "spot_vcpus"),
             [&](const CsvRow& row, int position) {
                 const auto name = must(row.required("quota_class"));
                 classes.define(row, name);
                 insert(row, dataset, name, position, must(row.count("on_demand_vcpus", 0, most)),
                        must(row.count("spot_vcpus", 0, most)));
             });
}

void Importer::provider_types() {
    const std::vector<std::string> architectures{"x86_64", "arm64"};
    const auto fabrics = model::fabric_names();
    Insert insert(
        database_, "instance_type",
        "number, dataset, name, position, family, quota_class, vcpus, memory_gib, network_gbps, accelerator, "
        "accelerator_count, cpu_architecture, fabric, fabric_gbps");
    for_rows(table("instance_types.csv", "provider", "instance_type", "family", "quota_class", "vcpus",
                   "memory_gib", "accelerator", "accelerator_count", "network_gbps", "architecture"),
             [&](const CsvRow& row, int position) {
                 const auto provider = must(row.required("provider"));
                 const auto name = must(row.required("instance_type"));
                 providers_.expect(row, provider);
                 const int number = types_.define(row, provider + "/" + name);
                 const auto count = must(row.count("accelerator_count", 0, 1024));
                 if (row.is_blank("accelerator") != (count == 0))
                     throw Refused(
                         row.error("accelerator and accelerator_count disagree; give both or blank and 0"));
                 if (count > 0) accelerators_.expect(row, row.text("accelerator"));
                 insert(row, number, provider, name, position, must(row.required("family")),
                        must(row.required("quota_class")), must(row.count("vcpus", 1, 100'000)),
                        must(row.optional_number("memory_gib", smallest, large)),
                        must(row.optional_number("network_gbps", smallest, large)),
                        optional_text(row, "accelerator"), count, one_of(row, "architecture", architectures),
                        row.has("fabric") ? std::optional(one_of(row, "fabric", fabrics)) : std::nullopt,
                        row.has("fabric_gbps")
                            ? std::optional(must(row.number("fabric_gbps", smallest, large)))
                            : std::nullopt);
                 ++summary_.instance_types;
             });
}

int Importer::place(const std::string& dataset, const std::string& region) {
    const auto number = static_cast<int>(places_.size()) + 1;
    const auto [known, added] = places_.emplace(dataset + "/" + region, number);
    if (added) {
        SQLite::Statement insert(database_, "INSERT INTO place VALUES (?, ?, ?)");
        insert.bind(1, number);
        insert.bind(2, dataset);
        insert.bind(3, region);
        insert.exec();
    }
    return known->second;
}

// The bases of offers.csv, in the order of model::PriceBasis.
std::vector<std::string> offer_bases() {
    std::vector<std::string> names;
    for (int i = 0; i < model::price_bases; ++i)
        if (const auto basis = static_cast<model::PriceBasis>(i); basis != model::PriceBasis::published)
            names.emplace_back(model::name(basis));
    return names;
}

// What an offer says of its spot price, all or nothing.
struct SpotPrice {
    std::optional<base::Money> price;
    std::optional<int> basis;
    std::optional<int> source;
};

SpotPrice spot_price(const CsvRow& row, const std::vector<std::string>& bases, const Names& sources) {
    const auto spot = must(row.optional_price("spot_usd_per_hour"));
    for (const auto* column : {"spot_basis", "spot_source"})
        if (row.is_blank(column) == spot.has_value())
            throw Refused(row.error(fmt::format("{} {}", column,
                                                spot ? "is blank; say where the spot price comes from"
                                                     : "is given without a spot price; leave it blank")));
    if (!spot) return {};
    return {spot, static_cast<int>(index_of(row, "spot_basis", bases)),
            sources.expect(row, row.text("spot_source"))};
}

void Importer::provider_offers() {
    const auto bases = offer_bases();
    std::unordered_map<std::uint64_t, std::uint32_t> lines;  // by place and type
    Insert insert(database_, "offer",
                  "place, instance_type, on_demand, spot, spot_basis, interruption_band, on_demand_source, "
                  "spot_source");
    for_rows(table("offers.csv", "provider", "region", "instance_type", "on_demand_usd_per_hour",
                   "spot_usd_per_hour", "spot_basis", "interruption_band", "on_demand_source", "spot_source"),
             [&](const CsvRow& row, int) {
                 const auto provider = must(row.required("provider"));
                 providers_.expect(row, provider);
                 const auto region = must(row.required("region"));
                 const auto name = must(row.required("instance_type"));
                 if (region == any_region)
                     throw Refused(row.error("region \"any\" means all regions; name the region"));
                 const int type = types_.expect(row, provider + "/" + name);
                 const int where = place(provider, region);
                 const auto key = static_cast<std::uint64_t>(where) << 32U | static_cast<std::uint32_t>(type);
                 const auto [known, added] = lines.emplace(key, static_cast<std::uint32_t>(row.line()));
                 if (!added)
                     throw Refused(row.error(fmt::format(
                         "offer \"{}/{}/{}\" is already in offers.csv line {}; remove one of them", provider,
                         region, name, known->second)));
                 const auto on_demand = must(row.price("on_demand_usd_per_hour"));
                 const auto spot = spot_price(row, bases, sources_);
                 if (spot.basis == static_cast<int>(model::PriceBasis::advisor_savings))
                     prices_.add_estimate(type, on_demand, *spot.price);
                 if (spot.price && *spot.price > on_demand)
                     summary_.remarks.push_back(fmt::format(
                         "{}: spot_usd_per_hour {} is above the on-demand price {}; it is kept and "
                         "not planned with",
                         row.where(), spot.price->decimal(), on_demand.decimal()));
                 prices_.add(type, where, on_demand);
                 insert(row, where, type, on_demand, spot.price, spot.basis,
                        must(row.optional_count("interruption_band", 0, 4)),
                        sources_.expect(row, must(row.required("on_demand_source"))), spot.source);
                 ++summary_.offers;
             });
}

void Importer::summaries() {
    database_.exec(fmt::format("INSERT INTO summary {}", summary_query));
}

}  // namespace

BuildSummary import_csv(SQLite::Database& database, const std::filesystem::path& folder) {
    return Importer(database, folder).run();
}

}  // namespace deepvm::catalog
