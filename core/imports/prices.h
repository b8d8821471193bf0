// SPDX-License-Identifier: GPL-3.0-or-later
// Amounts, counts and dates as the files of others write them. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/money.h"

namespace deepvm::imports {

/// A price above 0, exact to a micro-dollar: "0.5260000000", also "3.0599999999999996", which is how programs
/// write the double of 3.06. The message says why not.
base::Result<base::Money> price(std::string_view given);

/// Whether the text means that there is no price: "", "NaN", "N/A", "0", "0.00".
bool is_no_price(std::string_view given);

/// "4", "4.0", "192"; nothing below 1 or above `most`.
std::optional<int> whole(std::string_view text, int most);

/// The number at the beginning of "16 GiB", "1,952 GiB", "30.5"; above 0.
std::optional<double> leading_number(std::string_view text);

/// What a machine has by "25 Gigabit", "100 Gigabit", "4x 100 Gigabit", "3200 Gigabit"; nothing for "Up to 10
/// Gigabit", which is less most of the time, and "High".
std::optional<double> line_gbps(std::string_view given);

/// The day of "2026-11-27T08:15:00+00:00"; nothing for what is no date.
std::optional<std::string> day_of(std::string_view time);

/// Today by UTC.
std::string today();

/// Shown in a message: without what is not seen (base::printable), and not longer than a line.
std::string shown(std::string_view text);

}  // namespace deepvm::imports
