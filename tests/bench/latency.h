// SPDX-License-Identifier: GPL-3.0-or-later
// The wait of a person: median and 99th percentile of single runs, with the goal beside them.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace deepvm::bench {

class Latency {
  public:
    Latency(benchmark::State& state, double goal_ms) : state_(state), goal_ms_(goal_ms) {}

    /// Runs and times `work` once; for benchmarks with UseManualTime().
    template <typename Work>
    void measure(Work work) {
        const auto begun = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
        state_.SetIterationTime(taken.count());
        milliseconds_.push_back(taken.count() * 1000);
    }

    ~Latency() {
        if (milliseconds_.empty()) return;
        std::sort(milliseconds_.begin(), milliseconds_.end());
        const auto at = [&](double share) {
            return milliseconds_[static_cast<std::size_t>(share *
                                                          static_cast<double>(milliseconds_.size() - 1))];
        };
        state_.counters["median_ms"] = at(0.5);
        state_.counters["p99_ms"] = at(0.99);
        state_.counters["goal_ms"] = goal_ms_;
    }

    Latency(const Latency&) = delete;
    Latency& operator=(const Latency&) = delete;

  private:
    benchmark::State& state_;
    double goal_ms_;
    std::vector<double> milliseconds_;
};

}  // namespace deepvm::bench
