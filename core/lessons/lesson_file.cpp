// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/files.h"
#include "base/name_table.h"
#include "base/names.h"
#include "base/printable.h"
#include "lessons/lesson.h"
#include "lessons/node.h"
#include "lessons/quantities.h"
#include "session/fields.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using session::Json;

constexpr std::array<std::pair<StepKind, std::string_view>, 5> kinds{{{StepKind::say, "say"},
                                                                      {StepKind::see, "see"},
                                                                      {StepKind::predict, "predict"},
                                                                      {StepKind::perform, "do"},
                                                                      {StepKind::explain, "explain"}}};
constexpr std::array<std::string_view, 13> page_names{
    "explore",     "why-this", "what-if", "feasible-region", "model",  "scaling", "futures",
    "checkpoints", "compare",  "catalog", "workload",        "import", "learn"};
constexpr std::array<std::string_view, 13> part_names{
    "budget",   "market",   "workload",  "objective", "architectures", "job", "risk",
    "advanced", "frontier", "instances", "cards",     "status",        "page"};
constexpr std::array<std::string_view, 2> widget_names{"branch-and-bound", "replay"};
constexpr std::size_t most_allowed = 24;  // settings that a goal allows beside its solution
constexpr std::array<std::string_view, 3> levels{"first steps", "going on", "expert"};
constexpr std::uintmax_t largest_lesson = std::uintmax_t{1} * 1024 * 1024;

using Wrong = session::Refused;

/// One object, whose members are taken out one by one.
class Members {
  public:
    Members(const Json& value, std::string where) : value_(value), where_(std::move(where)) {
        if (!value.is_object()) throw Wrong{fmt::format("{} must be an object", place())};
    }

    std::string path(std::string_view key) const {
        return where_.empty() ? std::string(key) : fmt::format("{}.{}", where_, key);
    }
    const Json* find(const char* key) {
        asked_.insert(key);
        const auto found = value_.find(key);
        return found == value_.end() || found->is_null() ? nullptr : &*found;
    }
    [[noreturn]] void refuse(std::string_view key, std::string_view what) const {
        throw Wrong{fmt::format("{} {}", path(key), what)};
    }
    std::string text(const char* key, bool must = false) {
        const auto* found = find(key);
        if (found == nullptr) {
            if (must) refuse(key, "is missing; it must be a text");
            return {};
        }
        if (!found->is_string()) refuse(key, "must be a text");
        return found->get<std::string>();
    }
    std::optional<double> number(const char* key, double least, double most) {
        const auto* found = find(key);
        if (found == nullptr) return std::nullopt;
        if (!found->is_number()) refuse(key, "must be a number");
        const auto value = found->get<double>();
        if (!(value >= least && value <= most))
            refuse(key, fmt::format("is {}; it must be from {} to {}", value, least, most));
        return value;
    }
    const Json* list(const char* key, std::size_t least, std::size_t most, bool must = false) {
        const auto* found = find(key);
        if (found == nullptr) {
            if (must) refuse(key, "is missing; it must be a list");
            return nullptr;
        }
        if (!found->is_array()) refuse(key, "must be a list");
        if (found->size() < least || found->size() > most)
            refuse(key,
                   fmt::format("has {} entries; it must have from {} to {}", found->size(), least, most));
        return found;
    }
    template <typename Known>
    std::string one_of(const char* key, const Known& known, std::string_view what) {
        auto given = text(key);
        if (given.empty() || std::ranges::find(known, given) != known.end()) return given;
        std::vector<std::string> names(known.begin(), known.end());
        throw Wrong{fmt::format("{}: {}", path(key), base::unknown_name(what, given, names).message)};
    }
    void nothing_else() const {
        std::vector<std::string> known(asked_.begin(), asked_.end());
        for (const auto& [key, unused] : value_.items())
            if (!asked_.contains(key))
                throw Wrong{fmt::format("{}: {}", place(), base::unknown_name("member", key, known).message)};
    }
    const Json& value() const { return value_; }

  private:
    std::string place() const { return where_.empty() ? std::string("the lesson") : where_; }

    const Json& value_;
    std::string where_;
    std::set<std::string, std::less<>> asked_;
};

