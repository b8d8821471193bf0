// SPDX-License-Identifier: GPL-3.0-or-later
// One condition of a filter, read and made ready to be asked of many offers. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "offers/fields.h"

namespace deepvm::offers {

enum class Op : std::uint8_t {
    push_number,
    push_field,
    is_known,  ///< and not 0
    text_known,
    text_is,
    text_is_not,
    text_has,
    text_has_not,
    any_has,  ///< any of the texts
    flag,
    negate,
    multiply,
    divide,
    add,
    subtract,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    logical_not,
    logical_and,
    logical_or,
};

/// A step of a machine with a stack: numbers, NaN for what is not known, and 1 or 0 for conditions.
struct Step {
    Op op = Op::push_number;
    Field field = Field::type;
    Flag flag = Flag::x86;
    double number = 0;
    std::string text;  ///< in small letters
};

struct Expression {
    std::vector<Step> steps;
    std::vector<std::size_t> splits;  ///< bytes at which an "&" joins conditions of the whole text
};

/// As deep as the stack is at most.
inline constexpr std::size_t deepest = 64;
/// As long as a text may be, in bytes.
inline constexpr std::size_t longest = 4000;

/// Reads without recursion, so that no text, however nested, takes more than `deepest`.
base::Result<Expression> read_expression(std::string_view text);

}  // namespace deepvm::offers
