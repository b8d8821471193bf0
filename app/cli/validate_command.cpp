// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/validate_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "catalog/locations.h"
#include "cli/idle_options.h"
#include "cli/planning.h"
#include "cli/validation_table.h"

namespace deepvm::cli {
namespace {

struct ValidateOptions {
    std::string data;
    std::string format = "text";
};

int run(const ValidateOptions& options) {
    const auto format = parse_format(options.format, {"text", "json"});
    if (!format) return report(format.error());
    const auto shipped = catalog::default_validation_folder();
    const auto folder = options.data.empty() ? shipped : base::Result<std::filesystem::path>(options.data);
    if (!folder) return report(folder.error());
    const auto tables = validation::validate(*folder, shipped.value_or(std::filesystem::path()));
    if (!tables) return report(tables.error());
    if (*format == "text") {
        fmt::print("{}", validation_text(*tables));
        return exit_ok;
    }
    fmt::print("{}", validation::validation_json(*tables));
    for (const auto& table : *tables)  // the document shows such a table without rows, but not why
        if (!table.missing.empty()) warn(table.missing);
    return exit_ok;
}

}  // namespace

void add_validate_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("validate", "The model against measured runs");
    auto options = std::make_shared<ValidateOptions>();
    command
        ->add_option("--data", options->data, "Folder of the measured runs (default: those of this program)")
        ->type_name("FOLDER");
    command->add_option("--format", options->format, "text or json");
    command->callback([&context, options] {
        context.exit_code = run(*options);
        if (!context.catalog_file.empty())
            warn_idle_option("--catalog", "measured runs are compared without a catalog");
    });
}

}  // namespace deepvm::cli
