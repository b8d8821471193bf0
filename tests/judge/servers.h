// SPDX-License-Identifier: GPL-3.0-or-later
// Asynchronous workers and parameter servers by the product form of their closed network, where core/risk
// goes by mean values.
#pragma once

#include <vector>

namespace deepvm::tests::judge {

/// Steps a second of 1, 2 ... `workers` workers that compute for `compute_seconds` and then ask `servers`
/// servers, which work `service_seconds` on a step.
std::vector<double> steps_a_second(int workers, int servers, double compute_seconds, double service_seconds);

}  // namespace deepvm::tests::judge
