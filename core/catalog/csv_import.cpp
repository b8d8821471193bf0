// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/csv_import.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/csv_table.h"
#include "base/names.h"
#include "base/numbers.h"
#include "catalog/catalog.h"

namespace deepvm::catalog {
namespace {

using base::CsvRow;
using base::CsvTable;

constexpr double smallest = 1e-9;  // stands for "above 0"
constexpr double large = 1e6;

// One INSERT statement, used for many rows.
class Insert {
  public:
    Insert(SQLite::Database& database, const std::string& table, const std::string& columns)
        : statement_(database,
                     fmt::format("INSERT INTO {}({}) VALUES ({})", table, columns, placeholders(columns))) {}

    template <typename... Values>
    void operator()(const CsvRow& row, const Values&... values) {
        try {
            statement_.reset();
            int index = 0;
            (bind(++index, values), ...);
            statement_.exec();
        } catch (const SQLite::Exception& refusal) {
            throw Refused(
                row.error(fmt::format("does not fit the catalog ({}); correct the row", refusal.what())));
        }
    }

  private:
    static std::string placeholders(const std::string& columns) {
        std::string text = "?";
        for (const char c : columns)
            if (c == ',') text += ", ?";
        return text;
    }
    void bind(int index, base::Money value) { statement_.bind(index, value.micro()); }
    void bind(int index, const std::optional<std::string>& value) {
        value ? statement_.bind(index, *value) : statement_.bind(index);
    }
    template <typename T>
    void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : statement_.bind(index);
    }
    template <typename T>
    void bind(int index, const T& value) {
        statement_.bind(index, value);
    }

    SQLite::Statement statement_;
};

// The names that rows have defined, with the row that did: refuses a second definition and an unknown
// reference.
class Names {
  public:
    explicit Names(std::string what) : what_(std::move(what)) {}

    void define(const CsvRow& row, const std::string& name) {
        const auto [known, added] = rows_.emplace(name, row.where());
        if (!added)
            throw Refused(row.error(
                fmt::format("{} \"{}\" is already in {}; remove one of them", what_, name, known->second)));
    }
    const std::string& expect(const CsvRow& row, const std::string& name) const {
        if (!rows_.contains(name)) {
            std::vector<std::string> known;
            for (const auto& entry : rows_)
                known.push_back(entry.first);
            throw Refused(row.error(base::unknown_name(what_, name, known).message));
        }
        return name;
    }

  private:
    std::string what_;
    std::map<std::string, std::string> rows_;
};

bool is_iso_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto year = base::parse_integer(text.substr(0, 4));
    const auto month = base::parse_integer(text.substr(5, 2));
    const auto day = base::parse_integer(text.substr(8, 2));
    return year && month && day && *year > 0 && *month > 0 && *day > 0 &&
           std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)),
                                       std::chrono::month(static_cast<unsigned>(*month)),
                                       std::chrono::day(static_cast<unsigned>(*day)))
               .ok();
}

std::string one_of(const CsvRow& row, std::string_view column, std::span<const std::string> known) {
    auto value = must(row.required(column));
    for (const auto& name : known)
        if (name == value) return value;
    throw Refused(row.error(base::unknown_name(column, value, known).message));
}

std::optional<std::string> optional_text(const CsvRow& row, std::string_view column) {
    return row.is_blank(column) ? std::nullopt : std::optional(row.text(column));
}

class Importer {
  public:
    Importer(SQLite::Database& database, std::filesystem::path folder)
        : database_(database), folder_(std::move(folder)) {}

    BuildSummary run() {
        sources();
        accelerators();
        workloads();
        saturation();
        datasets();
        provider_types();
        provider_offers();
        return summary_;
    }

  private:
    template <typename... Columns>
    CsvTable table(const std::string& file, Columns... columns) const {
        const std::array<std::string_view, sizeof...(columns)> names{columns...};
        auto read = must(CsvTable::read(folder_ / file, names));
        if (read.size() == 0)
            throw Refused(
                {base::ErrorCode::invalid_input, fmt::format("{} line 1: no rows follow; add them", file)});
        return read;
    }

