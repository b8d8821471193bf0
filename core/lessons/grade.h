// SPDX-License-Identifier: GPL-3.0-or-later
// What handed-in answers are worth: every step is worked out again, nothing in the file is believed but what
// the student did.
#pragma once

#include <string>
#include <vector>

#include "lessons/attempt.h"

namespace deepvm::lessons {

struct StepGrade {
    std::size_t step = 0;
    StepKind kind = StepKind::say;
    double points = 0;
    double of = 0;       ///< 1 for what is done and explained, 0 for the rest
    std::string remark;  ///< "reached, 2 hints"; for people
};

struct Grade {
    std::string lesson;
    std::optional<std::uint64_t> seed;
    std::string student;
    std::vector<StepGrade> steps;
    double points = 0;
    double of = 0;
    std::vector<std::string> remarks;  ///< on the whole: other prices than when it was played ...
};

/// A goal that was reached is a point, a choice that was right at once, too, half of one at the second try.
/// Guesses and what was given up are none. Refuses answers of another lesson, and what the planner refuses.
base::Result<Grade> grade(const Lesson& lesson, const Attempt& attempt, Worlds& worlds,
                          const std::stop_token& stop);

}  // namespace deepvm::lessons
