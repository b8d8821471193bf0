// SPDX-License-Identifier: GPL-3.0-or-later
// Says which options change nothing in an answer: whatever a person hands over has an effect, or is said to
// have none.
#pragma once

#include <string_view>

#include "explain/idle_settings.h"
#include "problem/problem.h"

namespace deepvm::cli {

/// A line on standard error for each of them; nothing where every option has an effect.
void warn_idle(const problem::Problem& problem, const explain::SameAnswer& same);

/// The same for one option, `counts` as IdleSetting has it.
void warn_idle_option(std::string_view option, std::string_view counts);

}  // namespace deepvm::cli
