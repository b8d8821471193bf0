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
    Result<bool> goes(const Step& step, const StepAnswer& answer, const Walked& walked);

    Worlds& worlds_;
    const std::stop_token& stop_;
    session::Exploration now_;
    Kept kept_;
};

// Whether the student's own way reaches the goal; it is gone then.
Result<bool> Walk::goes(const Step& step, const StepAnswer& answer, const Walked& walked) {
    if (!answer.exploration && !answer.widget_solved) return false;
    auto world = worlds_.of(answer.exploration.value_or(now_), stop_);
    if (!world) return tl::unexpected(std::move(world.error()));
    auto goal =
        lessons::reached(step, walked.begin, world->with_widget({.solved = answer.widget_solved}), kept_);
    if (goal && *goal) now_ = world->exploration();
    return goal;
}

Result<Walked> Walk::step(const Step& step, const StepAnswer& answer) {
    auto world = worlds_.of(now_, stop_);
    if (!world) return tl::unexpected(std::move(world.error()));
    if (!step.set.empty()) {
        auto set = assigned(*world, kept_, step.set);
        if (!set) return tl::unexpected(std::move(set.error()));
        now_ = std::move(*set);
        world = worlds_.of(now_, stop_);
        if (!world) return tl::unexpected(std::move(world.error()));
    }
    Walked walked{.begin = now_, .kept = kept_, .view = {}};
    auto view = view_of(step, walked.begin, *world, kept_, words::Style::plain);
    if (!view) return tl::unexpected(std::move(view.error()));
    walked.view = std::move(*view);
    if (step.kind == StepKind::perform) {
        const auto gone = goes(step, answer, walked);
        if (!gone) return tl::unexpected(gone.error());
        walked.reached = *gone;
        world = worlds_.of(now_, stop_);
        if (!world) return tl::unexpected(std::move(world.error()));
    }
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
