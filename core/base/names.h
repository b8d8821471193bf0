// SPDX-License-Identifier: GPL-3.0-or-later
// Names that a person typed, checked against the names that exist.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace deepvm::base {

/// ASCII letters small; the others stay.
std::string lower_case(std::string_view text);

/// The known name that `name` most likely means, of any case: the shortest that begins with it, else that has
/// it inside, from three letters on; else the one with the smallest edit distance. Empty when nothing is
/// known.
std::string nearest(std::string_view name, std::span<const std::string> known);

/// The error for a name that is not among `known`: says the nearest one, and all of them when they are few.
Error unknown_name(std::string_view what, std::string_view name, std::span<const std::string> known);

}  // namespace deepvm::base
