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
#include "explain/sensitivity.h"
#include "planner/planner.h"

namespace {

using namespace deepvm;
using base::Money;
using problem::Architecture;

std::shared_ptr<const problem::Problem> problem(const char* market, const char* region,
                                                problem::Objective objective, bool six = false) {
    static const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    auto loaded = catalog.load({market, region}).value();
    problem::Request request;
    request.preset = problem::default_preset(loaded->kind);
    request.architectures = {Architecture::single_anchor, Architecture::tiering, Architecture::on_demand};
    if (six || problem::is_of_job(objective))
        request.architectures = {problem::all_architectures.begin(), problem::all_architectures.end()};
    request.objective = objective;
    return problem::make_problem(loaded, request).value();
}

// Budgets as the slider has them: evenly spread over its logarithmic range.
Money slider_budget(std::mt19937& random) {
    std::uniform_real_distribution<double> position(std::log(0.05), std::log(500));
    return Money::from_usd(std::exp(position(random)));
}

void decide_anywhere(benchmark::State& state, const char* market, const char* region,
                     problem::Objective objective, double goal_ms, bool six) {
    const auto prepared = problem(market, region, objective, six);
    std::mt19937 random(1);
    bench::Latency latency(state, goal_ms);
    double programs = 0;
    planner::KeptPrograms kept;
    for (auto _ : state) {
        const Money budget = slider_budget(random);
        latency.measure([&] { programs += planner::decide(*prepared, budget, kept)->proof.programs; });
    }
    state.counters["programs"] = programs / static_cast<double>(state.iterations());
}

// A hand that drags from one end of the slider to the other, a pixel at a time.
void drag(benchmark::State& state, const char* market, const char* region, problem::Objective objective,
          double goal_ms) {
    const auto prepared = problem(market, region, objective, true);
    constexpr double pixels = 600;
    double at = 0;
    bench::Latency latency(state, goal_ms);
    double programs = 0;
    planner::KeptPrograms kept;
    for (auto _ : state) {
        const Money budget = Money::from_usd(0.05 * std::exp(std::log(500 / 0.05) * at / pixels));
        at = std::fmod(at + 1, pixels);
        latency.measure([&] { programs += planner::decide(*prepared, budget, kept)->proof.programs; });
    }
    state.counters["programs"] = programs / static_cast<double>(state.iterations());
}

void decide_at(benchmark::State& state, double usd, double goal_ms) {
    const auto prepared = problem("deepvm-paper", "", problem::Objective::deepvm);
    bench::Latency latency(state, goal_ms);
    planner::KeptPrograms kept;
    for (auto _ : state)
        latency.measure(
            [&] { benchmark::DoNotOptimize(planner::decide(*prepared, Money::from_usd(usd), kept)); });
}

void prepare(benchmark::State& state, const char* market, const char* region, double goal_ms) {
    bench::Latency latency(state, goal_ms);
    for (auto _ : state)
        latency.measure(
            [&] { benchmark::DoNotOptimize(problem(market, region, problem::Objective::deepvm)); });
}

// Without the time to load; as when a control other than the budget is moved.
void prepare_six(benchmark::State& state, const char* market, const char* region,
                 problem::Objective objective, double goal_ms) {
    const auto loaded = problem(market, region, objective, true);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state)
        latency.measure(
            [&] { benchmark::DoNotOptimize(problem::make_problem(loaded->market, loaded->request)); });
}

void frontier(benchmark::State& state, const char* market, const char* region, double goal_ms) {
    const auto prepared = problem(market, region, problem::Objective::deepvm);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state)
        latency.measure(
            [&] { benchmark::DoNotOptimize(planner::frontier(*prepared, Money{}, Money::from_usd(500))); });
}

void what_if(benchmark::State& state, const char* market, const char* region, double goal_ms) {
    const auto prepared = problem(market, region, problem::Objective::deepvm);
    std::mt19937 random(1);
    bench::Latency latency(state, goal_ms);
    for (auto _ : state) {
        const auto decision = planner::decide(*prepared, slider_budget(random)).value();
        latency.measure([&] { benchmark::DoNotOptimize(explain::sensitivity(*prepared, decision, 10)); });
    }
}

void stop_a_frontier(benchmark::State& state) {
    const auto prepared = problem("gcp", "any", problem::Objective::throughput);
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

constexpr auto deepvm_objective = problem::Objective::deepvm;
constexpr auto throughput = problem::Objective::throughput;
constexpr auto job_cost = problem::Objective::job_cost;
constexpr auto job_time = problem::Objective::job_time;
constexpr bool six = true;

template <typename... Arguments>
void line(const char* work, int runs, Arguments&&... arguments) {
    benchmark::RegisterBenchmark(work, std::forward<Arguments>(arguments)...)
        ->UseManualTime()
        ->Iterations(runs);
}

void register_all() {
    line("decision, aws us-east-1", 1000, decide_anywhere, "aws", "us-east-1", deepvm_objective, 12, false);
    line("decision, aws us-east-1, throughput", 1000, decide_anywhere, "aws", "us-east-1", throughput, 12,
         false);
    line("decision, gcp any region", 1000, decide_anywhere, "gcp", "any", deepvm_objective, 16, false);
    line("decision, gcp any region, throughput", 1000, decide_anywhere, "gcp", "any", throughput, 16, false);
    line("decision, any provider", 500, decide_anywhere, "any", "any", deepvm_objective, 16, false);
    line("decision, published, budget 3", 5000, decide_at, 3, 5);
    line("decision, published, budget 10", 5000, decide_at, 10, 5);
    line("six: decision, aws us-east-1", 300, decide_anywhere, "aws", "us-east-1", deepvm_objective, 12, six);
    line("six: decision, aws us-east-1, throughput", 300, decide_anywhere, "aws", "us-east-1", throughput, 12,
         six);
    line("six: decision, aws us-east-1, job cost", 300, decide_anywhere, "aws", "us-east-1", job_cost, 12,
         six);
    line("six: decision, aws us-east-1, job time", 300, decide_anywhere, "aws", "us-east-1", job_time, 12,
         six);
    line("six: decision, aws any region", 100, decide_anywhere, "aws", "any", throughput, 16, six);
    line("six: decision, aws any region, job cost", 100, decide_anywhere, "aws", "any", job_cost, 16, six);
    line("six: decision, any provider", 100, decide_anywhere, "any", "any", throughput, 16, six);
    line("six: drag, aws us-east-1", 600, drag, "aws", "us-east-1", throughput, 16.7);
    line("six: drag, any provider", 600, drag, "any", "any", throughput, 16.7);
    line("six: prepare, aws us-east-1", 10, prepare_six, "aws", "us-east-1", deepvm_objective, 100);
    line("six: prepare, aws us-east-1, job cost", 10, prepare_six, "aws", "us-east-1", job_cost, 100);
    line("six: prepare, aws any region", 5, prepare_six, "aws", "any", deepvm_objective, 500);
    line("six: prepare, aws any region, job cost", 5, prepare_six, "aws", "any", job_cost, 500);
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
