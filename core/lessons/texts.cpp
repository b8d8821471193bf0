// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/texts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/csv_table.h"
#include "base/names.h"
#include "base/printable.h"

namespace deepvm::lessons {
namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& document) {
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json passed_value(const std::vector<PassedOver>& all) {
    Json list = Json::array();
    for (const auto& each : all)
        list.push_back({{"market", each.market.market},
                        {"region", each.market.region},
                        {"step", each.step + 1},
                        {"why", each.why}});
    return list;
}

// A field that begins like a formula gets an apostrophe before it.
std::string field(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    return base::csv_field(text);
}

std::string seed_text(const Grade& grade) {
    return grade.seed ? std::to_string(*grade.seed) : std::string();
}

// Where it is tried first.
base::Result<session::Exploration> first_start(const Lesson& lesson, std::optional<std::uint64_t> seed) {
    if (!seed) return start_in(lesson, lesson.markets.front());
    return drawn(lesson, *seed).map([](const std::vector<session::Exploration>& all) { return all.front(); });
}

// What an exercise names and there is not: without a word something else would be drawn in its place. A
// market of the lesson itself may be missing in somebody's catalog: then the next one is played.
base::Result<std::vector<Finding>> unknown_names(const Lesson& lesson, bool drawn, Worlds& worlds,
                                                 const std::stop_token& stop) {
    std::vector<Finding> findings;
    if (!lesson.exercise) return findings;
    std::shared_ptr<const model::Market> any;
    for (const auto* list : {&lesson.exercise->markets, &lesson.markets})
        for (const auto& each : *list) {
            const auto market = worlds.market(each, stop);
            if (!market && market.error().code == base::ErrorCode::cancelled)
                return tl::unexpected(market.error());
            if (market)
                any = *market;
            else if (drawn && list == &lesson.exercise->markets)
                findings.push_back(
                    {0, fmt::format("exercise.markets: {}: {}", place_of(each), market.error().message)});
        }
    if (any == nullptr) return findings;
    std::vector<std::string> known;
    for (const auto& each : any->workloads)
        known.push_back(each.name);
    for (const auto& each : lesson.exercise->workloads)
        if (std::ranges::find(known, each) == known.end())
            findings.push_back({0, fmt::format("exercise.workloads: {}",
                                               base::unknown_name("workload", each, known).message)});
    return findings;
}

}  // namespace

base::Result<Checked> check(const Lesson& lesson, std::optional<std::uint64_t> seed, Worlds& worlds,
                            const std::stop_token& stop) {
    Checked checked{.id = lesson.id,
                    .file = lesson.file,
                    .steps = lesson.steps.size(),
                    .played_in = {},
                    .passed_over = {},
                    .rehearsal = {},
                    .findings = {}};
    auto unknown = unknown_names(lesson, seed.has_value(), worlds, stop);
    if (!unknown) return tl::unexpected(std::move(unknown.error()));
    if (!unknown->empty()) {
        checked.findings = std::move(*unknown);
        return checked;
    }
    auto staged = stage(lesson, seed, worlds, stop);
    if (staged) {
        checked.played_in = staged->start.selection;
        checked.passed_over = std::move(staged->passed_over);
        checked.rehearsal = std::move(staged->rehearsal);
        return checked;
    }
    if (staged.error().code == base::ErrorCode::cancelled) return tl::unexpected(std::move(staged.error()));
    // All that is wrong in the place where it was meant to be played.
    auto start = first_start(lesson, seed);
    if (!start) {
        checked.findings.push_back({0, start.error().message});
        return checked;
    }
    auto rehearsal = rehearse(lesson, *start, worlds, stop);
    if (!rehearsal) return tl::unexpected(std::move(rehearsal.error()));
    checked.findings = std::move(rehearsal->findings);
    if (checked.findings.empty()) checked.findings.push_back({0, staged.error().message});
    return checked;
}

std::string check_text(const Checked& checked) {
    std::string text;
    if (checked.played_in)
        text = fmt::format("{}: {} steps, every one can be done, in {}\n", checked.id, checked.steps,
                           place_of(*checked.played_in));
    else
        text = fmt::format("{}: cannot be played with these prices\n", checked.id);
    for (const auto& each : checked.passed_over)
        text += fmt::format("  not in {}: step {}: {}\n", place_of(each.market), each.step + 1, each.why);
    for (const auto& each : checked.findings)
        text += fmt::format("  {}: step {}: {}\n", base::printable(checked.file), each.step + 1, each.what);
    return text;
}

std::string rehearsal_text(const Lesson& lesson, const Rehearsal& rehearsal) {
    std::string text;
    for (std::size_t i = 0; i < rehearsal.steps.size(); ++i) {
        const auto& step = lesson.steps[i];
        const auto& view = rehearsal.steps[i].view;
        text += fmt::format("\n{}. {} ({})\n   {}\n", i + 1, step.title, name(step.kind), view.text);
        if (view.answer.known)
            text +=
                fmt::format("   answer: {}, guessed from {} to {}\n", shown(view.answer, words::Style::plain),
                            shown(of_number(view.least, view.answer.unit), words::Style::plain),
                            shown(of_number(view.most, view.answer.unit), words::Style::plain));
        for (const auto& choice : view.choices)
            text += fmt::format("   {} {}\n     {}\n", choice.right ? "right:" : "wrong:", choice.text,
                                choice.why);
        for (const auto& hint : view.hints)
            text += fmt::format("   hint: {}\n", hint);
        if (!view.after.empty()) text += fmt::format("   after: {}\n", view.after);
    }
    return text;
}