template <typename T>
T taken(Result<T> result, const std::string& path) {
    if (!result) throw Wrong{fmt::format("{}: {}", path, result.error().message)};
    return std::move(*result);
}

Text text_at(Members& members, const char* key, const KeptKinds& kept, bool must = false) {
    return taken(Text::parse(members.text(key, must), kept), members.path(key));
}

Expression expression_at(const Json& value, const std::string& path, Kind kind, const KeptKinds& kept) {
    if (value.is_number() && kind == Kind::number) return Expression::of(of_number(value.get<double>()));
    if (value.is_boolean() && kind == Kind::truth) return Expression::of(of_truth(value.get<bool>()));
    if (!value.is_string()) throw Wrong{fmt::format("{} must be a {} or an expression", path, name(kind))};
    auto read = taken(Expression::parse(value.get<std::string>(), kept), path);
    if (read.kind() != kind)
        throw Wrong{fmt::format("{} is a {}; it must be a {}", path, name(read.kind()), name(kind))};
    return read;
}

Expression expression_at(Members& members, const char* key, Kind kind, const KeptKinds& kept) {
    const auto* found = members.find(key);
    return found == nullptr ? Expression() : expression_at(*found, members.path(key), kind, kept);
}

// Texts stand as they are; {"is": ...} has an expression for one.
Expression value_of_setting(const Json& value, const std::string& path, const Setting& setting,
                            const KeptKinds& kept) {
    if (setting.kind != Kind::text) return expression_at(value, path, setting.kind, kept);
    if (value.is_string()) return Expression::of(of_text(value.get<std::string>()));
    Members inside(value, path);
    auto read = expression_at(inside, "is", Kind::text, kept);
    inside.nothing_else();
    if (read.empty()) throw Wrong{path + " must be a text, or {\"is\": expression}"};
    return read;
}

Assignments settings_at(Members& members, const char* key, const KeptKinds& kept) {
    Assignments all;
    const auto* found = members.find(key);
    if (found == nullptr) return all;
    const auto path = members.path(key);
    if (!found->is_object()) throw Wrong{path + " must be an object of settings"};
    for (const auto& [setting, value] : found->items()) {
        const auto* known = taken(setting_named(setting), path);
        all.push_back({known, value_of_setting(value, fmt::format("{}.{}", path, setting), *known, kept)});
    }
    return all;
}

std::vector<catalog::Selection> markets_at(Members& members, const char* key, bool must) {
    std::vector<catalog::Selection> markets;
    const auto* found = members.list(key, 1, 30, must);
    if (found == nullptr) return markets;
    for (std::size_t i = 0; i < found->size(); ++i) {
        Members one((*found)[i], fmt::format("{}[{}]", members.path(key), i));
        markets.push_back({one.text("market", true), one.text("region")});
        one.nothing_else();
    }
    return markets;
}

std::optional<Range> range_at(Members& members, const char* key, double least, double most) {
    const auto* found = members.list(key, 0, 2);
    if (found == nullptr) return std::nullopt;
    const bool numbers = found->size() == 2 && (*found)[0].is_number() && (*found)[1].is_number();
    if (!numbers) members.refuse(key, "must be two numbers: from, to");
    const Range range{(*found)[0].get<double>(), (*found)[1].get<double>()};
    if (!(range.low >= least && range.low <= range.high && range.high <= most))
        members.refuse(key, fmt::format("must rise, from {} to {}", least, most));
    return range;
}

Exercise exercise_at(const Json& value) {
    Members members(value, "exercise");
    Exercise exercise;
    exercise.markets = markets_at(members, "markets", false);
    if (const auto* found = members.list("workloads", 1, 30); found != nullptr)
        for (const auto& each : *found) {
            if (!each.is_string()) members.refuse("workloads", "must be a list of names");
            exercise.workloads.push_back(each.get<std::string>());
        }
    exercise.budget = range_at(members, "budget", 0, 1e6);
    if (const auto* found = members.list("max_nodes", 0, 30); found != nullptr)
        for (const auto& each : *found) {
            if (!each.is_number_integer() || each.get<std::int64_t>() < 1 ||
                each.get<std::int64_t>() > problem::largest_max_nodes)
                members.refuse("max_nodes",
                               fmt::format("must be whole numbers from 1 to {}", problem::largest_max_nodes));
            exercise.max_nodes.push_back(each.get<int>());
        }
    exercise.revocations = range_at(members, "revocations", 0, 99);
    exercise.deadline =
        range_at(members, "deadline", session::least_deadline_hours, session::most_deadline_hours);
    members.nothing_else();
    return exercise;
}

