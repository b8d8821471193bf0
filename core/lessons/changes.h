// SPDX-License-Identifier: GPL-3.0-or-later
// In which settings two explorations differ, for a goal that only some of them may reach.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "session/exploration.h"

namespace deepvm::lessons {

/// Names of settings as a lesson has them.
using SettingNames = std::set<std::string, std::less<>>;

/// The names that a lesson may allow: those that it can set, "quotas", "checkpoints" and "assumptions" for
/// what only a person changes, and "any".
base::Result<void> check_allowed(std::string_view name);

/// What a person would call the settings that differ and are not in `allowed`: {"the epochs", "the risk"}.
/// What no plan depends on never differs.
std::vector<std::string> changed_beside(const session::Exploration& begin, const session::Exploration& now,
                                        const SettingNames& allowed);

}  // namespace deepvm::lessons
