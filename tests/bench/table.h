// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of all benchmarks: what a person waits for, beside the goal.
#pragma once

#include <optional>
#include <string>

namespace deepvm::bench {

/// One line; times in milliseconds, memory in MiB of resident set. What was not measured or has no goal stays
/// empty.
struct Line {
    std::string work;
    std::optional<double> median_ms = std::nullopt;
    std::optional<double> p99_ms = std::nullopt;
    std::optional<double> goal_ms = std::nullopt;  ///< on the 99th percentile
    std::optional<double> memory_mib = std::nullopt;
    std::optional<double> memory_goal_mib = std::nullopt;
    std::optional<double> programs = std::nullopt;  ///< that lp_solve solved, in the mean of the runs
};

/// Prints the head of the table, unless the environment says that it continues one (DEEPVM_BENCH_CONTINUED).
void print_head();
void print(const Line& line);

/// Resident memory of this process now, and the most it ever had, in MiB.
double resident_mib();
double peak_resident_mib();

/// main() of a Google Benchmark program that prints lines of the table.
int run_benchmarks(int argc, char** argv);

}  // namespace deepvm::bench
