// SPDX-License-Identifier: GPL-3.0-or-later
// The names that lessons have for what the planner knows of a world.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "lessons/value.h"

namespace deepvm::lessons {

class World;

using Arguments = std::span<const Value>;

/// What a function takes.
enum class Argument : std::uint8_t {
    number,
    type,          ///< the name of a machine type
    architecture,  ///< "tiering", as the command line names it
    figure,        ///< of a plan: "price"
    limit,         ///< "budget", "spot-quota"
    purchase,      ///< "spot" or "on-demand"
    replay,        ///< a published figure: "figure-5", "transient-speed"
    rules,         ///< "published" or "corrected"
    level,         ///< where checkpoints survive: "host", "remote" or "storage"
};
Kind kind_of(Argument argument);
/// The texts that it can be; empty where any text will do, and for a number.
std::vector<std::string> texts_of(Argument argument);

/// A name that stands for a number, a text or a truth; with arguments a function. Arguments that are not
/// known never reach `ask`: then the quantity is not known.
struct Quantity {
    std::string_view name;
    std::vector<Argument> arguments;
    Kind kind = Kind::number;
    Unit unit = Unit::none;    ///< as it mostly is; of an objective as the world has it
    std::string_view meaning;  ///< for who writes lessons
    base::Result<Value> (*ask)(const World& world, Arguments arguments) = nullptr;
};

/// All, in the order in which a guide lists them.
std::span<const Quantity> quantities();

/// Null where there is none by that name.
const Quantity* find_quantity(std::string_view name);

/// A list for a terminal: name, unit, meaning.
std::string quantity_help();

}  // namespace deepvm::lessons
