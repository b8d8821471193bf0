// SPDX-License-Identifier: GPL-3.0-or-later
// How many workers one remote node can serve before its network is full (DeepVM, CCGrid 2024).
#pragma once

#include <span>
#include <vector>

namespace deepvm::model {

struct SaturationPoint {
    double network_gbps = 0;
    double workers_per_remote = 0;

    bool operator==(const SaturationPoint&) const = default;
};

/// The published points, extended: linear in log(bandwidth) between them, the first point's value below it,
/// six more workers per doubling beyond the last. A published bandwidth gives exactly its published value.
class NetworkSaturation {
  public:
    NetworkSaturation() = default;
    /// `points` in ascending order of a positive bandwidth, at least one.
    explicit NetworkSaturation(std::vector<SaturationPoint> points) : points_(std::move(points)) {}

    /// Workers that saturate one remote node at `network_gbps` (the slower of the two ends); a tiering
    /// cluster stays strictly below. At least one point must be known.
    double workers_per_remote(double network_gbps) const;

    std::span<const SaturationPoint> points() const { return points_; }

    bool operator==(const NetworkSaturation&) const = default;

  private:
    std::vector<SaturationPoint> points_;
};

}  // namespace deepvm::model
