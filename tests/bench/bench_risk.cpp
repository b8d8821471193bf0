// SPDX-License-Identifier: GPL-3.0-or-later
// What risk takes to compute: in closed form for every plan under the slider, as futures in the background.
#include <vector>

#include "bench/latency.h"
#include "bench/table.h"
#include "risk/checkpoint_curve.h"
#include "risk/monte_carlo.h"
#include "risk/random.h"
#include "risk/revocation.h"

namespace {

using namespace deepvm;

constexpr int machines = 32;

risk::JobRun week(double machine_rate) {
    return {.useful_seconds = 168 * 3600,
            .revocations_per_hour = machines * machine_rate,
            .checkpoint_seconds = 30,
            .restart_seconds = 240};
}

double highest_band() {
    return risk::band_rates(4).high;
}

// Throughput of asynchronous workers that wait for one another a little.
std::vector<double> throughputs() {
    std::vector<double> result;
    for (int i = 1; i <= machines; ++i)
        result.push_back(i / (1 + 0.02 * i));
    return result;
}

risk::Lifetimes shipped_lifetimes() {
    const auto rows =
        risk::read_lifetimes(DEEPVM_SOURCE_DIR "/resources/validation/transient_vm_lifetimes.csv").value();
    return risk::Lifetimes::of(rows).value();
}

// One drag of the slider asks for so many plans.
void plans(benchmark::State& state, bool rolls_back) {
    const auto speeds = throughputs();
    const double rate = highest_band();
    bench::Latency latency(state, 20);
    for (auto _ : state) {
        latency.measure([&] {
            for (int i = 0; i < 100'000; ++i) {
                risk::JobRun run = week(rate * (1 + i % 100));
                if (!rolls_back) run.throughputs = speeds;
                benchmark::DoNotOptimize(risk::outlook(run));
            }
        });
    }
}

void curve(benchmark::State& state) {
    bench::Latency latency(state, 1);
    for (auto _ : state)
        latency.measure([&] { benchmark::DoNotOptimize(risk::checkpoint_curve(week(highest_band()))); });
}

void futures(benchmark::State& state, risk::Simulation request) {
    bench::Latency latency(state, 1000);
    for (auto _ : state) {
        ++request.seed;
        latency.measure([&] { benchmark::DoNotOptimize(risk::simulate(request)); });
    }
}

void compare(benchmark::State& state) {
    const auto a = risk::simulate({.run = week(highest_band()), .seed = 1}).value();
    const auto b = risk::simulate({.run = week(highest_band()), .seed = 2}).value();
    bench::Latency latency(state, 1);
    for (auto _ : state)
        latency.measure([&] { benchmark::DoNotOptimize(risk::cheaper_in(a, b)); });
}

template <typename... Arguments>
void line(const char* work, int runs, Arguments&&... arguments) {
    benchmark::RegisterBenchmark(work, std::forward<Arguments>(arguments)...)
        ->UseManualTime()
        ->Iterations(runs);
}

}  // namespace

int main(int argc, char** argv) {
    const auto lifetimes = shipped_lifetimes();
    const auto speeds = throughputs();
    const risk::Simulation by_band{.run = week(highest_band())};
    const risk::Simulation by_rate{.run = week(lifetimes.mean_rate())};
    risk::Simulation by_table{
        .run = week(lifetimes.mean_rate()), .lifetimes = &lifetimes, .spot_machines = machines};
    risk::Simulation carrying_on = by_table;
    carrying_on.run.throughputs = speeds;

    line("outlook of 100,000 plans, rolling back", 50, plans, true);
    line("outlook of 100,000 plans, carrying on", 50, plans, false);
    line("curve of checkpoint intervals", 500, curve);
    line("10,000 weeks of 32 machines, band over 20 %", 20, futures, by_band);
    line("10,000 weeks of 32 machines, mean lifetime", 20, futures, by_rate);
    line("10,000 weeks of 32 machines, lifetimes", 20, futures, by_table);
    line("10,000 weeks, lifetimes, carrying on", 20, futures, carrying_on);
    line("cheaper in so many of 100 futures", 100, compare);
    return bench::run_benchmarks(argc, argv);
}