std::vector<Choice> choices_at(Members& members, const KeptKinds& kept) {
    std::vector<Choice> choices;
    const auto* found = members.list("choices", 2, most_choices);
    for (std::size_t i = 0; found != nullptr && i < found->size(); ++i) {
        Members one((*found)[i], fmt::format("{}[{}]", members.path("choices"), i));
        Choice choice;
        choice.text = text_at(one, "text", kept, true);
        choice.right = expression_at(one, "right", Kind::truth, kept);
        if (choice.right.empty()) one.refuse("right", "is missing; it must be true, false or an expression");
        choice.why = text_at(one, "why", kept, true);
        one.nothing_else();
        choices.push_back(std::move(choice));
    }
    return choices;
}

void read_guess(Members& members, Step& step, const KeptKinds& kept) {
    if (members.find("choices") != nullptr) {
        step.choices = choices_at(members, kept);
        return;
    }
    step.answer = expression_at(members, "answer", Kind::number, kept);
    if (step.answer.empty()) members.refuse("answer", "is missing; it must be a number, else give choices");
    step.least = expression_at(members, "least", Kind::number, kept);
    step.most = expression_at(members, "most", Kind::number, kept);
    step.within = members.number("within", 0, 100).value_or(step.within);
}

// What the solution sets may be set otherwise, too. Who goes to another market has its objective and
// architectures.
void read_allowed(Members& members, Step& step) {
    for (const auto& one : step.solution)
        step.allowed.emplace(one.setting->name);
    if (step.allowed.contains("market") || step.allowed.contains("region"))
        step.allowed.insert({"market", "region", "objective", "architectures"});
    const auto* found = members.list("may", 1, most_allowed);
    if (found == nullptr) return;
    for (std::size_t i = 0; i < found->size(); ++i) {
        const auto path = fmt::format("{}[{}]", members.path("may"), i);
        if (!(*found)[i].is_string()) throw Wrong{path + " must be the name of a setting"};
        auto name = (*found)[i].get<std::string>();
        if (const auto known = check_allowed(name); !known) throw Wrong{path + ": " + known.error().message};
        step.allowed.insert(std::move(name));
    }
}

void read_goal(Members& members, Step& step, const KeptKinds& kept) {
    step.goal = expression_at(members, "goal", Kind::truth, kept);
    if (step.goal.empty()) members.refuse("goal", "is missing; it must be a truth");
    if (const auto* found = members.list("hints", 0, most_hints); found != nullptr)
        for (std::size_t i = 0; i < found->size(); ++i) {
            const auto path = fmt::format("{}[{}]", members.path("hints"), i);
            if (!(*found)[i].is_string()) throw Wrong{path + " must be a text"};
            step.hints.push_back(taken(Text::parse((*found)[i].get<std::string>(), kept), path));
        }
    step.solution = settings_at(members, "solution", kept);
    if (step.solution.empty() && step.widget.empty())
        members.refuse("solution", "is missing; it says which settings reach the goal");
    read_allowed(members, step);
}

// Also one that takes arguments, or that stands between expressions.
bool is_taken(std::string_view name) {
    static constexpr std::array<std::string_view, 5> words{"and", "or", "not", "true", "false"};
    return find_quantity(name) != nullptr || find_function(name) != nullptr ||
           std::ranges::find(words, name) != words.end();
}

// A name that is remembered must not hide one that there is.
void keep_at(Members& members, Step& step, KeptKinds& kept) {
    const auto* found = members.find("keep");
    if (found == nullptr) return;
    if (!found->is_object()) members.refuse("keep", "must be an object: a name, and what it remembers");
    for (const auto& [key, value] : found->items()) {
        const auto path = members.path("keep") + "." + key;
        const bool sound = !key.empty() && std::ranges::all_of(key, [](char c) {
            return (c >= 'a' && c <= 'z') || c == '_';
        });
        if (!sound) throw Wrong{path + ": a name has small letters and _ alone"};
        if (is_taken(key)) throw Wrong{path + ": there is a quantity of this name; take another one"};
        if (kept.contains(key)) throw Wrong{path + ": this name is kept already; take another one"};
        if (!value.is_string()) throw Wrong{path + " must be an expression"};
        Keep keep{key, taken(Expression::parse(value.get<std::string>(), kept), path)};
        kept[key] = keep.value.kind();
        step.keep.push_back(std::move(keep));
    }
}

