// SPDX-License-Identifier: GPL-3.0-or-later
// Estimated spot prices, shrunk before anything ranks them: who takes the cheapest of many estimates takes
// their errors.
//
// An estimate is the on-demand price less an average saving, which was seen over a month in a region. Beside
// observed prices such figures are off by 0.7 to 1.7, and the cheapest of 32 regions by them costs 1.3 to 1.5
// of what they promise. The logarithm of estimate / on-demand in a region is therefore drawn towards its mean
// over the regions of the type, and lifted by what observed prices are above it.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/csv_table.h"

namespace deepvm::model {

/// A row of spot_price_pairs.csv; dollars an hour.
struct SpotPair {
    std::string region;
    std::string instance_type;
    double on_demand = 0;
    double estimated = 0;
    double observed = 0;

    bool operator==(const SpotPair&) const = default;
};

inline constexpr std::array<std::string_view, 5> spot_pair_columns{
    "region", "instance_type", "on_demand_usd_per_hour", "advisor_usd_per_hour", "observed_usd_per_hour"};
base::Result<SpotPair> parse_spot_pair(const base::CsvRow& row);

struct SpotShrinkage {
    double own = 1;     ///< weight of a region's own logarithm, the rest is the mean's; not negative
    double lift = 0;    ///< added to the logarithm; not negative: an estimate is not made cheaper for all
    double spread = 0;  ///< standard deviation of log(observed / shrunk)

    bool operator==(const SpotShrinkage&) const = default;
};

/// As fitted on all rows of resources/validation/spot_price_pairs.csv.
inline constexpr SpotShrinkage measured_shrinkage{0.380, 0.100, 0.362};

/// Least squares over the logarithms of `pairs`, in any order; refused below three pairs.
base::Result<SpotShrinkage> fit_spot_shrinkage(std::span<const SpotPair> pairs);

/// Mean of log(estimated / on-demand) over the regions of a type: exp of it is its usual share. At least one.
class TypeShare {
  public:
    void add(double on_demand, double estimated);
    double mean_log() const { return sum_ / count_; }

  private:
    double sum_ = 0;
    int count_ = 0;
};

/// By what a shrunk price may be too high or too low in about four of five cases: divide and multiply.
double likely_factor(const SpotShrinkage& shrinkage);

struct SpotEstimate {
    double usd_per_hour = 0;
    double low = 0;  ///< what it is in about four of five cases
    double high = 0;

    bool operator==(const SpotEstimate&) const = default;
};

/// What to expect to pay where `estimated` stands; never above on-demand, for which nobody needs a spot
/// machine.
SpotEstimate shrunk_spot_price(const SpotShrinkage& shrinkage, double on_demand, double estimated,
                               double type_mean_log);

/// By type, where each is told by what was fitted to the others: how a type that nobody observed would be.
struct SpotPrediction {
    SpotPair pair;
    SpotEstimate estimate;
};
base::Result<std::vector<SpotPrediction>> leave_each_type_out(std::span<const SpotPair> pairs);

/// Observed over promised price in the region that estimates choose, for every type with at least `least`
/// pairs.
std::vector<double> observed_over_promised(std::span<const SpotPrediction> predictions, std::size_t least);

}  // namespace deepvm::model
