// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson as a teacher wrote it: data of the form deepvm-lesson/1, read and checked by itself.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "catalog/catalog.h"
#include "lessons/changes.h"
#include "lessons/expression.h"
#include "lessons/settings.h"
#include "lessons/text.h"

namespace deepvm::lessons {

inline constexpr std::size_t most_steps = 40;
inline constexpr std::size_t most_hints = 3;
inline constexpr std::size_t most_choices = 6;

enum class StepKind : std::uint8_t {
    say,      ///< is read
    see,      ///< is read: what has just happened
    predict,  ///< a guess before anything is seen: never wrong enough to stop
    perform,  ///< "do": a goal that the student reaches in the window
    explain,  ///< a choice of reasons
};
/// "say", "see", "predict", "do", "explain"
std::string_view name(StepKind kind);

/// One of several answers.
struct Choice {
    Text text;
    Expression right;  ///< a truth
    Text why;          ///< why it is right, or why not
};

/// What is remembered when a step is done.
struct Keep {
    std::string name;
    Expression value;
};

struct Step {
    StepKind kind = StepKind::say;
    std::string title;
    Text text;
    std::string page;    ///< of the window; empty: as it is
    std::string points;  ///< the part of the window that is outlined; empty: none
    std::string widget;  ///< what the step shows of its own; empty: nothing
    Assignments set;     ///< when it begins
    std::vector<Keep> keep;

    Expression answer;  ///< predict: the number; empty where it has choices
    Expression least;   ///< predict: the ends of the guess's range; empty: from the answer
    Expression most;
    double within = 10;  ///< predict: percent that count as near
    Text after;          ///< predict: said once the guess is made

    Expression goal;  ///< do: a truth
    std::vector<Text> hints;
    Assignments solution;  ///< do: how it can be reached; empty only for what a widget shows
    SettingNames
        allowed;  ///< do: what may be changed on the way: what the solution sets, and what the lesson allows

    std::vector<Choice> choices;
};

/// What a seed draws from; empty lists and missing ranges leave the lesson as it is.
struct Range {
    double low = 0;
    double high = 0;
};
struct Exercise {
    std::vector<catalog::Selection> markets;
    std::vector<std::string> workloads;
    std::optional<Range> budget;  ///< $/h
    std::vector<int> max_nodes;
    std::optional<Range> revocations;  ///< % a month
    std::optional<Range> deadline;     ///< h
};

struct Lesson {
    std::string id;
    std::string title;
    std::string about;
    std::string level;
    int minutes = 0;
    std::vector<catalog::Selection> markets;  ///< the first in which all can be done is played
    Assignments start;
    std::optional<Exercise> exercise;
    std::vector<Step> steps;
    std::string file;  ///< for messages
};

/// Names that steps may have for pages, parts and widgets of the window; the window has a test that it knows
/// them all.
std::span<const std::string_view> pages();
std::span<const std::string_view> parts();
std::span<const std::string_view> widgets();

/// Refuses the first member that cannot be, by its path: "steps[3].goal". Members that have no effect are
/// refused, too: a lesson is written by hand, and what has no effect is a slip.
base::Result<Lesson> read_lesson(std::string_view text, const std::string& file);
base::Result<Lesson> open_lesson(const std::filesystem::path& file);

/// The lessons of a folder, by file name, and why others are left out: one that cannot be read keeps nobody
/// from the rest.
struct Folder {
    std::vector<Lesson> lessons;
    std::vector<base::Error> refused;
};
/// Refuses a folder that cannot be read.
base::Result<Folder> open_lessons(const std::filesystem::path& folder);

/// A lesson to begin with: small, sound, each kind of step once.
std::string lesson_template(const std::string& id);

}  // namespace deepvm::lessons
