// SPDX-License-Identifier: GPL-3.0-or-later
// What the planner takes between a move of the slider and its answer.
#include <chrono>
#include <cmath>
#include <future>
#include <random>
#include <thread>

#include "bench/latency.h"
#include "bench/table.h"
#include "catalog/catalog.h"
#include "planner/planner.h"
#include "planner/sensitivity.h"

namespace {

using namespace deepvm;
using base::Money;

std::shared_ptr<const planner::Problem> problem(const char* market, const char* region,
                                                planner::Objective objective) {
    static const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    auto loaded = catalog.load({market, region}).value();
    planner::Request request;
    request.preset = planner::default_preset(loaded->kind);
    request.architectures = planner::default_architectures(request.preset);
    request.objective = objective;
    return planner::make_problem(loaded, request).value();
}

// Budgets as the slider has them: evenly spread over its logarithmic range.
Money slider_budget(std::mt19937& random) {
    std::uniform_real_distribution<double> position(std::log(0.05), std::log(500));
    return Money::from_usd(std::exp(position(random)));
}

void decide_anywhere(benchmark::State& state, const char* market, const char* region,
                     planner::Objective objective, double goal_ms) {
    const auto prepared = problem(market, region, objective);
    std::mt19937 random(1);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state) {
        const Money budget = slider_budget(random);
        latency.measure([&] { benchmark::DoNotOptimize(planner::decide(*prepared, budget)); });
    }
}

void decide_at(benchmark::State& state, double usd, double goal_ms) {
    const auto prepared = problem("deepvm-paper", "", planner::Objective::deepvm);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state)
        latency.measure([&] { benchmark::DoNotOptimize(planner::decide(*prepared, Money::from_usd(usd))); });
}

void prepare(benchmark::State& state, const char* market, const char* region, double goal_ms) {
    bench::Latency latency(state, goal_ms);
    for (auto _ : state)
        latency.measure(
            [&] { benchmark::DoNotOptimize(problem(market, region, planner::Objective::deepvm)); });
}

void frontier(benchmark::State& state, const char* market, const char* region, double goal_ms) {
    const auto prepared = problem(market, region, planner::Objective::deepvm);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state)
        latency.measure(
            [&] { benchmark::DoNotOptimize(planner::frontier(*prepared, Money{}, Money::from_usd(500))); });
}

void what_if(benchmark::State& state, const char* market, const char* region, double goal_ms) {
    const auto prepared = problem(market, region, planner::Objective::deepvm);
    std::mt19937 random(1);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state) {
        const auto decision = planner::decide(*prepared, slider_budget(random)).value();
        latency.measure([&] { benchmark::DoNotOptimize(planner::sensitivity(*prepared, decision, 10)); });
    }
}

void stop_a_frontier(benchmark::State& state) {
    const auto prepared = problem("gcp", "any", planner::Objective::throughput);
    bench::Latency latency(state, 20);
    for (auto _ : state) {
        std::stop_source stop;
        std::promise<void> ended;
        std::jthread work([&] {
            benchmark::DoNotOptimize(
                planner::frontier(*prepared, Money{}, Money::from_usd(500), stop.get_token()));
            ended.set_value();
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        latency.measure([&] {
            stop.request_stop();
            ended.get_future().wait();
        });
    }
}

constexpr auto deepvm_objective = planner::Objective::deepvm;
constexpr auto throughput = planner::Objective::throughput;

template <typename... Arguments>
void line(const char* work, int runs, Arguments&&... arguments) {
    benchmark::RegisterBenchmark(work, std::forward<Arguments>(arguments)...)
        ->UseManualTime()
        ->Iterations(runs);
}

void register_all() {
    line("decision, aws us-east-1", 1000, decide_anywhere, "aws", "us-east-1", deepvm_objective, 5);
    line("decision, aws us-east-1, throughput", 1000, decide_anywhere, "aws", "us-east-1", throughput, 5);
    line("decision, gcp any region", 1000, decide_anywhere, "gcp", "any", deepvm_objective, 16);
    line("decision, gcp any region, throughput", 1000, decide_anywhere, "gcp", "any", throughput, 16);
    line("decision, any provider", 500, decide_anywhere, "any", "any", deepvm_objective, 16);
    line("decision, published, budget 3", 5000, decide_at, 3, 0.2);
    line("decision, published, budget 10", 5000, decide_at, 10, 0.2);
    line("frontier to $500/h, aws us-east-1", 20, frontier, "aws", "us-east-1", 150);
    line("frontier to $500/h, azure eastus", 20, frontier, "azure", "eastus", 150);
    line("frontier to $500/h, gcp us-central1", 20, frontier, "gcp", "us-central1", 150);
    line("frontier to $500/h, published", 20, frontier, "deepvm-paper", "", 150);
    line("load and prepare, aws us-east-1", 50, prepare, "aws", "us-east-1", 50);
    line("load and prepare, gcp any region", 50, prepare, "gcp", "any", 50);
    line("what if, aws us-east-1", 50, what_if, "aws", "us-east-1", 200);
    line("what if, gcp any region", 20, what_if, "gcp", "any", 200);
    line("what if, any provider", 10, what_if, "any", "any", 200);
    line("stop of a running frontier", 100, stop_a_frontier);
}

}  // namespace

int main(int argc, char** argv) {
    register_all();
    return bench::run_benchmarks(argc, argv);
}
