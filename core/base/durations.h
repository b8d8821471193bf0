// SPDX-License-Identifier: GPL-3.0-or-later
// Durations as a person writes them.
#pragma once

#include <string_view>

#include "base/error.h"

namespace deepvm::base {

/// Hours, from "72", "72h", "90min", "1 minute", "3d" or "2d 12h", of any case, with separators between
/// thousands: without a unit the number is of hours. Refused with `what` in the message unless least <= hours
/// <= most.
Result<double> parse_hours(std::string_view text, std::string_view what, double least, double most);

}  // namespace deepvm::base
