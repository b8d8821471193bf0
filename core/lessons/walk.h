// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson as a student went through it, worked out again: what each step began with and what it said.
#pragma once

#include <vector>

#include "lessons/attempt.h"
#include "lessons/step_view.h"

namespace deepvm::lessons {

struct Walked {
    session::Exploration begin;  ///< after what the lesson set
    Kept kept;                   ///< before the step
    StepView view;               ///< as it began
    Judged goal;                 ///< with what the student did
};

/// The first `steps` steps. A step whose goal was not reached leaves everything as it was when it began.
base::Result<std::vector<Walked>> walk(const Lesson& lesson, const Attempt& attempt, std::size_t steps,
                                       Worlds& worlds, const std::stop_token& stop);

}  // namespace deepvm::lessons
