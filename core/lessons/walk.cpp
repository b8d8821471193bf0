// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/walk.h"

#include <algorithm>

namespace deepvm::lessons {
namespace {

using base::Result;

class Walk {
  public:
    Walk(const Attempt& attempt, Worlds& worlds, const std::stop_token& stop)
        : worlds_(worlds), stop_(stop), now_(attempt.start) {}

    Result<Walked> step(const Step& step, const StepAnswer& answer);

  private:
    Result<World> performed(const Step& step, const StepAnswer& answer, const World& began, Walked& walked);

    Worlds& worlds_;
    const std::stop_token& stop_;
    session::Exploration now_;
    Kept kept_;
};

// The world to which the student's own way leads; the one in which the step began where it does not reach the
// goal.
Result<World> Walk::performed(const Step& step, const StepAnswer& answer, const World& began,
                              Walked& walked) {
    if (!answer.exploration && !answer.widget_solved) return began;
    auto world = worlds_.of(answer.exploration.value_or(walked.begin), stop_);
    if (!world) return world;
    auto goal =
        lessons::judged(step, walked.begin, world->with_widget({.solved = answer.widget_solved}), kept_);
    if (!goal) return tl::unexpected(std::move(goal.error()));
    walked.goal = std::move(*goal);
    return walked.goal.reached() ? world : Result<World>(began);
}

Result<Walked> Walk::step(const Step& step, const StepAnswer& answer) {
    auto began = begin_step(step, now_, kept_, worlds_, stop_);
    if (!began) return tl::unexpected(std::move(began.error()));
    Walked walked{
        .begin = began->world.exploration(), .kept = kept_, .view = std::move(began->view), .goal = {}};
    auto world = step.kind == StepKind::perform ? performed(step, answer, began->world, walked)
                                                : Result<World>(began->world);
    if (!world) return tl::unexpected(std::move(world.error()));
    now_ = world->exploration();
    auto kept = remembered(step, *world, std::move(kept_));
    if (!kept) return tl::unexpected(std::move(kept.error()));
    kept_ = std::move(*kept);
    return walked;
}

}  // namespace

base::Result<std::vector<Walked>> walk(const Lesson& lesson, const Attempt& attempt, std::size_t steps,
                                       Worlds& worlds, const std::stop_token& stop) {
    Walk walk(attempt, worlds, stop);
    std::vector<Walked> all;
    for (std::size_t i = 0; i < std::min(steps, lesson.steps.size()); ++i) {
        auto walked =
            walk.step(lesson.steps[i], i < attempt.answers.size() ? attempt.answers[i] : StepAnswer{});
        if (!walked) return tl::unexpected(std::move(walked.error()));
        all.push_back(std::move(*walked));
    }
    return all;
}

}  // namespace deepvm::lessons
