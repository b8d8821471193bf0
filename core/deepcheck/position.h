// SPDX-License-Identifier: GPL-3.0-or-later
// Which checkpoint of a job: a generation, one start of the training, and a step within it. The order of
// checkpoints is theirs, the higher generation first; no clock has a part in it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace deepvm::deepcheck {

inline constexpr std::uint32_t most_generation = 999'999'999;
inline constexpr std::uint64_t most_step = 999'999'999'999;

struct Position {
    std::uint32_t generation = 0;  ///< 1..most_generation; 0 before the first start
    std::uint64_t step = 0;        ///< 0..most_step, as the training counts

    auto operator<=>(const Position&) const = default;
};

/// "g0003-s0000012000", the name of its folder: those of one job sort as the positions do up to four digits
/// of generations and ten of steps.
std::string name(const Position& position);

/// The position of such a name, and of no other text: name() gives it back.
std::optional<Position> position_named(std::string_view text);

}  // namespace deepvm::deepcheck
