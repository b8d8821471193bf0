// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/lesson_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "base/files.h"
#include "base/name_table.h"
#include "base/numbers.h"
#include "base/printable.h"
#include "catalog/locations.h"
#include "cli/planning.h"
#include "lessons/grade.h"
#include "lessons/quantities.h"
#include "lessons/texts.h"

namespace deepvm::cli {
namespace {

using base::Result;
using lessons::Lesson;

struct LessonOptions {
    std::filesystem::path folder;
    std::vector<std::string> names;
    std::string seed;
    std::string format = "text";
    std::filesystem::path output;
    bool texts = false;
    bool whole = false;  ///< every lesson of the folder has to be one
};

Result<std::vector<Lesson>> all_lessons(const LessonOptions& options) {
    const auto folder = options.folder.empty() ? catalog::lessons_folder() : options.folder;
    if (!folder) return tl::unexpected(folder.error());
    auto opened = lessons::open_lessons(*folder);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    for (const auto& refused : opened->refused)
        warn(refused.message);
    // A check is about all of them.
    if (!opened->refused.empty() && options.whole) return tl::unexpected(opened->refused.front());
    return std::move(opened->lessons);
}

// A lesson is named by its id, one of a teacher's own by its file.
Result<std::vector<Lesson>> named_lessons(const LessonOptions& options) {
    std::vector<Lesson> chosen;
    std::optional<std::vector<Lesson>> shipped;
    for (const auto& name : options.names) {
        if (name.ends_with(".json")) {
            auto lesson = lessons::open_lesson(name);
            if (!lesson) return tl::unexpected(std::move(lesson.error()));
            chosen.push_back(std::move(*lesson));
            continue;
        }
        if (!shipped) {
            auto all = all_lessons(options);
            if (!all) return tl::unexpected(std::move(all.error()));
            shipped = std::move(*all);
        }
        const auto found = std::ranges::find(*shipped, name, &Lesson::id);
        if (found == shipped->end()) {
            std::vector<std::string> ids;
            for (const auto& each : *shipped)
                ids.push_back(each.id);
            return tl::unexpected(base::unknown_name("lesson", name, ids));
        }
        chosen.push_back(*found);
    }
    return options.names.empty() ? all_lessons(options) : Result<std::vector<Lesson>>(std::move(chosen));
}

Result<std::optional<std::uint64_t>> seed_of(const LessonOptions& options) {
    if (options.seed.empty()) return std::nullopt;
    const auto seed =
        base::parse_count(options.seed, "--seed", 0, static_cast<std::int64_t>(lessons::most_seed));
    if (!seed) return tl::unexpected(seed.error());
    return static_cast<std::uint64_t>(*seed);
}

int list(const LessonOptions& options) {
    const auto all = all_lessons(options);
    if (!all) return report(all.error());
    fmt::print("{}", options.format == "json" ? lessons::list_json(*all) : lessons::list_text(*all));
    return exit_ok;
}

// What "check" and "key" are asked.
struct Asked {
    std::vector<Lesson> lessons;
    std::optional<std::uint64_t> seed;
    catalog::Catalog catalog;
};
Result<Asked> asked(const Context& context, const LessonOptions& options) {
    auto chosen = named_lessons(options);
    if (!chosen) return tl::unexpected(std::move(chosen.error()));
    const auto seed = seed_of(options);
    if (!seed) return tl::unexpected(seed.error());
    // Of all lessons those that have one; of the ones that were named each has to.
    if (*seed && options.names.empty())
        std::erase_if(*chosen, [](const Lesson& lesson) { return !lesson.exercise; });
    for (const auto& lesson : *chosen)
        if (*seed && !lesson.exercise) return tl::unexpected(lessons::drawn(lesson, **seed).error());
    auto catalog = open_catalog(context);
    if (!catalog) return tl::unexpected(std::move(catalog.error()));
    return Asked{std::move(*chosen), *seed, std::move(*catalog)};
}

int check(const Context& context, const LessonOptions& options) {
    const auto question = asked(context, options);
    if (!question) return report(question.error());
    const bool json = options.format == "json";
    if (json && options.texts) warn("--texts has no effect beside --format json, which has no texts");
    lessons::Worlds worlds(question->catalog);
    std::vector<lessons::Checked> checked;
    for (const auto& lesson : question->lessons) {
        auto one = lessons::check(lesson, question->seed, worlds, {});
        if (!one) return report(one.error());
        if (!json) fmt::print("{}", lessons::check_text(*one));
        if (!json && options.texts) fmt::print("{}", lessons::rehearsal_text(lesson, one->rehearsal));
        checked.push_back(std::move(*one));
    }
    if (json) fmt::print("{}", lessons::check_json(checked));
    return std::ranges::all_of(checked, &lessons::Checked::sound) ? exit_ok : exit_bad_input;
}

int make_new(const LessonOptions& options) {
    const std::filesystem::path file = options.names.front();
    std::error_code unknown;
    if (std::filesystem::exists(file, unknown))
        return report({base::ErrorCode::invalid_input, fmt::format("{} is there already; name another file",
                                                                   base::printable(file.string()))});
    if (file.extension() != ".json")
        return report({base::ErrorCode::invalid_input,
                       fmt::format("{} does not end with .json; name the new lesson's file", file.string())});
    const auto text = lessons::lesson_template(file.stem().string());
    if (const auto sound = lessons::read_lesson(text, file.string()); !sound) return report(sound.error());
    if (const auto written = base::write_file(file, text); !written) return report(written.error());
    fmt::print("{}: a lesson of four steps to change; then: deepvm lesson check {}\n", file.string(),
               file.string());
    return exit_ok;
}

int key(const Context& context, const LessonOptions& options) {
    const auto question = asked(context, options);
    if (!question) return report(question.error());
    const auto& lesson = question->lessons.front();
    lessons::Worlds worlds(question->catalog);
    const auto staged = lessons::stage(lesson, question->seed, worlds, {});
    if (!staged) return report(staged.error());
    auto attempt = lessons::model_attempt(lesson, *staged, question->seed);
    const auto market = worlds.market(staged->start.selection, {});
    if (!market) return report(market.error());
    attempt.prices_as_of = model::prices_as_of(**market);
    const auto text = lessons::attempt_json(attempt);
    if (options.output.empty()) {
        fmt::print("{}", text);
        return exit_ok;
    }
    const auto written = base::write_file(options.output, text);
    return written ? exit_ok : report(written.error());
}

int grade(const Context& context, const LessonOptions& options) {
    const auto all = all_lessons(options);
    if (!all) return report(all.error());
    const auto catalog = open_catalog(context);
    if (!catalog) return report(catalog.error());
    lessons::Worlds worlds(*catalog);
    int code = exit_ok;
    std::vector<lessons::Graded> graded;
    for (const auto& file : options.names) {
        auto one = lessons::grade_file(file, *all, worlds, {});
        if (!one) {
            // One that cannot be read does not keep the others from being graded.
            code = report(one.error());
            continue;
        }
        graded.push_back(std::move(*one));
    }
    fmt::print("{}", options.format == "json"  ? lessons::grade_json(graded)
                     : options.format == "csv" ? lessons::grade_csv(graded)
                                               : lessons::grade_text(graded));
    return code;
}

void add_folder(CLI::App* command, const std::shared_ptr<LessonOptions>& options) {
    command
        ->add_option("--lessons", options->folder, "Folder of the lessons (default: those of this program)")
        ->type_name("FOLDER");
}

void add_seed(CLI::App* command, const std::shared_ptr<LessonOptions>& options) {
    command
        ->add_option("--seed", options->seed,
                     fmt::format("The exercise with the numbers of this seed, 0 to {}", lessons::most_seed))
        ->type_name("N");
}

void add_format(CLI::App* command, const std::shared_ptr<LessonOptions>& options,
                const std::vector<std::string>& formats) {
    command->add_option("--format", options->format, "How the answer is written (default: text)")
        ->check(CLI::IsMember(formats))
        ->type_name("FORMAT");
}

}  // namespace

void add_lesson_command(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("lesson", "List, check and write lessons, and grade what was handed in");
    command->require_subcommand(1);

    auto options = std::make_shared<LessonOptions>();
    auto* list_command = command->add_subcommand("list", "The lessons that there are");
    add_folder(list_command, options);
    add_format(list_command, options, {"text", "json"});
    list_command->callback([&context, options] { context.exit_code = list(*options); });

    auto* check_command =
        command->add_subcommand("check", "Play lessons to their end, and say which step cannot be done");
    check_command->add_option("lessons", options->names, "Names or .json files of lessons (default: all)")
        ->type_name("LESSON");
    add_folder(check_command, options);
    add_seed(check_command, options);
    check_command->add_flag("--texts", options->texts,
                            "Print what a student is told, with its numbers and answers");
    add_format(check_command, options, {"text", "json"});
    check_command->callback([&context, options] {
        options->whole = true;
        context.exit_code = check(context, *options);
    });

    auto* new_command = command->add_subcommand("new", "Write a small lesson to begin with");
    new_command->add_option("file", options->names, "The file to write")
        ->type_name("FILE.json")
        ->required()
        ->expected(1);
    new_command->callback([&context, options] { context.exit_code = make_new(*options); });

    auto* key_command =
        command->add_subcommand("key", "Write the answers of a student without fault, as they are handed in");
    key_command->add_option("lesson", options->names, "Name or .json file of the lesson")
        ->type_name("LESSON")
        ->required()
        ->expected(1);
    add_folder(key_command, options);
    add_seed(key_command, options);
    key_command->add_option("--output", options->output, "File to write (default: standard output)")
        ->type_name("FILE");
    key_command->callback([&context, options] { context.exit_code = key(context, *options); });

    auto* grade_command = command->add_subcommand("grade", "Grade files of answers, each worked out again");
    grade_command->add_option("files", options->names, "Files that students handed in")
        ->type_name("FILE")
        ->required();
    add_folder(grade_command, options);
    add_format(grade_command, options, {"text", "json", "csv"});
    grade_command->callback([&context, options] { context.exit_code = grade(context, *options); });

    command
        ->add_subcommand("quantities",
                         "The names that lessons have for settings and for what the planner knows")
        ->callback([&context] {
            fmt::print("Settings:\n{}\nQuantities:\n{}", lessons::setting_help(), lessons::quantity_help());
            context.exit_code = exit_ok;
        });
}

}  // namespace deepvm::cli
