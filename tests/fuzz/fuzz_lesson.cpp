// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson that a teacher wrote (deepvm-lesson/1); the same bytes as an expression and as a text of one.
#include "fuzz.h"
#include "lessons/lesson.h"
#include "lessons/staging.h"

namespace deepvm::fuzz {
namespace {

using namespace deepvm::lessons;

// What was understood has one meaning, whoever reads it again.
void read_expression(std::string_view text) {
    const KeptKinds kept{{"wanted", Kind::number}, {"my_work", Kind::text}, {"was", Kind::truth}};
    const auto read = Expression::parse(text, kept);
    if (!read) return;
    demand(!read->empty(), "what was read is an expression", text);
    demand(read->text() == text, "an expression keeps its text", text);
    const auto again = Expression::parse(read->text(), kept);
    demand(again.has_value() && again->kind() == read->kind(), "an expression has one kind", text);
    if (const auto value = read->constant())
        demand(value->kind == read->kind(), "a value has the kind of its expression", text);
}

// Braces that are doubled are words.
void read_text(std::string_view text) {
    const auto read = Text::parse(text, {});
    demand(text.size() <= longest_text || !read, "a text has an end");
    std::string doubled;
    for (const char c : text.substr(0, longest_text / 2)) {
        doubled += c;
        if (c == '{' || c == '}') doubled += c;
    }
    demand(Text::parse(doubled, {}).has_value(), "doubled braces are words", doubled);
}

void demand_step(const Step& step) {
    demand(step.hints.size() <= most_hints, "there are not too many hints", step.title);
    demand(step.choices.empty() || (step.choices.size() >= 2 && step.choices.size() <= most_choices),
           "one chooses between some", step.title);
    demand((step.kind == StepKind::perform) != step.goal.empty(), "what is done has a goal, nothing else",
           step.title);
    demand(step.kind != StepKind::perform || !step.solution.empty() || !step.widget.empty(),
           "a goal can be reached", step.title);
    demand(step.kind != StepKind::explain || !step.choices.empty(), "reasons are there", step.title);
    demand(step.kind != StepKind::predict || step.answer.empty() != step.choices.empty(),
           "a guess is a number or a choice", step.title);
    demand(step.goal.empty() || step.goal.kind() == Kind::truth, "a goal is a truth", step.title);
}

// A catalog is not needed to know where a lesson begins.
void demand_starts(const Lesson& lesson) {
    demand(!lesson.markets.empty(), "a lesson is played somewhere", lesson.id);
    for (const auto& market : lesson.markets)
        if (const auto start = start_in(lesson, market); !start) demand_refusal(start.error());
    if (!lesson.exercise) return;
    const auto first = drawn(lesson, 1);
    if (!first) {
        demand_refusal(first.error());
        return;
    }
    demand(!first->empty() && drawn(lesson, 1) == first, "a seed draws the same", lesson.id);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm;
    const auto text = fuzz::text_of(data, size);
    fuzz::read_expression(text);
    fuzz::read_text(text);
    const auto read = lessons::read_lesson(text, "lesson.json");
    if (!read) {
        fuzz::demand_refusal(read.error());
        return 0;
    }
    fuzz::demand(!read->steps.empty() && read->steps.size() <= lessons::most_steps,
                 "a lesson has steps, not too many", read->id);
    for (const auto& step : read->steps)
        fuzz::demand_step(step);
    fuzz::demand_starts(*read);
    return 0;
}
