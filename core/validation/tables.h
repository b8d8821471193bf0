// SPDX-License-Identifier: GPL-3.0-or-later
// The tables one by one, and what they share; internal to validation.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "base/csv_table.h"
#include "validation/validation.h"

namespace deepvm::validation {

inline constexpr std::string_view scaling_file = "deepvm_scaling_runs.csv";
inline constexpr std::string_view transmission_file = "deepvm_transmission_runs.csv";
inline constexpr std::string_view aws_file = "deepvm_aws_runs.csv";
inline constexpr std::string_view parameter_server_file = "transient_parameter_server_runs.csv";
inline constexpr std::string_view cluster_file = "transient_cluster_runs.csv";
inline constexpr std::string_view lifetime_file = "transient_vm_lifetimes.csv";
inline constexpr std::string_view device_file = "device_throughput.csv";
inline constexpr std::string_view multinode_file = "multinode_throughput.csv";
inline constexpr std::string_view spot_price_file = "spot_price_pairs.csv";
/// No table of its own: what the speeds of device_file are relative to.
inline constexpr std::string_view peaks_file = "peaks/accelerators.csv";

/// Each reads its file from `folder`; a file that is not there, or cannot be opened, is said in the table.
base::Result<Table> scaling_table(const std::filesystem::path& folder);
base::Result<Table> transmission_table(const std::filesystem::path& folder);
base::Result<Table> aws_table(const std::filesystem::path& folder);
base::Result<Table> parameter_server_table(const std::filesystem::path& folder);
base::Result<Table> cluster_table(const std::filesystem::path& folder);
base::Result<Table> lifetime_table(const std::filesystem::path& folder);
/// Peaks that are not in `folder` are taken from `shipped`, where it is not empty.
base::Result<Table> device_table(const std::filesystem::path& folder, const std::filesystem::path& shipped);
base::Result<Table> multinode_table(const std::filesystem::path& folder);
base::Result<Table> spot_price_table(const std::filesystem::path& folder);

/// What read_rows makes of a file: rows, or why there is none.
template <typename T>
struct Rows {
    std::vector<T> rows;
    std::string missing;
};

/// Reads `name` in `folder` by `parse`, a Result<T> of a CsvRow.
template <typename T, typename Parse>
base::Result<Rows<T>> read_rows(const std::filesystem::path& folder, std::string_view name,
                                std::span<const std::string_view> columns, Parse parse) {
    const auto table = base::CsvTable::read(folder / name, columns);
    if (!table && table.error().code == base::ErrorCode::unreadable)
        return Rows<T>{{}, table.error().message};
    if (!table) return tl::unexpected(table.error());
    Rows<T> read;
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto row = parse(table->row(i));
        if (!row) return tl::unexpected(std::move(row.error()));
        read.rows.push_back(std::move(*row));
    }
    return read;
}

/// A time or an amount of money of a CSV row: above 0, and within what anybody measured.
base::Result<double> positive(const base::CsvRow& row, std::string_view column);

/// Appends a row to the table.
void add_row(Table& table, Key key, bool fitted, Quantity quantity, double measured, double predicted);

/// Of figures that count as often as they were measured.
class WeightedMean {
  public:
    void add(double value, double weight) {
        sum_ += value * weight;
        weight_ += weight;
    }
    bool empty() const { return weight_ == 0; }
    double value() const { return sum_ / weight_; }

  private:
    double sum_ = 0;
    double weight_ = 0;
};

/// The goals "median (worst) error at most `percent` %" of a table whose rows are complete.
Goal median_goal(const Table& table, double percent);
Goal worst_goal(const Table& table, double percent);

/// The goal "`wording` at most x1.25", for what is off by `factor`; 0 where nothing was predicted.
Goal factor_goal(std::string_view wording, double factor, double most);

/// "3.4 %"
std::string percent_text(double share);

}  // namespace deepvm::validation
