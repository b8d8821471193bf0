// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session_commands.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>

#include "base/files.h"
#include "base/numbers.h"
#include "base/printable.h"
#include "cli/plan_table.h"
#include "cli/planning.h"
#include "cli/reason_lines.h"
#include "compare/comparison.h"
#include "exchange/exchange.h"
#include "explain/quota_gains.h"
#include "planner/planner.h"
#include "session/session.h"
#include "words/comparison.h"
#include "words/plans.h"
#include "words/reopened.h"

namespace deepvm::cli {
namespace {

using base::Result;

struct OpenOptions {
    std::string file;
    std::string format = "text";
};

struct CompareOptions {
    std::vector<std::string> files;
    std::string format = "text";
    std::string output;
    std::string runs;
    std::string seed;
};

/// "-" is standard input, as everywhere.
Result<session::Opened> open_named(const std::string& file) {
    auto opened = session::open_document(file == "-" ? "/dev/stdin" : file);
    if (opened)
        for (const auto& note : opened->notes)
            warn(fmt::format("{}: {}", file, note));
    return opened;
}

struct Answered {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

Result<Answered> answered(const catalog::Catalog& catalog, const session::Exploration& question) {
    auto market = catalog.load(question.selection);
    if (!market) return tl::unexpected(market.error());
    auto problem = problem::make_problem(*market, session::to_request(question, **market));
    if (!problem) return tl::unexpected(problem.error());
    auto decision = planner::decide(**problem, question.budget);
    if (!decision) return tl::unexpected(decision.error());
    return Answered{std::move(*problem), std::move(*decision)};
}

std::string changes(const Answered& today, const session::Answer& then, base::Money budget) {
    const auto again = session::reopened(then, *today.problem, budget, today.decision.ranked);
    const auto lines = words::what_changed(then, again, *today.problem->market, style);
    if (lines.empty()) return "The answer is what it was.\n";
    std::string text = "Since then:\n";
    for (const auto& line : lines)
        text += "  " + line + "\n";
    return text;
}

// What was pinned, each with what became of it.
std::string pinned(const catalog::Catalog& catalog, const std::vector<session::Kept>& pins) {
    std::string text;
    int number = 0;
    for (const auto& pin : pins) {
        if (number == 0) text += "\nPinned:\n";
        ++number;
        const auto today = answered(catalog, pin.question);
        std::string said = today ? "" : today.error().message;
        if (today && pin.answer)
            said = words::change_in_short(
                *pin.answer,
                session::reopened(*pin.answer, *today->problem, pin.question.budget, today->decision.ranked),
                style);
        const auto cluster = pin.answer ? words::machines(pin.answer->plan, style) : "nothing fitted";
        text += fmt::format(
            "{:>3}  {}{}{} at {}: {}\n", number, pin.name, pin.name.empty() ? "" : ": ", cluster,
            words::per_hour(pin.answer ? pin.answer->plan.hourly_price : pin.question.budget), said);
    }
    return text;
}

int open(const Context& context, const OpenOptions& options) {
    const auto format = parse_format(options.format, {"text", "json"});
    if (!format) return report(format.error());
    const auto opened = open_named(options.file);
    if (!opened) return report(opened.error());
    const auto catalog = open_catalog(context);
    if (!catalog) return report(catalog.error());
    const auto& question = opened->session.exploration;
    const auto today = answered(*catalog, question);
    if (!today) return report(today.error());
    if (*format == "json") {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const auto gains = explain::quota_gains(*today->problem, today->decision);
        if (!gains) return report(gains.error());
        fmt::print("{}", exchange::plan_json(*today->problem, today->decision, *gains, now));
        return exit_ok;
    }
    fmt::print("{}", plan_table(*today->problem, today->decision));
    if (opened->answer) fmt::print("\n{}", changes(*today, *opened->answer, question.budget));
    fmt::print("{}", pinned(*catalog, opened->session.pins));
    return exit_ok;
}

// The pins of a session, or the plan of an exported one, named by its file.
void add_pins(session::Opened opened, const std::string& file, std::vector<session::Kept>& pins) {
    if (opened.kind == session::DocumentKind::session) {
        std::ranges::move(opened.session.pins, std::back_inserter(pins));
        return;
    }
    session::Kept pin;
    pin.name = std::filesystem::path(file).stem().string();
    pin.question = std::move(opened.session.exploration);
    pin.answer = std::move(opened.answer);
    pins.push_back(std::move(pin));
}

std::string comparison_text(const compare::Comparison& comparison) {
    // What somebody wrote is longer than a cell, and comes below.
    auto rows = words::comparison_rows(comparison, style);
    std::erase_if(rows, [](const auto& row) { return row.name == words::note_row; });
    constexpr std::size_t name_width = 24;
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < comparison.columns.size(); ++i) {
        widths.push_back(words::column_title(comparison.columns[i], style).size() + 4);
        for (const auto& row : rows)
            widths[i] = std::max(widths[i], row.values[i].size() + 2);
    }
    std::string text = fmt::format("{:<{}}", "", name_width);
    for (std::size_t i = 0; i < comparison.columns.size(); ++i)
        text += fmt::format("  {:<{}}",
                            fmt::format("{}. {}", i + 1, words::column_title(comparison.columns[i], style)),
                            widths[i]);
    std::string group;
    for (const auto& row : rows) {
        if (row.group != group) text += "\n" + row.group;
        group = row.group;
        text += fmt::format("\n{:<{}}", fmt::format("{} {}", row.differs ? "*" : " ", row.name), name_width);
        for (std::size_t i = 0; i < row.values.size(); ++i)
            text += fmt::format("  {:<{}}", row.values[i] + (row.best[i] ? " +" : ""), widths[i]);
    }
    text += "\n\n* differs   + best\n";
    for (std::size_t i = 0; i < comparison.columns.size(); ++i)
        if (const auto& note = comparison.columns[i].pin.note; !note.empty())
            text += fmt::format("\n{}. {}\n", i + 1, base::printable(note));
    for (const auto& sentence : words::comparison_sentences(comparison, style))
        text += "\n" + sentence;
    return text + (comparison.columns.size() > 1 ? "\n" : "");
}

Result<compare::CompareRequest> read_request(const CompareOptions& options) {
    compare::CompareRequest request;
    if (!options.runs.empty()) {
        const auto runs = base::parse_count(options.runs, "--runs", 1, 1'000'000);
        if (!runs) return tl::unexpected(runs.error());
        request.runs = static_cast<int>(*runs);
    }
    if (options.seed.empty()) return request;
    const auto seed = base::parse_count(options.seed, "--seed", 0, std::numeric_limits<std::int64_t>::max());
    if (!seed) return tl::unexpected(seed.error());
    request.seed = static_cast<std::uint64_t>(*seed);
    return request;
}

Result<std::vector<session::Kept>> read_pins(const std::vector<std::string>& files) {
    std::vector<session::Kept> pins;
    for (const auto& file : files) {
        auto opened = open_named(file);
        if (!opened) return tl::unexpected(opened.error());
        add_pins(std::move(*opened), file, pins);
    }
    if (pins.empty())
        return base::fail(base::ErrorCode::invalid_input,
                          "nothing is pinned in it; pin a plan in the window, or give exported plans");
    return pins;
}

int compare_plans(const Context& context, const CompareOptions& options) {
    const auto format = parse_format(options.format, {"text", "csv"});
    if (!format) return report(format.error());
    const auto request = read_request(options);
    if (!request) return report(request.error());
    const auto pins = read_pins(options.files);
    if (!pins) return report(pins.error());
    const auto catalog = open_catalog(context);
    if (!catalog) return report(catalog.error());
    const auto comparison = compare::compare(*catalog, *pins, *request);
    if (!comparison) return report(comparison.error());
    const auto text =
        *format == "csv" ? words::comparison_table(*comparison, ',') : comparison_text(*comparison);
    if (options.output.empty() || options.output == "-") {
        fmt::print("{}", text);
        return exit_ok;
    }
    const auto written = base::write_file(options.output, text);
    return written ? exit_ok : report(written.error());
}

}  // namespace

void add_open_command(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("open", "A session or an exported plan, asked again of today's catalog");
    auto options = std::make_shared<OpenOptions>();
    command->add_option("file", options->file, "Session (*.deepvm) or plan as JSON; - for standard input")
        ->required();
    command->add_option("--format", options->format, "text or json");
    command->callback([&context, options] { context.exit_code = open(context, *options); });
}

void add_compare_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("compare", "Pinned and exported plans side by side");
    auto options = std::make_shared<CompareOptions>();
    command
        ->add_option("files", options->files,
                     "Sessions, whose pins are compared, and exported plans; at most 6 plans")
        ->required();
    command->add_option("--runs", options->runs, "Futures of each plan (2000)");
    command->add_option("--seed", options->seed, "Number that decides the futures (1)");
    command->add_option("--format", options->format, "text or csv");
    command->add_option("--output", options->output, "File to write (default, and for -: standard output)");
    command->callback([&context, options] { context.exit_code = compare_plans(context, *options); });
}

}  // namespace deepvm::cli
