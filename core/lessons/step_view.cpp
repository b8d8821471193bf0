// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/step_view.h"

#include <algorithm>
#include <cmath>

namespace deepvm::lessons {
namespace {

using base::Result;

// Where the lesson names no ends, they are at a fourth and at twice the answer, so that it is not in the
// middle.
Result<void> set_ends(const Step& step, const World& world, const Kept& kept, StepView& view) {
    const double answer = view.answer.number;
    view.least = std::min(answer / 4, answer * 2);
    view.most = std::max(answer / 4, answer * 2);
    if (answer == 0) view.most = 1;
    if (!step.least.empty()) {
        const auto least = step.least.value(world, kept);
        if (!least) return tl::unexpected(least.error());
        if (least->known) view.least = least->number;
    }
    if (!step.most.empty()) {
        const auto most = step.most.value(world, kept);
        if (!most) return tl::unexpected(most.error());
        if (most->known) view.most = most->number;
    }
    return {};
}

Result<ChoiceView> view_of(const Choice& choice, const World& world, const Kept& kept, words::Style style) {
    ChoiceView view;
    auto text = choice.text.filled(world, kept, style);
    if (!text) return tl::unexpected(std::move(text.error()));
    auto why = choice.why.filled(world, kept, style);
    if (!why) return tl::unexpected(std::move(why.error()));
    const auto right = choice.right.value(world, kept);
    if (!right) return tl::unexpected(right.error());
    view.text = std::move(*text);
    view.why = std::move(*why);
    view.right = holds(*right);
    return view;
}

}  // namespace

base::Result<StepView> view_of(const Step& step, const session::Exploration& begin, const World& world,
                               const Kept& kept, words::Style style) {
    StepView view;
    auto text = step.text.filled(world, kept, style);
    if (!text) return tl::unexpected(std::move(text.error()));
    view.text = std::move(*text);
    auto after = step.after.filled(world, kept, style);
    if (!after) return tl::unexpected(std::move(after.error()));
    view.after = std::move(*after);
    for (const auto& hint : step.hints) {
        auto filled = hint.filled(world, kept, style);
        if (!filled) return tl::unexpected(std::move(filled.error()));
        view.hints.push_back(std::move(*filled));
    }
    for (const auto& choice : step.choices) {
        auto one = view_of(choice, world, kept, style);
        if (!one) return tl::unexpected(std::move(one.error()));
        view.choices.push_back(std::move(*one));
    }
    if (!step.answer.empty()) {
        auto answer = step.answer.value(world, kept);
        if (!answer) return tl::unexpected(std::move(answer.error()));
        view.answer = std::move(*answer);
        if (auto ends = set_ends(step, world, kept, view); !ends)
            return tl::unexpected(std::move(ends.error()));
    }
    auto goal = judged(step, begin, world, kept);
    if (!goal) return tl::unexpected(std::move(goal.error()));
    view.reached = goal->reached();
    view.beside = std::move(goal->beside);
    return view;
}

base::Result<Began> begin_step(const Step& step, const session::Exploration& before, const Kept& kept,
                               Worlds& worlds, const std::stop_token& stop) {
    auto world = worlds.of(before, stop);
    if (!world) return tl::unexpected(std::move(world.error()));
    if (!step.set.empty()) {
        const auto set = assigned(*world, kept, step.set);
        if (!set) return tl::unexpected(set.error());
        world = worlds.of(*set, stop);
        if (!world) return tl::unexpected(std::move(world.error()));
    }
    auto view = view_of(step, world->exploration(), *world, kept, words::Style::plain);
    if (!view) return tl::unexpected(std::move(view.error()));
    return Began{std::move(*world), std::move(*view)};
}

base::Result<Judged> judged(const Step& step, const session::Exploration& begin, const World& world,
                            const Kept& kept) {
    if (step.goal.empty()) return Judged{};
    const auto value = step.goal.value(world, kept);
    if (!value) return tl::unexpected(value.error());
    Judged judged{holds(*value), {}};
    // What a widget shows does not depend on the settings.
    if (judged.true_there && !step.solution.empty())
        judged.beside = changed_beside(begin, world.exploration(), step.allowed);
    return judged;
}

base::Result<bool> reached(const Step& step, const session::Exploration& begin, const World& world,
                           const Kept& kept) {
    const auto goal = judged(step, begin, world, kept);
    if (!goal) return tl::unexpected(goal.error());
    return goal->reached();
}

base::Result<Kept> remembered(const Step& step, const World& world, Kept kept) {
    for (const auto& each : step.keep) {
        auto value = each.value.value(world, kept);
        if (!value) return tl::unexpected(std::move(value.error()));
        kept[each.name] = std::move(*value);
    }
    return kept;
}

bool is_near(const Step& step, const Value& answer, double guess) {
    return answer.known && std::abs(guess - answer.number) <= std::abs(answer.number) * step.within / 100;
}

}  // namespace deepvm::lessons
