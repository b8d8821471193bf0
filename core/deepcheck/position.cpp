// SPDX-License-Identifier: GPL-3.0-or-later
#include "deepcheck/position.h"

#include <fmt/format.h>

#include <charconv>

namespace deepvm::deepcheck {
namespace {

// Digits and nothing else, with a value up to `most`.
template <typename Number>
std::optional<Number> number_of(std::string_view digits, Number most) {
    Number value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value > most) return std::nullopt;
    return value;
}

}  // namespace

std::string name(const Position& position) {
    return fmt::format("g{:04}-s{:010}", position.generation, position.step);
}

std::optional<Position> position_named(std::string_view text) {
    const auto dash = text.find("-s");
    if (dash == std::string_view::npos || !text.starts_with('g')) return std::nullopt;
    const auto generation = number_of(text.substr(1, dash - 1), most_generation);
    const auto step = number_of(text.substr(dash + 2), most_step);
    if (!generation || !step) return std::nullopt;
    const Position position{*generation, *step};
    return name(position) == text ? std::optional(position) : std::nullopt;
}

}  // namespace deepvm::deepcheck
