// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/rehearsal.h"

#include <fmt/format.h>

#include <algorithm>

namespace deepvm::lessons {
namespace {

using base::Result;

class Rehearsing {
  public:
    Rehearsing(Worlds& worlds, const std::stop_token& stop) : worlds_(worlds), stop_(stop) {}

    Result<Rehearsal> whole(const Lesson& lesson, const session::Exploration& start);

  private:
    Result<void> step(const Step& step);
    Result<void> texts(const Step& step, const World& world);
    Result<World> performed(const Step& step, const World& begin);
    void guess(const Step& step);
    void choices(const Step& step);
    void find(std::string what) { rehearsal_.findings.push_back({at_, std::move(what)}); }

    Worlds& worlds_;
    const std::stop_token& stop_;
    Rehearsal rehearsal_;
    RehearsedStep now_;
    std::size_t at_ = 0;
};

Result<void> Rehearsing::texts(const Step& step, const World& world) {
    std::vector<const Text*> all{&step.text};
    for (const auto& hint : step.hints)
        all.push_back(&hint);
    for (const auto& choice : step.choices) {
        all.push_back(&choice.text);
        all.push_back(&choice.why);
    }
    all.push_back(&step.after);
    for (const auto* text : all) {
        const auto unknown = text->unknown(world, now_.kept);
        if (!unknown) return tl::unexpected(unknown.error());
        for (const auto& each : *unknown)
            find(fmt::format("a text says {{{}}}, which is not known here", each));
    }
    return {};
}

void Rehearsing::guess(const Step& step) {
    if (step.answer.empty()) return;
    const auto& view = now_.view;
    if (!view.answer.known)
        find(fmt::format("answer {} is not known here", step.answer.text()));
    else if (!(view.least < view.most && view.least <= view.answer.number && view.answer.number <= view.most))
        find(fmt::format("answer {} is {}, outside of what is guessed from, {} to {}", step.answer.text(),
                         view.answer.number, view.least, view.most));
}

void Rehearsing::choices(const Step& step) {
    if (step.choices.empty()) return;
    const auto right = std::ranges::count_if(now_.view.choices, &ChoiceView::right);
    if (right != 1) find(fmt::format("{} of the choices are right here; it must be one", right));
}

// The settings of the solution, or a widget that was solved.
Result<World> Rehearsing::performed(const Step& step, const World& begin) {
    if (now_.view.reached) find("the goal is reached when the step begins; set something else first");
    if (step.solution.empty()) {
        auto solved = begin.with_widget({.solved = true});
        const auto goal = reached(step, now_.begin, solved, now_.kept);
        if (!goal) return tl::unexpected(goal.error());
        if (!*goal)
            find(fmt::format("the goal {} is not reached by solving the {}", step.goal.text(), step.widget));
        return solved;
    }
    auto next = assigned(begin, now_.kept, step.solution);
    if (!next) return tl::unexpected(std::move(next.error()));
    auto world = worlds_.of(*next, stop_);
    if (!world) return world;
    const auto goal = reached(step, now_.begin, *world, now_.kept);
    if (!goal) return tl::unexpected(goal.error());
    if (!*goal) {
        const auto* plan = world->plan();
        find(fmt::format("the solution does not reach the goal {}; it leads to a budget of {} and {}",
                         step.goal.text(), words::per_hour(world->exploration().budget),
                         plan == nullptr ? std::string("no plan")
                                         : fmt::format("{} ({}, {})", problem::machines(*plan),
                                                       problem::name(plan->architecture),
                                                       words::per_hour(plan->hourly_price))));
    }
    return world;
}

Result<void> Rehearsing::step(const Step& step) {
    auto began = begin_step(step, now_.end, now_.kept, worlds_, stop_);
    if (!began) return tl::unexpected(std::move(began.error()));
    now_.begin = began->world.exploration();
    now_.view = std::move(began->view);
    if (auto said = texts(step, began->world); !said) return said;
    guess(step);
    choices(step);
    auto world = step.kind == StepKind::perform ? performed(step, began->world) : Result<World>(began->world);
    if (!world) return tl::unexpected(std::move(world.error()));
    now_.end = world->exploration();
    auto kept = remembered(step, *world, std::move(now_.kept));
    if (!kept) return tl::unexpected(std::move(kept.error()));
    now_.kept = std::move(*kept);
    for (const auto& each : step.keep)
        if (!now_.kept[each.name].known)
            find(fmt::format("keep.{}: {} is not known here", each.name, each.value.text()));
    return {};
}

Result<Rehearsal> Rehearsing::whole(const Lesson& lesson, const session::Exploration& start) {
    now_.end = start;
    for (at_ = 0; at_ < lesson.steps.size(); ++at_) {
        if (auto done = step(lesson.steps[at_]); !done) {
            if (done.error().code == base::ErrorCode::cancelled)
                return tl::unexpected(std::move(done.error()));
            find(std::move(done.error().message));
            break;  // where it cannot be done, nobody gets further
        }
        rehearsal_.steps.push_back(now_);
    }
    return std::move(rehearsal_);
}

}  // namespace

base::Result<Rehearsal> rehearse(const Lesson& lesson, const session::Exploration& start, Worlds& worlds,
                                 const std::stop_token& stop) {
    return Rehearsing(worlds, stop).whole(lesson, start);
}

}  // namespace deepvm::lessons