    template <typename Each>
    static void for_rows(const CsvTable& table, Each each) {
        for (std::size_t i = 0; i < table.size(); ++i)
            each(table.row(i), static_cast<int>(i) + 1);
    }

    void sources();
    void accelerators();
    void workloads();
    void saturation();
    void datasets();
    void published(const std::string& dataset, const std::string& file, const std::string& source);
    void quotas(const std::string& dataset, const std::string& file);
    void provider_types();
    void provider_offers();

    SQLite::Database& database_;
    std::filesystem::path folder_;
    Names sources_{"source"};
    Names accelerators_{"accelerator"};
    Names datasets_{"data set"};
    Names providers_{"provider"};
    Names types_{"instance type"};  // "data set/name"
    BuildSummary summary_;
};

void Importer::sources() {
    Insert insert(database_, "source", "id, description, as_of");
    for_rows(table("sources.csv", "source", "description", "as_of"), [&](const CsvRow& row, int) {
        const auto id = must(row.required("source"));
        const auto as_of = must(row.required("as_of"));
        sources_.define(row, id);
        if (!is_iso_date(as_of))
            throw Refused(
                row.error(fmt::format("as_of \"{}\" is not a date; write it as 2026-07-20", as_of)));
        insert(row, id, must(row.required("description")), as_of);
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
    const std::vector<std::string> precisions{"fp32", "tensor"};
    Names names("workload");
    Insert insert(database_, "workload",
                  "name, position, display_name, parameters, flop_per_sample, batch_per_accelerator, "
                  "gradient_bytes_per_parameter, state_bytes_per_parameter, checkpoint_bytes_per_parameter, "
                  "samples_per_epoch, epochs, precision, note");
    for_rows(table("workloads.csv", "workload", "display_name", "parameters", "flop_per_sample",
                   "batch_per_accelerator", "gradient_bytes_per_parameter", "state_bytes_per_parameter",
                   "checkpoint_bytes_per_parameter", "samples_per_epoch", "epochs", "precision", "note"),
             [&](const CsvRow& row, int position) {
                 const auto name = must(row.required("workload"));
                 names.define(row, name);
                 insert(row, name, position, must(row.required("display_name")),
                        must(row.count("parameters", 1, huge)),
                        must(row.number("flop_per_sample", smallest, 1e30)),
                        must(row.count("batch_per_accelerator", 1, 1'000'000)),
                        must(row.count("gradient_bytes_per_parameter", 1, 1024)),
                        must(row.count("state_bytes_per_parameter", 1, 1024)),
                        must(row.count("checkpoint_bytes_per_parameter", 1, 1024)),
                        must(row.count("samples_per_epoch", 1, huge)),
                        must(row.count("epochs", 1, 1'000'000)), one_of(row, "precision", precisions),
                        row.text("note"));
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
                 const auto source = sources_.expect(row, must(row.required("source")));
                 published(name, must(row.required("published_file")), source);
                 if (!row.is_blank("quotas_file")) quotas(name, row.text("quotas_file"));
             });
}

// Types and prices in one file, as the paper's artifact has them.
void Importer::published(const std::string& dataset, const std::string& file, const std::string& source) {
    Insert type(
        database_, "instance_type",
        "dataset, name, position, family, quota_class, vcpus, memory_gib, network_gbps, accelerator_count, "
        "published_rate, scaling_a, scaling_b, scaling_c");
    Insert offer(
        database_, "offer",
        "dataset, region, instance_type, on_demand, spot, spot_basis, on_demand_source, spot_source");
    for_rows(
        table(file, "position", "instance_type", "quota_class", "on_demand_usd_per_hour", "spot_usd_per_hour",
              "vcpus", "memory_gib", "network_gbps", "flops", "scaling_a", "scaling_b", "scaling_c"),
        [&](const CsvRow& row, int) {
            const auto name = must(row.required("instance_type"));
            types_.define(row, dataset + "/" + name);
            const auto given = [&](std::string_view column, double most) {
                return must(row.optional_number(column, smallest, most));
            };
            type(row, dataset, name, must(row.count("position", 1, 1'000'000)),
                 name.substr(0, name.find('.')), must(row.required("quota_class")),
                 must(row.count("vcpus", 1, 100'000)), given("memory_gib", large),
                 must(row.number("network_gbps", smallest, large)), 0, given("flops", 1e12),
                 given("scaling_a", large), given("scaling_b", large), given("scaling_c", large));
            offer(row, dataset, "", name, must(row.price("on_demand_usd_per_hour")),
                  must(row.price("spot_usd_per_hour")), "published", source, source);
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
    Insert insert(
        database_, "instance_type",
        "dataset, name, position, family, quota_class, vcpus, memory_gib, network_gbps, accelerator, "
        "accelerator_count, cpu_architecture");
    for_rows(table("instance_types.csv", "provider", "instance_type", "family", "quota_class", "vcpus",
                   "memory_gib", "accelerator", "accelerator_count", "network_gbps", "architecture"),
             [&](const CsvRow& row, int position) {
                 const auto provider = providers_.expect(row, must(row.required("provider")));
                 const auto name = must(row.required("instance_type"));
                 types_.define(row, provider + "/" + name);
                 const auto count = must(row.count("accelerator_count", 0, 1024));
                 if (row.is_blank("accelerator") != (count == 0))
                     throw Refused(
                         row.error("accelerator and accelerator_count disagree; give both or blank and 0"));
                 if (count > 0) accelerators_.expect(row, row.text("accelerator"));
                 insert(row, provider, name, position, must(row.required("family")),
                        must(row.required("quota_class")), must(row.count("vcpus", 1, 100'000)),
                        must(row.optional_number("memory_gib", smallest, large)),
                        must(row.number("network_gbps", smallest, large)), optional_text(row, "accelerator"),
                        count, one_of(row, "architecture", architectures));
                 ++summary_.instance_types;
             });
}

void Importer::provider_offers() {
    const std::vector<std::string> bases{"list", "observed", "advisor-savings"};
    Names offers("offer");
    Insert insert(
        database_, "offer",
        "dataset, region, instance_type, on_demand, spot, spot_basis, interruption_band, on_demand_source, "
        "spot_source");
    for_rows(table("offers.csv", "provider", "region", "instance_type", "on_demand_usd_per_hour",
                   "spot_usd_per_hour", "spot_basis", "interruption_band", "on_demand_source", "spot_source"),
             [&](const CsvRow& row, int) {
                 const auto provider = providers_.expect(row, must(row.required("provider")));
                 const auto region = must(row.required("region"));
                 const auto name = must(row.required("instance_type"));
                 if (region == any_region)
                     throw Refused(row.error("region \"any\" means all regions; name the region"));
                 types_.expect(row, provider + "/" + name);
                 offers.define(row, provider + "/" + region + "/" + name);
                 const auto on_demand = must(row.price("on_demand_usd_per_hour"));
                 const auto spot = must(row.optional_price("spot_usd_per_hour"));
                 if (spot && *spot > on_demand)
                     throw Refused(row.error(
                         fmt::format("spot_usd_per_hour {} is above the on-demand price {}; correct it",
                                     spot->decimal(), on_demand.decimal())));
                 for (const auto* column : {"spot_basis", "spot_source"})
                     if (row.is_blank(column) == spot.has_value())
                         throw Refused(
                             row.error(fmt::format("{} {}", column,
                                                   spot ? "is blank; say where the spot price comes from"
                                                        : "is given without a spot price; leave it blank")));
                 if (spot) {
                     one_of(row, "spot_basis", bases);
                     sources_.expect(row, row.text("spot_source"));
                 }
                 insert(row, provider, region, name, on_demand, spot, optional_text(row, "spot_basis"),
                        must(row.optional_count("interruption_band", 0, 4)),
                        sources_.expect(row, must(row.required("on_demand_source"))),
                        optional_text(row, "spot_source"));
                 ++summary_.offers;
             });
}

}  // namespace

BuildSummary import_csv(SQLite::Database& database, const std::filesystem::path& folder) {
    return Importer(database, folder).run();
}

}  // namespace deepvm::catalog
