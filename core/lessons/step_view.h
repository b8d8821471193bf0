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
    bool reached = false;  ///< the goal

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

/// Whether the step's goal is reached. A goal is reached in the market in which the step began, or in one
/// that its own solution goes to.
base::Result<bool> reached(const Step& step, const session::Exploration& begin, const World& world,
                           const Kept& kept);

/// What is known when the step is done: `kept`, and what the step remembers.
base::Result<Kept> remembered(const Step& step, const World& world, Kept kept);

/// Whether a guess counts as near the answer.
bool is_near(const Step& step, const Value& answer, double guess);

}  // namespace deepvm::lessons
