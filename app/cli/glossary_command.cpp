// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/glossary_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "words/glossary.h"

namespace deepvm::cli {
namespace {

constexpr std::size_t line_length = 78;
constexpr std::string_view indent = "    ";

/// In lines of at most 78 letters, each behind an indent.
std::string paragraph(std::string_view text) {
    std::string all;
    std::string line(indent);
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        if (line.size() > indent.size() && line.size() + 1 + word.size() > line_length) {
            all += line + "\n";
            line = indent;
        }
        if (line.size() > indent.size()) line += " ";
        line += word;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all + line + "\n";
}

std::string entry(const words::Term& term) {
    return fmt::format("{}\n{}", term.name, paragraph(term.meaning));
}

std::string joined(const std::vector<std::string_view>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

/// With what else it is called, and the terms that it is explained by.
std::string whole_entry(const words::Term& term) {
    std::string text = entry(term);
    if (const auto others = words::spellings_of(term); !others.empty())
        text += paragraph("Also: " + joined(others) + ".");
    std::vector<std::string_view> explained_by;
    for (const auto& each : words::terms_in(term.meaning))
        if (each.term != &term) explained_by.push_back(each.term->name);
    if (!explained_by.empty()) text += paragraph("See: " + joined(explained_by) + ".");
    return text;
}

int print(const std::string& name) {
    if (name.empty()) {
        std::string all;
        for (const auto& term : words::glossary())
            all += (all.empty() ? "" : "\n") + entry(term);
        fmt::print("{}", all);
        return exit_ok;
    }
    const auto term = words::term_named(name);
    if (!term) return report(term.error());
    fmt::print("{}", whole_entry(**term));
    return exit_ok;
}

}  // namespace

void add_glossary_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("glossary", "What the words of the field mean");
    auto name = std::make_shared<std::vector<std::string>>();
    command->add_option("TERM", *name, "One word, for example anchor or \"shadow price\" (default: all)");
    command->callback(
        [&context, name] { context.exit_code = print(fmt::format("{}", fmt::join(*name, " "))); });
}

}  // namespace deepvm::cli
