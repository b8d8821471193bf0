// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers from text, without a locale and without guessing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

/// The number as the others take it, where a person has set commas, spaces, apostrophes or underscores
/// between its thousands ("150,000"); any other text as it is: another comma might be meant for a point.
std::string without_separators(std::string_view text);

/// As parse_number and parse_count, for what a person typed: with separators, too. The message has the text
/// as it was typed.
Result<double> parse_typed_number(std::string_view text, std::string_view what, double least, double most);
Result<std::int64_t> parse_typed_count(std::string_view text, std::string_view what, std::int64_t least,
                                       std::int64_t most);

}  // namespace deepvm::base
