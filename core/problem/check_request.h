// SPDX-License-Identifier: GPL-3.0-or-later
// What a request may ask of a market. Internal to the planner.
#pragma once

#include "base/error.h"
#include "problem/request.h"

namespace deepvm::problem {

/// Refuses unknown workloads and quota classes, numbers out of range, an empty choice of architectures,
/// measured times faster than the machines, and the published preset on anything but a published data set.
tl::expected<void, base::Error> check_request(const model::Market& market, const Request& request);

}  // namespace deepvm::problem
