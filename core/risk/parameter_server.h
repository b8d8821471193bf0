// SPDX-License-Identifier: GPL-3.0-or-later
// Asynchronous training with parameter servers as a closed queueing network (mean value analysis, Reiser and
// Lavenberg 1980; several servers after Seidmann).
#pragma once

#include <vector>

namespace deepvm::risk {

/// Steps per second with 1, 2 ... `workers` workers that compute for `compute_seconds` and then ask `servers`
/// parameter servers, which work for `service_seconds` on one step: a queue of service / servers and a delay
/// of service (servers - 1) / servers. Entry i is that of i + 1 workers.
std::vector<double> throughputs(int workers, int servers, double compute_seconds, double service_seconds);

}  // namespace deepvm::risk