Step step_at(const Json& value, const std::string& where, KeptKinds& kept) {
    Members members(value, where);
    Step step;
    step.kind =
        taken(base::parse_in(kinds, "kind of step", members.text("kind", true)), members.path("kind"));
    step.title = members.text("title", true);
    step.text = text_at(members, "text", kept, true);
    step.page = members.one_of("page", page_names, "page");
    step.points = members.one_of("points", part_names, "part of the window");
    step.widget = members.one_of("widget", widget_names, "widget");
    step.set = settings_at(members, "set", kept);
    if (step.kind == StepKind::predict) read_guess(members, step, kept);
    if (step.kind == StepKind::perform) read_goal(members, step, kept);
    if (step.kind == StepKind::explain) {
        step.choices = choices_at(members, kept);
        if (step.choices.empty()) members.refuse("choices", "is missing; it must be a list");
    }
    keep_at(members, step, kept);
    step.after = text_at(members, "after", kept);
    if (step.kind != StepKind::predict && !step.after.empty())
        members.refuse("after", "belongs to steps of the kind predict; write a step of the kind see");
    members.nothing_else();
    return step;
}

Lesson lesson_at(const Json& document, const std::string& file) {
    Members members(document, "");
    if (members.text("schema", true) != "deepvm-lesson/1")
        members.refuse("schema", "is not deepvm-lesson/1, which this program reads");
    (void)members.find("$schema");
    Lesson lesson;
    lesson.file = file;
    lesson.id = members.text("id", true);
    const bool sound = !lesson.id.empty() && std::ranges::all_of(lesson.id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!sound) members.refuse("id", "must have small letters, digits and - alone");
    lesson.title = members.text("title", true);
    lesson.about = members.text("about", true);
    lesson.level = members.one_of("level", levels, "level");
    lesson.minutes = static_cast<int>(members.number("minutes", 1, 180).value_or(15));
    lesson.markets = markets_at(members, "markets", true);
    lesson.start = settings_at(members, "start", {});
    for (const auto& each : lesson.start)
        if (each.setting->name == "market" || each.setting->name == "region")
            throw Wrong{
                fmt::format("start.{} would play every market of the lesson in that one; name it in markets",
                            each.setting->name)};
    for (const auto& each : lesson.start)
        if (!each.value.constant())
            throw Wrong{fmt::format("start.{} asks for a plan, and there is none yet; write a number",
                                    each.setting->name)};
    if (const auto* found = members.find("exercise"); found != nullptr) lesson.exercise = exercise_at(*found);
    const auto* steps = members.list("steps", 1, most_steps, true);
    KeptKinds kept;
    for (std::size_t i = 0; i < steps->size(); ++i)
        lesson.steps.push_back(step_at((*steps)[i], fmt::format("steps[{}]", i), kept));
    members.nothing_else();
    return lesson;
}

}  // namespace

std::string_view name(StepKind kind) {
    return base::name_in(kinds, kind);
}

std::span<const std::string_view> pages() {
    return page_names;
}
std::span<const std::string_view> parts() {
    return part_names;
}
std::span<const std::string_view> widgets() {
    return widget_names;
}

base::Result<Lesson> read_lesson(std::string_view text, const std::string& file) {
    if (text.size() > largest_lesson)
        return base::fail(base::ErrorCode::damaged, file + ": larger than 1 MiB, which no lesson is");
    Lesson lesson;
    auto done = session::with_document(text, file, "a lesson",
                                       [&](const Json& document) { lesson = lesson_at(document, file); });
    if (!done) return tl::unexpected(std::move(done.error()));
    return lesson;
}

base::Result<Lesson> open_lesson(const std::filesystem::path& file) {
    const auto text = base::read_file(file, largest_lesson, "lesson");
    if (!text) return tl::unexpected(text.error());
    return read_lesson(*text, file.string());
}

}  // namespace deepvm::lessons
