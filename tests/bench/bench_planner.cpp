// SPDX-License-Identifier: GPL-3.0-or-later
// What the planner takes between a move of the slider and its answer.
#include <cmath>
#include <random>

#include "bench/latency.h"
#include "catalog/catalog.h"
#include "planner/planner.h"

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

constexpr auto deepvm_objective = planner::Objective::deepvm;
constexpr auto throughput = planner::Objective::throughput;

BENCHMARK_CAPTURE(decide_anywhere, aws_us_east_1, "aws", "us-east-1", deepvm_objective, 5)->UseManualTime();
BENCHMARK_CAPTURE(decide_anywhere, aws_us_east_1_throughput, "aws", "us-east-1", throughput, 5)
    ->UseManualTime();
BENCHMARK_CAPTURE(decide_anywhere, gcp_any_region, "gcp", "any", deepvm_objective, 16)->UseManualTime();
BENCHMARK_CAPTURE(decide_anywhere, gcp_any_region_throughput, "gcp", "any", throughput, 16)->UseManualTime();
BENCHMARK_CAPTURE(decide_at, published_budget_3, 3, 0.2)->UseManualTime();
BENCHMARK_CAPTURE(decide_at, published_budget_10, 10, 0.2)->UseManualTime();
BENCHMARK_CAPTURE(frontier, aws_us_east_1, "aws", "us-east-1", 150)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frontier, published, "deepvm-paper", "", 150)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(prepare, aws_us_east_1, "aws", "us-east-1", 50)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(prepare, gcp_any_region, "gcp", "any", 50)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
