// SPDX-License-Identifier: GPL-3.0-or-later
// Names that a person typed, checked against the names that exist.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace deepvm::base {

/// The known name with the smallest edit distance to `name`; empty when nothing is known.
std::string nearest(std::string_view name, std::span<const std::string> known);

/// The error for a name that is not among `known`: says the nearest one, and all of them when they are few.
Error unknown_name(std::string_view what, std::string_view name, std::span<const std::string> known);

}  // namespace deepvm::base
