// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/attempt.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/printable.h"
#include "session/exploration_json.h"

namespace deepvm::lessons {
namespace {

using session::Fields;
using session::Json;

Json answer_value(const StepAnswer& answer, std::size_t index) {
    Json value{{"step", index + 1},
               {"done", answer.done},
               {"given_up", answer.given_up},
               {"hints", answer.hints},
               {"guess", session::or_null(answer.guess)}};
    Json chosen = Json::array();
    for (const int each : answer.chosen)
        chosen.push_back(each + 1);
    value["chosen"] = std::move(chosen);
    value["exploration"] =
        answer.exploration ? session::exploration_value(*answer.exploration) : Json(nullptr);
    value["widget_solved"] = answer.widget_solved;
    return value;
}

StepAnswer read_answer(Fields& fields) {
    constexpr double largest_guess = 1e30;
    StepAnswer answer;
    answer.done = fields.flag("done").value_or(false);
    answer.given_up = fields.flag("given_up").value_or(false);
    answer.hints = static_cast<int>(fields.whole("hints", 0, most_hints).value_or(0));
    answer.guess = fields.number("guess", -largest_guess, largest_guess);
    if (const auto found = fields.value().find("chosen");
        found != fields.value().end() && found->is_array()) {
        for (const auto& each : *found) {
            const bool sound = each.is_number_integer() && each.get<std::int64_t>() >= 1 &&
                               each.get<std::int64_t>() <= static_cast<std::int64_t>(most_choices);
            if (!sound || answer.chosen.size() >= most_choices)
                throw session::Refused(fmt::format("{} must be at most {} whole numbers from 1 to {}",
                                                   fields.path("chosen"), most_choices, most_choices));
            answer.chosen.push_back(each.get<int>() - 1);
        }
    }
    if (auto exploration = fields.object("exploration"))
        answer.exploration = session::read_exploration(*exploration);
    answer.widget_solved = fields.flag("widget_solved").value_or(false);
    return answer;
}

Attempt read_whole(const Json& document) {
    std::vector<std::string> notes;
    Fields fields(document, "", notes);
    const auto schema = fields.must("schema", fields.text("schema"));
    if (schema != "deepvm-answers/1")
        throw session::Refused(fmt::format("schema is \"{}\"; answers have deepvm-answers/1", schema));
    Attempt attempt;
    attempt.lesson = fields.must("lesson", fields.text("lesson"));
    if (const auto seed = fields.whole("seed", 0, static_cast<std::int64_t>(most_seed)))
        attempt.seed = static_cast<std::uint64_t>(*seed);
    attempt.student = fields.text("student").value_or("");
    attempt.prices_as_of = fields.text("prices_as_of").value_or("");
    if (auto start = fields.object("start"))
        attempt.start = session::read_exploration(*start);
    else
        throw session::Refused("start is missing: where the lesson was played");
    fields.each("answers", [&](Fields& each) {
        if (attempt.answers.size() >= most_steps)
            throw session::Refused(fmt::format("answers has more than {} entries", most_steps));
        attempt.answers.push_back(read_answer(each));
    });
    return attempt;
}

}  // namespace

std::string attempt_json(const Attempt& attempt) {
    Json answers = Json::array();
    for (std::size_t i = 0; i < attempt.answers.size(); ++i)
        answers.push_back(answer_value(attempt.answers[i], i));
    const Json document{
        {"schema", "deepvm-answers/1"},           {"lesson", attempt.lesson},
        {"seed", session::or_null(attempt.seed)}, {"student", attempt.student},
        {"prices_as_of", attempt.prices_as_of},   {"start", session::exploration_value(attempt.start)},
        {"answers", std::move(answers)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Result<Attempt> read_attempt(std::string_view text, const std::string& file) {
    Attempt attempt;
    auto done = session::with_document(text, file, "a file of answers",
                                       [&](const Json& document) { attempt = read_whole(document); });
    if (!done) return tl::unexpected(std::move(done.error()));
    return attempt;
}

base::Result<Attempt> open_attempt(const std::filesystem::path& file) {
    return base::read_file(file, largest_attempt, "file of answers").and_then([&](const std::string& text) {
        return read_attempt(text, file.string());
    });
}

void fit_to(const Lesson& lesson, Attempt& attempt) {
    attempt.answers.resize(std::min(attempt.answers.size(), lesson.steps.size()));
    for (std::size_t i = 0; i < attempt.answers.size(); ++i) {
        const auto& step = lesson.steps[i];
        auto& answer = attempt.answers[i];
        std::erase_if(answer.chosen,
                      [&](int each) { return static_cast<std::size_t>(each) >= step.choices.size(); });
        answer.hints = std::min(answer.hints, static_cast<int>(step.hints.size()));
        if (step.answer.empty()) answer.guess.reset();
    }
}

bool finished(const Lesson& lesson, const Attempt& attempt) {
    return attempt.answers.size() == lesson.steps.size() &&
           std::ranges::all_of(attempt.answers, &StepAnswer::done);
}

Attempt model_attempt(const Lesson& lesson, const Staged& staged, std::optional<std::uint64_t> seed) {
    Attempt attempt;
    attempt.lesson = lesson.id;
    attempt.seed = seed;
    attempt.start = staged.start;
    for (std::size_t i = 0; i < staged.rehearsal.steps.size(); ++i) {
        const auto& step = lesson.steps[i];
        const auto& played = staged.rehearsal.steps[i];
        StepAnswer answer;
        answer.done = true;
        if (played.view.answer.known) answer.guess = played.view.answer.number;
        for (std::size_t choice = 0; choice < played.view.choices.size(); ++choice)
            if (played.view.choices[choice].right) answer.chosen.push_back(static_cast<int>(choice));
        if (step.kind == StepKind::perform) answer.exploration = played.end;
        answer.widget_solved = step.kind == StepKind::perform && step.solution.empty();
        attempt.answers.push_back(std::move(answer));
    }
    return attempt;
}

}  // namespace deepvm::lessons
