// SPDX-License-Identifier: GPL-3.0-or-later
// Epoch times that a person measured, and the scaling law that fits them.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/scaling.h"

namespace deepvm::model {

inline constexpr int most_measured_nodes = 1024;

/// One training epoch on `nodes` nodes of a type.
struct EpochTime {
    std::string instance_type;
    int nodes = 1;             ///< 1..most_measured_nodes
    double epoch_seconds = 0;  ///< above 0

    bool operator==(const EpochTime&) const = default;
};

/// Rows of a CSV file with the columns instance_type, nodes and epoch_seconds, in the order of the file; one
/// node count may be measured several times. Refuses a file without rows, and the first bad row by its line.
base::Result<std::vector<EpochTime>> read_epoch_times(const std::filesystem::path& file);

/// Of one node by the law that its epoch times are fitted with.
double samples_per_second(const WorkloadProfile& workload, const MeasuredScaling& law);

/// A measured point beside what the law says of it.
struct FittedPoint {
    int nodes = 1;
    double measured_seconds = 0;
    double fitted_seconds = 0;
    double residual_percent = 0;  ///< of the measured time; positive where the law is slower

    bool operator==(const FittedPoint&) const = default;
};

struct ScalingFit {
    std::string instance_type;
    MeasuredScaling law;
    std::vector<FittedPoint> points;  ///< by nodes
    double mean_error_percent = 0;    ///< mean of |residual| over the points

    bool operator==(const ScalingFit&) const = default;
};

/// The law of `times`, all of one type: T(1) is the mean of its times on one node; the two terms of
/// communication, neither below 0, minimise the squares of the relative errors, because a second of a short
/// epoch on many nodes matters as much as ten of a long one on few. Refused, saying what to measure: no time
/// on one node (the law is relative to it), or fewer than two other node counts.
base::Result<ScalingFit> fit_scaling(const std::string& instance_type, std::span<const EpochTime> times);

/// The law of every type among `times`, in the order of the names.
struct ScalingFits {
    std::vector<ScalingFit> fits;
    std::vector<base::Error> refused;  ///< why a type has none, the type is named
};
ScalingFits fit_by_type(std::span<const EpochTime> times);

}  // namespace deepvm::model
