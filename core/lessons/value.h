// SPDX-License-Identifier: GPL-3.0-or-later
// What an expression of a lesson comes to: a number with its unit, a text, a truth, or nothing where it is
// not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "words/figures.h"

namespace deepvm::lessons {

enum class Kind : std::uint8_t { number, text, truth };
/// "number", "text", "truth"
std::string_view name(Kind kind);

enum class Unit : std::uint8_t {
    none,
    usd_per_hour,
    usd,
    hours,
    minutes,
    seconds,
    percent,
    machines,
    times,
    flop_per_usd,
    tflops,
    gib,
    samples_per_second,
};
/// As a lesson names it behind a bar: "$/h", "machines"; empty for none.
std::string_view name(Unit unit);
/// Refuses a format that there is not. "number", "whole" and "text" are formats without a unit.
base::Result<Unit> parse_unit(std::string_view text);

struct Value {
    Kind kind = Kind::number;
    bool known = false;  ///< otherwise none of the members below means anything
    double number = 0;
    Unit unit = Unit::none;
    bool truth = false;
    std::string text;

    bool operator==(const Value&) const = default;
};

Value of_number(double number, Unit unit = Unit::none);
Value of_number(const std::optional<double>& number, Unit unit = Unit::none);
Value of_text(std::string_view text);
Value of_truth(bool truth);
Value nothing(Kind kind);

/// Whether it is known to be true.
bool holds(const Value& value);

/// As people read it: "$2.85/h", "17 machines"; a dash for nothing.
std::string shown(const Value& value, words::Style style);

}  // namespace deepvm::lessons
