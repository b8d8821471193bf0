// SPDX-License-Identifier: GPL-3.0-or-later
// The command line program: wiring only, one line for each subcommand.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "cli/catalog_command.h"
#include "cli/context.h"
#include "cli/flopp_command.h"
#include "cli/frontier_command.h"
#include "cli/glossary_command.h"
#include "cli/lesson_command.h"
#include "cli/plan_command.h"
#include "cli/session_commands.h"
#include "cli/simulate_command.h"
#include "cli/speeds_command.h"
#include "cli/validate_command.h"

namespace {

using namespace deepvm::cli;

// CLI11 says that a subcommand is missing where an unknown one was given.
int report_usage(const CLI::App& app, const CLI::ParseError& error) {
    std::string message = error.what();
    const auto unknown = app.remaining(true);
    if (!unknown.empty()) message = fmt::format("\"{}\" is not understood here", unknown.front());
    std::replace(message.begin(), message.end(), '\n', ' ');
    fmt::print(stderr, "deepvm: {}; see deepvm --help\n", message);
    return exit_usage;
}

int run(int argc, char** argv) {
    CLI::App app{"Plan a training cluster for a budget", "deepvm"};
    Context context;
    app.set_version_flag("--version", DEEPVM_VERSION);
    app.require_subcommand(1);
    app.fallthrough();  // --catalog is understood after a subcommand, too
    app.add_option("--catalog", context.catalog_file,
                   "Catalog file (default: yours, else the one of this program)")
        ->type_name("FILE");

    add_plan_command(app, context);
    add_frontier_command(app, context);
    add_flopp_command(app, context);
    add_speeds_command(app, context);
    add_export_command(app, context);
    add_validate_command(app, context);
    add_simulate_command(app, context);
    add_open_command(app, context);
    add_compare_command(app, context);
    add_glossary_command(app, context);
    add_lesson_command(app, context);
    add_catalog_command(app, context);

    refuse_blank_options(app);
    for (auto* command : app.get_subcommands(nullptr))
        refuse_blank_options(*command);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
        return report_usage(app, error);
    }
    return context.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const int code = run(argc, argv);
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
        fmt::print(stderr, "deepvm: the answer cannot be written to standard output; check the disk\n");
    } catch (const std::exception& failure) {
        fmt::print(stderr, "deepvm: {}; please report this\n", failure.what());
    }
    return exit_bad_input;
}
