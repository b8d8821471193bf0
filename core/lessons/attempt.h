// SPDX-License-Identifier: GPL-3.0-or-later
// What a student has done of a lesson: the progress that is kept, and the document that is handed in
// (deepvm-answers/1). It is signed with nothing: who hands it in can have written it by hand.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "lessons/lesson.h"
#include "lessons/staging.h"

namespace deepvm::lessons {

/// Of one step, in the order of the lesson.
struct StepAnswer {
    bool done = false;
    bool given_up = false;  ///< the solution was shown
    int hints = 0;          ///< that were read
    std::optional<double> guess;
    std::vector<int> chosen;  ///< choices from 0, in the order in which they were tried
    std::optional<session::Exploration> exploration;  ///< with which the goal was reached
    bool widget_solved = false;

    bool operator==(const StepAnswer&) const = default;
};

struct Attempt {
    std::string lesson;  ///< its id
    std::optional<std::uint64_t> seed;
    std::string student;  ///< as they write themselves; may be empty
    std::string prices_as_of;
    session::Exploration start;       ///< where the lesson was played
    std::vector<StepAnswer> answers;  ///< of the steps that were begun

    bool operator==(const Attempt&) const = default;
};

inline constexpr std::uintmax_t largest_attempt = std::uintmax_t{4} * 1024 * 1024;

std::string attempt_json(const Attempt& attempt);
/// Refuses what is no such document with the path of what is wrong; `file` is for the message.
base::Result<Attempt> read_attempt(std::string_view text, const std::string& file);
base::Result<Attempt> open_attempt(const std::filesystem::path& file);

/// Leaves out what the lesson has not: answers to more steps, choices and hints than there are, as of a file
/// that somebody changed, or of a lesson that did.
void fit_to(const Lesson& lesson, Attempt& attempt);
/// Whether every step is done.
bool finished(const Lesson& lesson, const Attempt& attempt);

/// What a student without fault hands in: the rehearsal's own answers.
Attempt model_attempt(const Lesson& lesson, const Staged& staged, std::optional<std::uint64_t> seed);

}  // namespace deepvm::lessons
