// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/value.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/name_table.h"

namespace deepvm::lessons {
namespace {

constexpr std::array<std::pair<Unit, std::string_view>, 15> units{{
    {Unit::none, "number"},
    {Unit::none, "whole"},
    {Unit::none, "text"},
    {Unit::usd_per_hour, "$/h"},
    {Unit::usd, "$"},
    {Unit::hours, "h"},
    {Unit::minutes, "min"},
    {Unit::seconds, "s"},
    {Unit::percent, "%"},
    {Unit::machines, "machines"},
    {Unit::times, "x"},
    {Unit::flop_per_usd, "FLOP/$"},
    {Unit::tflops, "TFLOP/s"},
    {Unit::gib, "GiB"},
    {Unit::samples_per_second, "samples/s"},
}};

std::string number_shown(double number, Unit unit, words::Style style) {
    switch (unit) {
        case Unit::none:
            break;
        case Unit::usd_per_hour:
            if (number < 0)
                return std::string(words::minus(style)) +
                       words::left_per_hour(base::Money::from_usd(std::abs(number)));
            return words::cost_per_hour(base::Money::from_usd(number));
        case Unit::usd:
            return words::dollars(number);
        case Unit::hours:
            return words::hours(number);
        case Unit::minutes:
            return words::seconds(number * 60);
        case Unit::seconds:
            return words::seconds(number);
        case Unit::percent:
            return words::percent(number, style);
        case Unit::machines:
            return std::abs(number - 1) < 1e-9 ? "1 machine" : words::rounded(number) + " machines";
        case Unit::times:
            return words::rounded(number) + " " + std::string(words::times(style));
        case Unit::flop_per_usd:
            return words::si(number, "FLOP/$", style);
        case Unit::tflops:
            return words::tflops(number, style);
        case Unit::gib:
            return words::rounded(number) + " GiB";
        case Unit::samples_per_second:
            return words::rounded(number) + " samples/s";
    }
    return words::rounded(number);
}

}  // namespace

std::string_view name(Kind kind) {
    static constexpr std::array names{"number", "text", "truth"};
    return names.at(static_cast<std::size_t>(kind));
}

std::string_view name(Unit unit) {
    return unit == Unit::none ? std::string_view{} : base::name_in(units, unit);
}

base::Result<Unit> parse_unit(std::string_view text) {
    return base::parse_in(units, "format", text);
}

Value of_number(double number, Unit unit) {
    Value value{.kind = Kind::number, .known = std::isfinite(number), .unit = unit, .text = {}};
    if (value.known) value.number = number;
    return value;
}

Value of_number(const std::optional<double>& number, Unit unit) {
    return number ? of_number(*number, unit) : Value{.kind = Kind::number, .unit = unit, .text = {}};
}

Value of_text(std::string_view text) {
    return {.kind = Kind::text, .known = true, .text = std::string(text)};
}

Value of_truth(bool truth) {
    return {.kind = Kind::truth, .known = true, .truth = truth, .text = {}};
}

Value nothing(Kind kind) {
    return {.kind = kind, .text = {}};
}

bool holds(const Value& value) {
    return value.kind == Kind::truth && value.known && value.truth;
}

std::string shown(const Value& value, words::Style style) {
    if (!value.known) return std::string(words::dash(style));
    if (value.kind == Kind::text) return value.text;
    if (value.kind == Kind::truth) return value.truth ? "yes" : "no";
    return number_shown(value.number, value.unit, style);
}

}  // namespace deepvm::lessons
