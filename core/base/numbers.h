// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers from text, without a locale and without guessing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"

namespace deepvm::base {

/// A finite decimal number ("3.34e9"), the whole text; nothing for anything else.
std::optional<double> parse_double(std::string_view text);

/// A whole number, the whole text; nothing for anything else or when it does not fit.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// As parse_double, refused with `what` in the message unless least <= number <= most.
Result<double> parse_number(std::string_view text, std::string_view what, double least, double most);

/// As parse_integer, refused with `what` in the message unless least <= number <= most.
Result<std::int64_t> parse_count(std::string_view text, std::string_view what, std::int64_t least,
                                 std::int64_t most);

}  // namespace deepvm::base
