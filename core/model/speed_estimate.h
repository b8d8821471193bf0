// SPDX-License-Identifier: GPL-3.0-or-later
// The speed of an accelerator for a workload that nobody measured there, from the pairs that were measured.
//
// Utilisation u = samples/s x FLOP per sample / (accelerators x peak). log u is the sum of a mean and of
// effects that are each drawn towards 0 (least squares with a ridge on each, which is the best linear
// prediction for effects of these variances):
//  * memory traffic: the logarithm of peak x bytes per number / memory bandwidth, the same slope for all, and
//    one more for convolutions, which reuse what they load least (a roofline in logarithms: ResNet-50 keeps 7
//    % of a T4's tensor peak and 24 % of a V100's);
//  * the kind of the workload;
//  * the accelerator, alike for accelerators of like peaks, bandwidth and year;
//  * the workload, alike for workloads of one kind of like FLOP and parameters;
//  * the workload in this precision.
// Precision itself is in peak and traffic. Rows that fit nothing else (a mixture of experts at 4 %) are
// weighed down as Student's t distribution has it. Variances and lengths were chosen by cross-validation on
// the rows to fit on, a quarter of the pairs held out.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/throughput.h"

namespace deepvm::model {

/// Samples a second of one accelerator, or of one machine; what is said is right in about four of five cases.
struct SpeedRange {
    double samples_per_second = 0;
    double low = 0;
    double high = 0;

    bool operator==(const SpeedRange&) const = default;
};

/// What a fit is made of: one pair of accelerator and load in one precision. Internal to the estimate.
struct SpeedCell {
    std::array<double, 4> device{};  ///< logarithms of peaks and bandwidth, year; scaled
    bool device_known = false;
    double traffic = 0;  ///< logarithm of bytes moved a FLOP against what the memory gives, centred
    std::optional<WorkloadKind> kind;
    std::string workload;
    std::array<double, 2> load{};  ///< logarithms of FLOP and parameters
    Precision precision = Precision::fp32;

    bool operator==(const SpeedCell&) const = default;
};

class SpeedEstimate {
  public:
    /// Fitted on the fit rows among `rows`, the median of each pair; all others are not looked at, and nor is
    /// the order. Rows of an accelerator that is not among `accelerators` (by name), without precision,
    /// parameters or FLOP are left out. Without any row it is what is known of speeds in general: about 27 %
    /// of the peak, with a wide range.
    static SpeedEstimate fit(std::span<const DeviceThroughput> rows,
                             std::span<const Accelerator> accelerators);

    /// Of one accelerator for a load whose FLOP are known; not above the peak. The range is wider for an
    /// accelerator, workload or kind that no row is like. Takes some 20 microseconds: once an accelerator.
    SpeedRange samples_per_second(const Accelerator& accelerator, const TrainingLoad& load,
                                  Precision precision) const;

    std::size_t pairs() const { return cells_.size(); }

    bool operator==(const SpeedEstimate&) const = default;

  private:
    std::vector<SpeedCell> cells_;
    std::vector<double> weights_;  ///< one a cell: an estimate is the mean and the covariances times these
    std::vector<double> inverse_;  ///< of the cells' covariances, row by row
};

}  // namespace deepvm::model
