// SPDX-License-Identifier: GPL-3.0-or-later
// Futures of a job drawn one by one, event by event, with the random numbers of the standard library: what
// the words on risk::JobRun say and nothing else.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "judge/run.h"

namespace deepvm::tests::judge {

class Futures {
  public:
    Futures(const Run& run, double checkpoints, const Doubt& doubt, std::uint64_t seed);

    /// Hours until the job of one more future is done, its errors drawn anew; infinite beyond `give_up`.
    double next(double give_up);

  private:
    double rolling_back(double useful, double rate, double give_up);
    double carrying_on(double useful, double rate, double give_up);
    double error(double deviation);

    Run run_;
    double checkpoints_;
    Doubt doubt_;
    std::mt19937_64 random_;
    std::exponential_distribution<double> until_;
    std::normal_distribution<double> normal_;
    std::vector<double> back_at_;  // the machines that are away, who comes back first in front
};

/// Hours of so many futures, rising.
std::vector<double> sorted_hours(const Run& run, double checkpoints, const Doubt& doubt, int futures,
                                 std::uint64_t seed);

/// The share of them, 0..1, that are not above `hours`.
double share_within(const std::vector<double>& sorted, double hours);

}  // namespace deepvm::tests::judge
