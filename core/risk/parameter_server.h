// SPDX-License-Identifier: GPL-3.0-or-later
// Asynchronous training with parameter servers as a closed queueing network (mean value analysis, Reiser and
// Lavenberg 1980; several servers after Seidmann).
#pragma once

#include <span>
#include <vector>

#include "base/error.h"

namespace deepvm::risk {

/// Steps per second with 1, 2 ... `workers` workers that compute for `compute_seconds` and then ask `servers`
/// parameter servers, which work for `service_seconds` on one step: a queue of service / servers and a delay
/// of service (servers - 1) / servers. Entry i is that of i + 1 workers. Servers from 1; seconds not
/// negative, and infinitely many steps where both are 0. Of another unit of work, a whole job say, in place
/// of a step it is the rate of that. Ends before the first number of workers each of whom makes less than
/// `least` steps a second; every larger number would, too.
std::vector<double> throughputs(int workers, int servers, double compute_seconds, double service_seconds,
                                double least = 0);

/// Workers of one kind in a cluster of several.
struct WorkerGroup {
    int workers = 0;
    double compute_seconds = 0;

    bool operator==(const WorkerGroup&) const = default;
};

/// Steps per second of all groups together; the servers work as long on a step of any of them. Exact, in time
/// and memory of the product of all (workers + 1): refused above most_mixed_states.
inline constexpr std::size_t most_mixed_states = 1'000'000;
base::Result<double> mixed_throughput(std::span<const WorkerGroup> groups, int servers,
                                      double service_seconds);

/// How long a cluster of `workers` took for a job.
struct ClusterTime {
    int workers = 1;
    double seconds = 0;  ///< above 0

    bool operator==(const ClusterTime&) const = default;
};

/// One worker's time for the whole job, and what of it the servers spend: the unit of work is the job, so
/// 1 / throughputs(n, ...) is the time of n workers.
struct ServerLoad {
    double compute_seconds = 0;
    double service_seconds = 0;

    bool operator==(const ServerLoad&) const = default;
};

/// From the times of two cluster sizes with equally many servers. Two sizes determine the load, and the
/// result reproduces both times, if the speed-up between them lies between none at all (nothing but the
/// servers work) and a proportional one (the servers cost nothing). Beyond these it is the nearer of the
/// two, with the least squares of the relative errors. Refused: equal sizes, or a size, a time or a number
/// of servers that is none.
base::Result<ServerLoad> fit_server_load(int servers, const ClusterTime& one, const ClusterTime& other);

}  // namespace deepvm::risk
