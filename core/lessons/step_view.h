// SPDX-License-Identifier: GPL-3.0-or-later
// A step as it stands in one world: texts filled, answers computed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lessons/lesson.h"
#include "lessons/world.h"

namespace deepvm::lessons {

struct ChoiceView {
    std::string text;
    std::string why;
    bool right = false;

    bool operator==(const ChoiceView&) const = default;
};

struct StepView {
    std::string text;
    std::string after;
    std::vector<std::string> hints;
    std::vector<ChoiceView> choices;
    Value answer;      ///< of a guess; not known where it has choices
    double least = 0;  ///< the ends of what is guessed from
    double most = 0;
    bool reached = false;             ///< the goal
    std::vector<std::string> beside;  ///< see Judged

    bool operator==(const StepView&) const = default;
};

/// `begin` is the exploration with which the step began. Errors are the planner's (`cancelled`).
base::Result<StepView> view_of(const Step& step, const session::Exploration& begin, const World& world,
                               const Kept& kept, words::Style style);

/// A step as it begins.
struct Began {
    World world;  ///< after what the lesson sets
    StepView view;
};
/// Refuses what the planner refuses.
base::Result<Began> begin_step(const Step& step, const session::Exploration& before, const Kept& kept,
                               Worlds& worlds, const std::stop_token& stop);

/// What became of a goal. It does not count where something was changed that the step does not allow: a job
/// made shorter is cheaper, too.
struct Judged {
    bool true_there = false;
    std::vector<std::string> beside;  ///< the settings that have to be put back, in words; of a true goal

    bool reached() const { return true_there && beside.empty(); }
    bool operator==(const Judged&) const = default;
};
base::Result<Judged> judged(const Step& step, const session::Exploration& begin, const World& world,
                            const Kept& kept);
/// The same in short.
base::Result<bool> reached(const Step& step, const session::Exploration& begin, const World& world,
                           const Kept& kept);

/// What is known when the step is done: `kept`, and what the step remembers.
base::Result<Kept> remembered(const Step& step, const World& world, Kept kept);

/// Whether a guess counts as near the answer.
bool is_near(const Step& step, const Value& answer, double guess);

}  // namespace deepvm::lessons
