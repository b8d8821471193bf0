// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/grade.h"

#include <fmt/format.h>

#include "lessons/walk.h"
#include "words/figures.h"

namespace deepvm::lessons {
namespace {

using base::Result;

void grade_choice(const StepView& view, const StepAnswer& answer, StepGrade& grade) {
    if (grade.kind == StepKind::explain) grade.of = 1;
    grade.remark = answer.given_up ? "given up" : answer.chosen.empty() ? "not answered" : "not right";
    if (answer.given_up) return;
    for (std::size_t i = 0; i < answer.chosen.size(); ++i) {
        const auto choice = static_cast<std::size_t>(answer.chosen[i]);
        if (choice >= view.choices.size() || !view.choices[choice].right) continue;
        grade.points = i == 0 ? grade.of : i == 1 ? grade.of / 2 : 0;
        grade.remark = i == 0 ? "right at once" : fmt::format("right at try {}", i + 1);
        return;
    }
}

void grade_guess(const Step& step, const StepView& view, const StepAnswer& answer, StepGrade& grade) {
    if (!answer.guess) {
        grade.remark = "not guessed";
        return;
    }
    auto guess = view.answer;
    guess.number = *answer.guess;
    grade.remark = fmt::format("guessed {}, it is {}{}", shown(guess, words::Style::plain),
                               shown(view.answer, words::Style::plain),
                               is_near(step, view.answer, *answer.guess) ? ": near" : "");
}

void grade_goal(const Walked& walked, const StepAnswer& answer, StepGrade& grade) {
    grade.of = 1;
    if (answer.given_up)
        grade.remark = "given up";
    else if (!walked.goal.beside.empty())
        grade.remark = fmt::format("not reached: {} {} changed, too", words::listed(walked.goal.beside),
                                   walked.goal.beside.size() == 1 ? "was" : "were");
    else if (!walked.goal.reached())
        grade.remark = answer.done ? "not reached with what was handed in" : "not reached";
    else {
        grade.points = 1;
        grade.remark =
            answer.hints > 0 ? fmt::format("reached, {}", words::counted(answer.hints, "hint")) : "reached";
    }
}

StepGrade grade_step(const Step& step, std::size_t index, const Walked& walked, const StepAnswer& answer) {
    StepGrade grade{.step = index, .kind = step.kind, .remark = {}};
    if (!step.choices.empty())
        grade_choice(walked.view, answer, grade);
    else if (step.kind == StepKind::predict)
        grade_guess(step, walked.view, answer, grade);
    else if (step.kind == StepKind::perform)
        grade_goal(walked, answer, grade);
    else
        grade.remark = answer.done ? "read" : "not read";
    return grade;
}

}  // namespace

base::Result<Grade> grade(const Lesson& lesson, const Attempt& attempt, Worlds& worlds,
                          const std::stop_token& stop) {
    if (attempt.lesson != lesson.id)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("these are answers to \"{}\", not to \"{}\"", attempt.lesson, lesson.id));
    Grade grade{
        .lesson = lesson.id, .seed = attempt.seed, .student = attempt.student, .steps = {}, .remarks = {}};
    const auto staged = stage(lesson, attempt.seed, worlds, stop);
    if (!staged) return tl::unexpected(staged.error());
    if (staged->start != attempt.start)
        grade.remarks.emplace_back("the file begins elsewhere than the lesson does with these prices");
    auto theirs = attempt;
    fit_to(lesson, theirs);
    // Of an exercise, the numbers are those of the seed.
    if (attempt.seed) theirs.start = staged->start;
    const auto walked = walk(lesson, theirs, lesson.steps.size(), worlds, stop);
    if (!walked) return tl::unexpected(walked.error());
    for (std::size_t i = 0; i < walked->size(); ++i) {
        const auto answer = i < theirs.answers.size() ? theirs.answers[i] : StepAnswer{};
        grade.steps.push_back(grade_step(lesson.steps[i], i, (*walked)[i], answer));
        grade.points += grade.steps.back().points;
        grade.of += grade.steps.back().of;
    }
    const auto market = worlds.market(attempt.start.selection, stop);
    if (!market) return tl::unexpected(market.error());
    const auto as_of = model::prices_as_of(**market);
    if (!attempt.prices_as_of.empty() && attempt.prices_as_of != as_of)
        grade.remarks.push_back(fmt::format("played with prices as of {}, graded with prices as of {}",
                                            attempt.prices_as_of, as_of));
    return grade;
}

}  // namespace deepvm::lessons
