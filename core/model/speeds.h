// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a machine trains a workload, and how that is known.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "model/speed_estimate.h"

namespace deepvm::model {

enum class SpeedBasis {
    yours,      ///< measured by the person who asks
    measured,   ///< the median of what sources say of this accelerator, workload and precision
    estimated,  ///< fitted to what was measured of others
    set,        ///< a utilisation by hand
};
/// "measured"
std::string_view speed_basis_name(SpeedBasis basis);

/// By what sources differ on the same accelerator, workload and precision: the standard deviation of the
/// logarithms of their medians around their mean, over all pairs of resources/catalog/device_throughput.csv
/// that several sources measured. So far may a measured speed be from what another person gets.
inline constexpr double spread_of_sources = 0.217;

/// Of one accelerator, over all sources.
struct MeasuredSpeed {
    SpeedRange range;  ///< the median over sources, of them the slowest and the fastest row
    int rows = 0;
    std::vector<std::string> sources;  ///< by name, each once
    std::string newest;                ///< date of the newest source; empty where none says it

    bool operator==(const MeasuredSpeed&) const = default;
};

/// Looks up what was measured: fit and test rows alike, never context.
class MeasuredSpeeds {
  public:
    MeasuredSpeeds() = default;
    explicit MeasuredSpeeds(std::span<const DeviceThroughput> rows);

    /// Nothing where nobody measured it; `precision` is what it runs in there (runs_as).
    const MeasuredSpeed* find(const std::string& accelerator, const std::string& workload,
                              Precision precision) const;

    bool operator==(const MeasuredSpeeds&) const = default;

  private:
    std::map<std::tuple<std::string, std::string, Precision>, MeasuredSpeed> speeds_;
};

/// All that is known of speeds: what was measured, and what that says of all others.
struct SpeedKnowledge {
    MeasuredSpeeds measured;
    SpeedEstimate estimate;

    bool operator==(const SpeedKnowledge&) const = default;
};
SpeedKnowledge speed_knowledge(std::span<const DeviceThroughput> rows,
                               std::span<const Accelerator> accelerators);

/// What a person adds to a question; both of one machine.
struct OwnSpeed {
    std::optional<double> samples_per_second;  ///< measured by them
    std::optional<double> utilisation;         ///< set by hand, 0..1, of the peak
};

struct Speed {
    SpeedRange range;  ///< of one machine; all three alike where it is yours or set
    SpeedBasis basis = SpeedBasis::estimated;
    Precision precision = Precision::fp32;    ///< what it runs in
    const MeasuredSpeed* measured = nullptr;  ///< with its sources, where it is; of the table it came from

    bool operator==(const Speed&) const = default;
};

/// The speed of a machine with `count` of the accelerator, from the first of: yours, set, measured,
/// estimated. A workload of precision fp32 runs in TF32 where there is any. Your own is refused above the
/// peak, or when it is no speed.
base::Result<Speed> speed_of(const Accelerator& accelerator, int count, const TrainingLoad& load,
                             Precision precision, const OwnSpeed& own, const MeasuredSpeeds& measured,
                             const SpeedEstimate& estimate);

/// Of a machine with `count` of the accelerator that `one` is the measured or estimated speed of.
Speed of_a_machine(const Speed& one, int count);

/// Refuses a speed that the machine cannot have: "4.8 times the peak of 4 x T4; is the workload right?".
base::Result<void> check_speed(double samples_per_second, const Accelerator& accelerator, int count,
                               double flop_per_sample, Precision precision);

}  // namespace deepvm::model
