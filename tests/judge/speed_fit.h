// SPDX-License-Identifier: GPL-3.0-or-later
// The estimate of speeds that nobody measured, fitted anew to the same rows: the effects of
// model/speed_estimate.h with its variances, solved by elimination without a library.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "model/speed_estimate.h"

namespace deepvm::tests::judge {

class SpeedFit {
  public:
    SpeedFit(std::span<const model::DeviceThroughput> rows, std::span<const model::Accelerator> accelerators);

    model::SpeedRange samples_per_second(const model::Accelerator& accelerator,
                                         const model::TrainingLoad& load, model::Precision precision) const;

  private:
    /// An accelerator with a load: all that effects depend on.
    struct Pair {
        std::string workload;
        std::optional<model::WorkloadKind> kind;
        model::Precision runs_in = model::Precision::fp32;
        std::array<double, 2> size{};     ///< logarithms of FLOP and parameters
        bool known = false;               ///< whether bandwidth and year are
        std::array<double, 4> machine{};  ///< logarithms of peaks and bandwidth, a third of the year
        double traffic = 0;               ///< logarithm of what is moved against what the memory gives
    };
    static Pair pair_of(const model::Accelerator& accelerator, const model::TrainingLoad& load,
                        model::Precision precision);
    static double shared(const Pair& a, const Pair& b);
    static double own(const Pair& a);
    void solve(const std::vector<double>& wanted);

    std::vector<Pair> pairs_;
    std::vector<double> weights_;
    std::vector<std::vector<double>> inverse_;
};

}  // namespace deepvm::tests::judge
