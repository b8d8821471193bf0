// SPDX-License-Identifier: GPL-3.0-or-later
// An expression as it was read. Private to this folder.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lessons/expression.h"
#include "lessons/value.h"

namespace deepvm::lessons {

struct Quantity;

enum class Operation : std::uint8_t {
    constant,
    kept,
    quantity,
    add,
    subtract,
    multiply,
    divide,
    below,
    at_most,
    above,
    at_least,
    equal,
    unequal,
    both,
    either,
    negation,
    known,
    choice,
    at_budget,
    least,
    most,
    absolute,
    rounded,
    rounded_down,
    percent,
    near,
};

struct Expression::Node {
    Operation operation = Operation::constant;
    Kind kind = Kind::number;
    std::size_t at = 0;  ///< where in the text
    Value constant = {};
    std::string name = {};               ///< of a kept value
    const Quantity* quantity = nullptr;  ///< lives as long as the program
    std::vector<std::shared_ptr<const Node>> parts = {};
};

/// How operations are written.
struct Sign {
    std::string_view text;
    Operation operation;
};
// Longer signs before those that they begin with.
inline constexpr std::array<Sign, 7> comparisons{{{"<=", Operation::at_most},
                                                  {">=", Operation::at_least},
                                                  {"==", Operation::equal},
                                                  {"!=", Operation::unequal},
                                                  {"=", Operation::equal},
                                                  {"<", Operation::below},
                                                  {">", Operation::above}}};
inline constexpr std::array<Sign, 2> sums{{{"+", Operation::add}, {"-", Operation::subtract}}};
inline constexpr std::array<Sign, 2> products{{{"*", Operation::multiply}, {"/", Operation::divide}}};

/// What is computed of values alone, or is not evaluated before it is called.
struct Function {
    std::string_view name;
    std::size_t arguments;
    Operation operation;
    std::string_view meaning;
};
std::span<const Function> functions();
/// Null where there is none by that name.
const Function* find_function(std::string_view name);

}  // namespace deepvm::lessons
