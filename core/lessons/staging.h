// SPDX-License-Identifier: GPL-3.0-or-later
// Where a lesson is played: with today's prices, or with a student's own numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lessons/lesson.h"
#include "lessons/rehearsal.h"
#include "lessons/world.h"

namespace deepvm::lessons {

inline constexpr std::uint64_t most_seed = 999'999'999;

/// A market that the lesson cannot be played in, and why.
struct PassedOver {
    catalog::Selection market;
    std::size_t step = 0;
    std::string why;
};

struct Staged {
    session::Exploration start;
    Rehearsal rehearsal;  ///< sound
    std::vector<PassedOver> passed_over;
};

/// The exploration with which the lesson begins in a market. Refuses settings that cannot be.
base::Result<session::Exploration> start_in(const Lesson& lesson, const catalog::Selection& market);

/// The explorations of a seed in the order in which they are tried: each student has other numbers, and the
/// same seed the same ones. Refuses a lesson that has no exercise.
base::Result<std::vector<session::Exploration>> drawn(const Lesson& lesson, std::uint64_t seed);

/// The first market, or draw of the seed, in which everything can be done. Refuses with the reason of each
/// where there is none; `cancelled`.
base::Result<Staged> stage(const Lesson& lesson, std::optional<std::uint64_t> seed, Worlds& worlds,
                           const std::stop_token& stop);

/// "gcp us-central1": a market as it is named.
std::string place_of(const catalog::Selection& market);

}  // namespace deepvm::lessons
