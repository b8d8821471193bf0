// SPDX-License-Identifier: GPL-3.0-or-later
// How the catalog and the planner grow with the number of offers, from 10^3 to 10^6, with the goals for 10^6.
// Each line is measured in a process of its own, so that its peak memory is its own, too. Usage:
// bench_scale [--largest OFFERS]; arguments of Google Benchmark are ignored.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/synthetic_catalog.h"
#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "planner/planner.h"

extern char** environ;

namespace {

using namespace deepvm;
namespace fs = std::filesystem;

// Processor time of this process, which has one thread: the wait of a person whose machine has a core to
// spare, and the same on a busy one.
double milliseconds_of(const std::function<void()>& work) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double begun = now();
    work();
    return now() - begun;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <typename T>
T must(base::Result<T> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "bench_scale: {}\n", result.error().message);
    std::exit(1);
}

// One answer as a person asks for it, from the open catalog.
void plan(const catalog::Catalog& catalog, const catalog::Selection& selection) {
    const auto problem = must(problem::make_problem(must(catalog.load(selection)), {}));
    const auto decision = must(planner::decide(*problem, base::Money::from_usd(20)));
    if (decision.ranked.empty()) std::abort();  // then nothing was measured
}

// What a process measures: milliseconds of one round.
double measured(std::string_view phase, const fs::path& folder) {
    const auto file = folder / "catalog.db";
    if (phase == "build") return milliseconds_of([&] { must(catalog::build_catalog(folder, file)); });
    std::vector<double> rounds;
    constexpr int count = 5;
    if (phase == "open") {
        for (int i = 0; i < count; ++i)
            rounds.push_back(milliseconds_of([&] { must(catalog::Catalog::open(file)); }));
        return median(rounds);
    }
    const auto opened = must(catalog::Catalog::open(file));
    const auto& first = opened.markets().front();
    catalog::Selection selection{first.name, first.regions.front()};
    if (phase == "any-region") selection.region = catalog::any_region;
    if (phase == "any-provider")
        selection = {std::string(catalog::any_provider), std::string(catalog::any_region)};
    for (int i = 0; i < count; ++i)
        rounds.push_back(milliseconds_of([&] { plan(opened, selection); }));
    return median(rounds);
}

struct Measurement {
    double milliseconds = 0;
    double mebibytes = 0;  // peak of the process
};

// Runs one phase in a process of its own.
Measurement run(const std::string& phase, const fs::path& folder) {
    const auto answer = folder / (phase + ".txt");
    std::vector<std::string> arguments{"/proc/self/exe", "--phase", phase, folder.string(), answer.string()};
    std::vector<char*> pointers;
    for (auto& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    int status = 1;
    rusage usage{};
    if (posix_spawn(&child, pointers[0], nullptr, nullptr, pointers.data(), environ) != 0 ||
        wait4(child, &status, 0, &usage) != child || status != 0) {
        fmt::print(stderr, "bench_scale: {} of {} failed\n", phase, folder.string());
        std::exit(1);
    }
    Measurement measurement;
    std::ifstream(answer) >> measurement.milliseconds;
    measurement.mebibytes = static_cast<double>(usage.ru_maxrss) / 1024;
    return measurement;
}

struct Line {
    const char* phase;
    const char* what;
    double goal_ms;
};
constexpr Line lines[] = {{"build", "build the catalog", 30'000},
                          {"open", "open it", 200},
                          {"one-region", "plan one region", 50},
                          {"any-region", "plan any region", 1000},
                          {"any-provider", "plan any provider", 1000}};
constexpr double goal_mib = 1024;

std::string milliseconds(double value) {
    return value < 9.95 ? fmt::format("{:.2f} ms", value) : fmt::format("{:.0f} ms", value);
}

void print_table(const std::vector<std::size_t>& sizes, const std::vector<std::vector<Measurement>>& all,
                 const std::vector<double>& file_mib) {
    const auto header = [&](const char* title) {
        fmt::print("\n{:<20}", title);
        for (const auto size : sizes)
            fmt::print("{:>12}", size);
        fmt::print("   goal at 1000000\n");
    };
    header("processor time");
    for (std::size_t i = 0; i < std::size(lines); ++i) {
        fmt::print("{:<20}", lines[i].what);
        for (const auto& column : all)
            fmt::print("{:>12}", milliseconds(column[i].milliseconds));
        fmt::print("   {}\n", milliseconds(lines[i].goal_ms));
    }
    header("peak memory");
    for (std::size_t i = 0; i < std::size(lines); ++i) {
        fmt::print("{:<20}", lines[i].what);
        for (const auto& column : all)
            fmt::print("{:>8.0f} MiB", column[i].mebibytes);
        fmt::print("   {:.0f} MiB\n", goal_mib);
    }
    fmt::print("{:<20}", "size of the file");
    for (const double mib : file_mib)
        fmt::print("{:>8.1f} MiB", mib);
    fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() == 4 && arguments[0] == "--phase") {
        std::ofstream(arguments[3]) << measured(arguments[1], arguments[2]);
        return 0;
    }
    std::size_t largest = 1'000'000;
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
        if (arguments[i] == "--largest") largest = std::stoul(arguments[i + 1]);

    std::vector<std::size_t> sizes;
    std::vector<std::vector<Measurement>> all;
    std::vector<double> file_mib;
    for (std::size_t size = 1000; size <= largest; size *= 10) {
        const auto folder = fs::temp_directory_path() / fmt::format("deepvm-scale-{}-{}", ::getpid(), size);
        bench::write_synthetic_catalog(folder, {size});
        auto& column = all.emplace_back();
        for (const auto& line : lines)
            column.push_back(run(line.phase, folder));
        sizes.push_back(size);
        file_mib.push_back(static_cast<double>(fs::file_size(folder / "catalog.db")) / (1 << 20));
        fs::remove_all(folder);
    }
    print_table(sizes, all, file_mib);
}
