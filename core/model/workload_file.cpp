// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/workload_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/csv_table.h"
#include "base/names.h"
#include "base/printable.h"
#include "model/precision.h"

namespace deepvm::model {
namespace {

using base::CsvRow;
using base::Result;

constexpr std::array<std::string_view, 12> columns{"workload",
                                                   "display_name",
                                                   "parameters",
                                                   "flop_per_sample",
                                                   "batch_per_accelerator",
                                                   "gradient_bytes_per_parameter",
                                                   "state_bytes_per_parameter",
                                                   "checkpoint_bytes_per_parameter",
                                                   "samples_per_epoch",
                                                   "epochs",
                                                   "precision",
                                                   "note"};
constexpr std::int64_t huge = 1'000'000'000'000'000;  // a parameter count that no machine holds
constexpr std::int64_t most = 1'000'000;
constexpr std::int64_t most_bytes = 1024;
constexpr double most_flop = 1e30;

Result<void> read_count(const CsvRow& row, std::string_view column, std::int64_t largest, auto& into) {
    auto count = row.count(column, 1, largest);
    if (!count) return tl::unexpected(std::move(count.error()));
    into = static_cast<std::remove_reference_t<decltype(into)>>(*count);
    return {};
}

Result<void> read_text(const CsvRow& row, std::string_view column, std::string& into) {
    auto text = row.required(column);
    if (!text) return tl::unexpected(std::move(text.error()));
    into = base::printable(*text);
    return {};
}

Result<void> read_precision(const CsvRow& row, Precision& into) {
    const auto& text = row.text("precision");
    const auto precision = precision_named(text);
    if (!precision)
        return tl::unexpected(row.error(base::unknown_name("precision", text, precision_names()).message));
    into = *precision;
    return {};
}

// Columns that a file of before may lack.
Result<void> read_optional(const CsvRow& row, WorkloadProfile& into) {
    if (row.has("measured_as")) into.measured_as = row.text("measured_as");
    if (row.has("accumulation_steps"))
        if (auto read = read_count(row, "accumulation_steps", most, into.accumulation_steps); !read)
            return read;
    if (!row.has("kind")) return {};
    into.kind = workload_kind_named(row.text("kind"));
    if (!into.kind)
        return tl::unexpected(
            row.error(base::unknown_name("kind", row.text("kind"), workload_kind_names()).message));
    return {};
}

Result<WorkloadProfile> read_workload(const CsvRow& row) {
    WorkloadProfile w;
    w.note = base::printable(row.text("note"));
    auto done =
        read_text(row, "workload", w.name)
            .and_then([&] { return read_text(row, "display_name", w.display_name); })
            .and_then([&] { return read_count(row, "parameters", huge, w.parameters); })
            .and_then([&]() -> Result<void> {
                auto flop = row.number("flop_per_sample", 1, most_flop);
                if (!flop) return tl::unexpected(std::move(flop.error()));
                w.flop_per_sample = *flop;
                return {};
            })
            .and_then([&] { return read_count(row, "batch_per_accelerator", most, w.batch_per_accelerator); })
            .and_then([&] {
                return read_count(row, "gradient_bytes_per_parameter", most_bytes,
                                  w.gradient_bytes_per_parameter);
            })
            .and_then([&] {
                return read_count(row, "state_bytes_per_parameter", most_bytes, w.state_bytes_per_parameter);
            })
            .and_then([&] {
                return read_count(row, "checkpoint_bytes_per_parameter", most_bytes,
                                  w.checkpoint_bytes_per_parameter);
            })
            .and_then([&] { return read_count(row, "samples_per_epoch", huge, w.samples_per_epoch); })
            .and_then([&] { return read_count(row, "epochs", most, w.epochs); })
            .and_then([&] { return read_precision(row, w.precision); })
            .and_then([&] { return read_optional(row, w); });
    if (!done) return tl::unexpected(std::move(done.error()));
    return w;
}

}  // namespace

Result<std::vector<WorkloadProfile>> read_workloads(const std::filesystem::path& file) {
    const auto table = base::CsvTable::read(file, columns);
    if (!table) return tl::unexpected(table.error());
    std::vector<WorkloadProfile> workloads;
    std::set<std::string> names;
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto workload = read_workload(table->row(i));
        if (!workload) return tl::unexpected(std::move(workload.error()));
        if (!names.insert(workload->name).second)
            return tl::unexpected(
                table->row(i).error(fmt::format("workload \"{}\" comes twice; rename one", workload->name)));
        workloads.push_back(std::move(*workload));
    }
    return workloads;
}

std::string workloads_csv(std::span<const WorkloadProfile> workloads) {
    auto text = fmt::format("{},kind,accumulation_steps,measured_as\n", fmt::join(columns, ","));
    for (const auto& w : workloads)
        text += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", base::csv_field(w.name),
            base::csv_field(w.display_name), w.parameters, w.flop_per_sample, w.batch_per_accelerator,
            w.gradient_bytes_per_parameter, w.state_bytes_per_parameter, w.checkpoint_bytes_per_parameter,
            w.samples_per_epoch, w.epochs, precision_name(w.precision), base::csv_field(w.note),
            w.kind ? workload_kind_name(*w.kind) : std::string_view(), w.accumulation_steps,
            base::csv_field(w.measured_as));
    return text;
}

Result<void> check_workload(const WorkloadProfile& w) {
    const auto refuse = [](std::string_view what, auto number, auto largest) {
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} {} is not from 1 to {}", what, number, largest));
    };
    if (w.name.empty() || w.display_name.empty())
        return base::fail(base::ErrorCode::invalid_input, "a workload needs a name");
    if (!std::isfinite(w.flop_per_sample) || w.flop_per_sample < 1 || w.flop_per_sample > most_flop)
        return refuse("FLOP a sample", w.flop_per_sample, most_flop);
    const std::tuple<std::string_view, std::int64_t, std::int64_t> counts[] = {
        {"parameters", w.parameters, huge},
        {"batch an accelerator", w.batch_per_accelerator, most},
        {"gradient bytes a parameter", w.gradient_bytes_per_parameter, most_bytes},
        {"state bytes a parameter", w.state_bytes_per_parameter, most_bytes},
        {"checkpoint bytes a parameter", w.checkpoint_bytes_per_parameter, most_bytes},
        {"samples an epoch", w.samples_per_epoch, huge},
        {"steps between two all-reduces", w.accumulation_steps, most},
        {"epochs", w.epochs, most}};
    for (const auto& [what, number, largest] : counts)
        if (number < 1 || number > largest) return refuse(what, number, largest);
    return {};
}

}  // namespace deepvm::model
