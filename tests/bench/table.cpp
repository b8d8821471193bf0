// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/table.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace deepvm::bench {
namespace {

std::string cell(const std::optional<double>& value, int places) {
    return value ? fmt::format("{:.{}f}", *value, places) : "";
}

// Three digits where it matters.
std::string milliseconds(const std::optional<double>& value) {
    return cell(value, value && *value >= 100 ? 0 : value && *value >= 10 ? 1 : 3);
}

std::string verdict(const Line& line) {
    const auto over = [](const std::optional<double>& value, const std::optional<double>& goal) {
        return value && goal && *value > *goal ? *value / *goal : 0;
    };
    const double worst = std::max(over(line.p99_ms ? line.p99_ms : line.median_ms, line.goal_ms),
                                  over(line.memory_mib, line.memory_goal_mib));
    if (worst > 0) return fmt::format("missed, {:.1f} x", worst);
    return line.goal_ms || line.memory_goal_mib ? "met" : "";
}

void row(const std::string& work, const std::string& median, const std::string& p99, const std::string& goal,
         const std::string& memory, const std::string& memory_goal, const std::string& programs,
         const std::string& verdict) {
    fmt::print("{:<46} {:>11} {:>11} {:>11} {:>12} {:>11} {:>10}  {}\n", work, median, p99, goal, memory,
               memory_goal, programs, verdict);
    std::fflush(stdout);
}

// Lines of ours in place of Google Benchmark's own table.
class TableReporter : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context&) override {
        print_head();
        return true;
    }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.error_occurred) {
                row(run.benchmark_name(), "", "", "", "", "", "", run.error_message);
                continue;
            }
            const auto counter = [&](const char* name) {
                const auto found = run.counters.find(name);
                return found == run.counters.end() ? std::nullopt : std::optional(found->second.value);
            };
            print({run.run_name.function_name, counter("median_ms"), counter("p99_ms"), counter("goal_ms"),
                   counter("memory_mib"), counter("memory_goal_mib"), counter("programs")});
        }
    }
};

}  // namespace

void print_head() {
    if (std::getenv("DEEPVM_BENCH_CONTINUED") != nullptr) return;
    row("work", "median ms", "p99 ms", "goal ms", "memory MiB", "goal MiB", "programs", "");
}

void print(const Line& line) {
    row(line.work, milliseconds(line.median_ms), milliseconds(line.p99_ms), milliseconds(line.goal_ms),
        cell(line.memory_mib, 1), cell(line.memory_goal_mib, 0), cell(line.programs, 1), verdict(line));
}

double resident_mib() {
    std::ifstream statm("/proc/self/statm");
    double size = 0;
    double resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double peak_resident_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

int run_benchmarks(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    TableReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}

}  // namespace deepvm::bench
