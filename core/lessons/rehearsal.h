// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson played to its end by the program itself: what says that every goal can be reached and every answer
// computed with these prices.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lessons/lesson.h"
#include "lessons/step_view.h"
#include "lessons/world.h"

namespace deepvm::lessons {

/// What is wrong with a step, for who wrote it.
struct Finding {
    std::size_t step = 0;
    std::string what;

    bool operator==(const Finding&) const = default;
};

/// A step as a student without fault leaves it.
struct RehearsedStep {
    session::Exploration begin;  ///< after what the lesson sets
    session::Exploration end;
    StepView view;  ///< as it begins
    Kept kept;      ///< when it is done
};

struct Rehearsal {
    std::vector<RehearsedStep> steps;  ///< up to the first that cannot be done
    std::vector<Finding> findings;

    bool sound() const { return findings.empty(); }
};

/// Errors: `cancelled` alone; what the planner refuses is a finding.
base::Result<Rehearsal> rehearse(const Lesson& lesson, const session::Exploration& start, Worlds& worlds,
                                 const std::stop_token& stop);

}  // namespace deepvm::lessons
