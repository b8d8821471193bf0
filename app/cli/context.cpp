// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/printable.h"
#include "catalog/locations.h"

namespace deepvm::cli {

namespace {

// What a person typed or a file holds is echoed: it must not break the line, drive the terminal or fill the
// screen.
std::string one_line(std::string_view message) {
    constexpr std::size_t longest = 400;
    const auto line = base::printable(message);
    const auto shown = base::beginning(line, longest);
    return shown.size() < line.size() ? fmt::format("{} ...", shown) : line;
}

}  // namespace

void refuse_blank_options(CLI::App& command) {
    for (auto* option : command.get_options())
        option->check([](const std::string& text) {
            return text.empty() ? "is blank; leave it out or give a value" : "";
        });
}

base::Result<std::filesystem::path> catalog_file(const Context& context) {
    if (!context.catalog_file.empty()) return context.catalog_file;
    return catalog::default_catalog_file();
}

base::Result<catalog::Catalog> open_catalog(const Context& context) {
    return catalog_file(context).and_then([](const auto& file) { return catalog::Catalog::open(file); });
}

void warn(std::string_view message) {
    std::fflush(stdout);  // the answer comes before what is said of it, also where both go to one file
    fmt::print(stderr, "deepvm: {}\n", one_line(message));
}

int report(const base::Error& error) {
    warn(error.message);
    return exit_bad_input;
}

}  // namespace deepvm::cli
