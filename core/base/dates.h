// SPDX-License-Identifier: GPL-3.0-or-later
// Dates as the data has them: "2026-07-20".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace deepvm::base {

/// Nothing for any other text, and for a day that no calendar has.
std::optional<std::chrono::sys_days> parse_iso_date(std::string_view text);

/// "2026-11-21T10:00:00Z"
std::string iso_utc(std::chrono::sys_seconds time);

}  // namespace deepvm::base
