// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/throughput.h"

#include <fmt/format.h>

#include "model/precision.h"

namespace deepvm::model {
namespace {

using base::CsvRow;
using base::Result;

constexpr double most_samples = 1e9;  // a second; no cluster reads that many
constexpr double largest_load = 1e30;
constexpr std::int64_t most_machines = 100'000;

// Reads the fields of one row one after the other and keeps the first refusal.
class ThroughputFields {
  public:
    explicit ThroughputFields(const CsvRow& row) : row_(row) {}

    void text(std::string_view column, std::string& into) { take(row_.required(column), into); }
    void number(std::string_view column, double least, double most, double& into) {
        take(row_.number(column, least, most), into);
    }
    void number_or_nothing(std::string_view column, double least, double most, std::optional<double>& into) {
        take(row_.optional_number(column, least, most), into);
    }
    void number_or_zero(std::string_view column, double least, double most, double& into) {
        std::optional<double> known;
        number_or_nothing(column, least, most, known);
        into = known.value_or(0);
    }
    void count(std::string_view column, std::int64_t most, int& into) {
        std::int64_t count = 0;
        take(row_.count(column, 1, most), count);
        into = static_cast<int>(count);
    }
    void count_or_one(std::string_view column, std::int64_t most, int& into) {
        std::optional<std::int64_t> count;
        take(row_.optional_count(column, 1, most), count);
        into = static_cast<int>(count.value_or(1));
    }
    void load(TrainingLoad& into) {
        text("workload", into.workload);
        into.kind = workload_kind_named(row_.text("kind"));
        number_or_zero("parameters", 1, largest_load, into.parameters);
        number_or_zero("flop_per_sample", 1, largest_load, into.flop_per_sample);
    }
    void use(RowUse& into) {
        const auto& text = row_.text("use");
        if (text == "fit")
            into = RowUse::fit;
        else if (text == "test")
            into = RowUse::test;
        else if (text == "context")
            into = RowUse::context;
        else
            take(Result<RowUse>(tl::unexpected(
                     row_.error(fmt::format("use \"{}\" is none of fit, test and context", text)))),
                 into);
    }
    template <typename T>
    Result<T> made(T whole) {
        if (refused_) return tl::unexpected(std::move(*refused_));
        return whole;
    }

  private:
    template <typename T>
    void take(Result<T> read, T& into) {
        if (read)
            into = std::move(*read);
        else if (!refused_)
            refused_ = std::move(read.error());
    }

    const CsvRow& row_;
    std::optional<base::Error> refused_;
};

}  // namespace

TrainingLoad training_load(const WorkloadProfile& workload) {
    return {workload.measured_as.empty() ? workload.name : workload.measured_as, workload.kind,
            static_cast<double>(workload.parameters), workload.flop_per_sample};
}

Result<DeviceThroughput> parse_device_throughput(const CsvRow& row) {
    DeviceThroughput read;
    ThroughputFields fields(row);
    fields.text("accelerator", read.accelerator);
    fields.count("gpus", most_machines, read.accelerators);
    fields.load(read.load);
    read.precision = precision_named(row.text("precision"));
    fields.number("samples_per_second", 1e-9, most_samples, read.samples_per_second);
    read.software = row.text("software");
    fields.text("source", read.source);
    read.source_date = row.text("source_date");
    fields.use(read.use);
    return fields.made(std::move(read));
}

Result<ClusterThroughput> parse_cluster_throughput(const CsvRow& row) {
    ClusterThroughput read;
    ThroughputFields fields(row);
    fields.text("series", read.series);
    fields.text("accelerator", read.accelerator);
    fields.count("nodes", most_machines, read.nodes);
    fields.count("gpus_per_node", most_machines, read.accelerators_per_node);
    fields.number_or_nothing("network_gbps", 1e-3, 1e6, read.network_gbps);
    fields.load(read.load);
    read.precision = precision_named(row.text("precision"));
    fields.number_or_nothing("batch_per_accelerator", 1e-6, 1e9, read.batch_per_accelerator);
    fields.count_or_one("accumulation_steps", 1'000'000, read.accumulation_steps);
    fields.number("samples_per_second", 1e-9, most_samples, read.samples_per_second);
    fields.use(read.use);
    return fields.made(std::move(read));
}

Result<Accelerator> parse_accelerator(const CsvRow& row) {
    Accelerator read;
    ThroughputFields fields(row);
    fields.text("accelerator", read.name);
    fields.text("display_name", read.display_name);
    fields.number("fp32_tflops", 1e-3, 1e6, read.fp32_tflops);
    fields.number("tensor_tflops", 1e-3, 1e6, read.tensor_tflops);
    fields.number("memory_gib", 1e-3, 1e6, read.memory_gib);
    fields.number("memory_bandwidth_gbs", 1e-3, 1e6, read.memory_bandwidth_gbs);
    fields.count("year", 9999, read.year);
    return fields.made(std::move(read));
}

}  // namespace deepvm::model
