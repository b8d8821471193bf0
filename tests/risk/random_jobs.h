// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs of every size and risk, the same for the same seed everywhere.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "risk/job_run.h"
#include "risk/random.h"

namespace deepvm::tests {

class RandomJobs {
  public:
    explicit RandomJobs(std::uint64_t seed) : random_(seed) {}

    double real(double least, double most) { return least + random_.uniform() * (most - least); }
    double magnitude(double least, double most) { return std::exp(real(std::log(least), std::log(most))); }
    bool chance(double probability) { return random_.uniform() < probability; }

    /// Synchronous: 15 minutes to a fortnight, hit 0.01 to 30 times on average while it computes, not
    /// much oftener than it restarts.
    risk::JobRun rolling_back() {
        risk::JobRun run;
        run.useful_seconds = magnitude(900, 1.2e6);
        run.revocations_per_hour = magnitude(0.01, 30) * 3600 / run.useful_seconds;
        run.checkpoint_seconds = chance(0.1) ? 0 : magnitude(0.5, 300);
        const double calm_seconds = 1800 / run.revocations_per_hour;  // half the time between revocations
        run.shortest_interval_seconds = std::min(chance(0.5) ? 0 : magnitude(1, 2000), calm_seconds);
        run.restart_seconds = std::min(chance(0.1) ? 0 : magnitude(5, 900), calm_seconds);
        run.start_seconds = run.restart_seconds;
        return run;
    }

    /// Asynchronous: 1 to 64 machines, whose throughput saturates or does not; each is taken within 8 hours
    /// to a month. The throughputs belong to this object and live until the next job.
    risk::JobRun carrying_on() {
        risk::JobRun run;
        const auto machines = static_cast<int>(magnitude(1, 65));
        run.useful_seconds = magnitude(3600, 3.6e5);
        run.revocations_per_hour = machines / magnitude(8, 700);
        run.restart_seconds = magnitude(20, 900);
        const double saturation = chance(0.3) ? 0 : magnitude(0.01, 1);
        throughputs_.clear();
        for (int i = 1; i <= machines; ++i)
            throughputs_.push_back(5.0 * i / (1 + saturation * (i - 1)));
        run.throughputs = throughputs_;
        run.start_seconds = run.restart_seconds;
        return run;
    }

  private:
    risk::Random random_;
    std::vector<double> throughputs_;
};

}  // namespace deepvm::tests
