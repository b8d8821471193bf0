// SPDX-License-Identifier: GPL-3.0-or-later
// How long a checkpoint is on its way from the workers to the remote nodes that keep it.
#pragma once

#include <span>

#include "base/error.h"

namespace deepvm::risk {

/// What the incast of too many workers on one remote node costs. Up to n_sat workers share its line without
/// loss. The segments of each further one overflow the buffer in front of it and are sent again after a
/// timeout: every worker beyond n_sat adds the same to the time, which becomes 1 + incast * (workers per
/// remote / n_sat - 1) times that without loss. This is the factor fitted to 29 workers sending to 2 and to 3
/// remotes with n_sat = 12 (DeepVM, CCGrid 2024, deepvm_transmission_runs.csv).
inline constexpr double measured_incast = 1.5165;

/// Seconds until a checkpoint that `workers` nodes hold in equal shares lies on `remotes` nodes: the share of
/// the busiest line over its usable rate (70 % of `gbps`, as for gradients), times the slowdown by incast.
/// Fewer workers than remotes fill only as many lines as there are workers. Nodes from 1; bytes not negative;
/// `gbps`, of the slower end, and `n_sat` (model::NetworkSaturation) above 0.
double transfer_seconds(double checkpoint_bytes, int workers, int remotes, double gbps, double n_sat);

/// A measured transmission of one checkpoint to `remotes` nodes.
struct TransmissionTime {
    int remotes = 1;
    double seconds = 0;  ///< above 0

    bool operator==(const TransmissionTime&) const = default;
};

/// The two figures that one checkpoint and one kind of line come down to.
struct TransmissionLaw {
    double one_line_seconds = 0;  ///< the whole checkpoint over one line without loss, above 0
    double incast = 0;            ///< not negative

    bool operator==(const TransmissionLaw&) const = default;
};

double transmission_seconds(const TransmissionLaw& law, int workers, int remotes, double n_sat);

/// Least squares of the relative errors. Refused: no time, or a number that is none. Times that share one
/// surplus over n_sat, or that grow with it as no line does, cannot tell the incast from the line: it is
/// measured_incast then.
base::Result<TransmissionLaw> fit_transmission(std::span<const TransmissionTime> times, int workers,
                                               double n_sat);

}  // namespace deepvm::risk
