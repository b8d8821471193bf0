// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson sets in the exploration: values by the names that the command line has for them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "lessons/expression.h"
#include "session/exploration.h"

namespace deepvm::lessons {

/// One thing that can be set.
struct Setting {
    std::string_view name;
    Kind kind = Kind::number;
    Unit unit = Unit::none;
    std::string_view meaning;
    /// Refuses what is out of range, and never half of a value.
    base::Result<void> (*set)(session::Exploration& exploration, const Value& value) = nullptr;
};

/// In the order in which they are set, whatever order a lesson has them in: another market first.
std::span<const Setting> settings();
/// Refuses a name that there is not with the nearest one.
base::Result<const Setting*> setting_named(std::string_view name);

struct Assignment {
    const Setting* setting = nullptr;
    Expression value;

    bool operator==(const Assignment&) const = default;
};
using Assignments = std::vector<Assignment>;

/// The exploration with all of them. They see the world as it is before the first; one that is not known is
/// refused.
base::Result<session::Exploration> assigned(const World& world, const Kept& kept, const Assignments& all);
/// The same without a world, for values that need none: numbers and texts as they are.
base::Result<session::Exploration> assigned(session::Exploration exploration, const Assignments& all);

/// A list for a terminal: name, unit, meaning.
std::string setting_help();

}  // namespace deepvm::lessons