std::string check_json(const std::vector<Checked>& checked) {
    Json list = Json::array();
    for (const auto& one : checked) {
        Json findings = Json::array();
        for (const auto& each : one.findings)
            findings.push_back({{"step", each.step + 1}, {"what", each.what}});
        list.push_back({{"lesson", one.id},
                        {"steps", one.steps},
                        {"sound", one.sound()},
                        {"market", one.played_in ? Json(one.played_in->market) : Json(nullptr)},
                        {"region", one.played_in ? Json(one.played_in->region) : Json(nullptr)},
                        {"passed_over", passed_value(one.passed_over)},
                        {"findings", std::move(findings)}});
    }
    return written({{"schema", "deepvm-lesson-check/1"}, {"lessons", std::move(list)}});
}

std::string list_text(const std::vector<Lesson>& lessons) {
    if (lessons.empty()) return "There is no lesson in this folder.\n";
    std::size_t id = 0;
    for (const auto& each : lessons)
        id = std::max(id, each.id.size());
    std::string text;
    for (const auto& each : lessons)
        text += fmt::format("{:<{}}  {:>3} min  {:<11}  {}: {}\n", each.id, id, each.minutes, each.level,
                            each.title, each.about);
    return text;
}

std::string list_json(const std::vector<Lesson>& lessons) {
    Json list = Json::array();
    for (const auto& each : lessons)
        list.push_back({{"id", each.id},
                        {"title", each.title},
                        {"about", each.about},
                        {"level", each.level},
                        {"minutes", each.minutes},
                        {"steps", each.steps.size()},
                        {"exercise", each.exercise.has_value()}});
    return written({{"schema", "deepvm-lesson-list/1"}, {"lessons", std::move(list)}});
}

base::Result<Graded> grade_file(const std::filesystem::path& file, const std::vector<Lesson>& lessons,
                                Worlds& worlds, const std::stop_token& stop) {
    const auto attempt = open_attempt(file);
    if (!attempt) return tl::unexpected(attempt.error());
    const auto lesson = std::ranges::find(lessons, attempt->lesson, &Lesson::id);
    if (lesson == lessons.end()) {
        std::vector<std::string> ids;
        for (const auto& each : lessons)
            ids.push_back(each.id);
        auto error = base::unknown_name("lesson", attempt->lesson, ids);
        return base::fail(error.code, fmt::format("{}: {}", file.string(), error.message));
    }
    auto graded = grade(*lesson, *attempt, worlds, stop);
    if (!graded)
        return base::fail(graded.error().code, fmt::format("{}: {}", file.string(), graded.error().message));
    return Graded{file.string(), std::move(*graded)};
}

std::string grade_text(const std::vector<Graded>& graded) {
    std::string text;
    for (const auto& [file, grade] : graded) {
        const auto student = grade.student.empty() ? std::string("no name") : base::printable(grade.student);
        text +=
            fmt::format("{}: {}, {}{}: {:g} of {:g} points\n", base::printable(file), student, grade.lesson,
                        grade.seed ? " with seed " + seed_text(grade) : "", grade.points, grade.of);
        for (const auto& remark : grade.remarks)
            text += fmt::format("  {}\n", remark);
        for (const auto& step : grade.steps)
            text += fmt::format(
                "  {:>2}  {:<8} {}  {}\n", step.step + 1, name(step.kind),
                step.of > 0 ? fmt::format("{:>3g} of {:g}", step.points, step.of) : std::string(8, ' '),
                step.remark);
    }
    if (!graded.empty())
        text += "The files are signed with nothing: who hands one in can have written it by hand.\n";
    return text;
}

std::string grade_json(const std::vector<Graded>& graded) {
    Json list = Json::array();
    for (const auto& [file, grade] : graded) {
        Json steps = Json::array();
        for (const auto& step : grade.steps)
            steps.push_back({{"step", step.step + 1},
                             {"kind", name(step.kind)},
                             {"points", step.points},
                             {"of", step.of},
                             {"remark", step.remark}});
        list.push_back({{"file", file},
                        {"student", grade.student},
                        {"lesson", grade.lesson},
                        {"seed", grade.seed ? Json(*grade.seed) : Json(nullptr)},
                        {"points", grade.points},
                        {"of", grade.of},
                        {"remarks", grade.remarks},
                        {"steps", std::move(steps)}});
    }
    return written({{"schema", "deepvm-grades/1"}, {"grades", std::move(list)}});
}

std::string grade_csv(const std::vector<Graded>& graded) {
    std::string text = "file,student,lesson,seed,points,of,remarks\n";
    for (const auto& [file, grade] : graded)
        text += fmt::format("{},{},{},{},{:g},{:g},{}\n", field(file), field(grade.student),
                            field(grade.lesson), seed_text(grade), grade.points, grade.of,
                            field(fmt::format("{}", fmt::join(grade.remarks, "; "))));
    return text;
}

}  // namespace deepvm::lessons
