// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/import_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "catalog/locations.h"
#include "imports/diff.h"
#include "imports/import.h"

namespace deepvm::cli {
namespace {

namespace fs = std::filesystem;

struct ImportArguments {
    imports::ImportOptions options;
    std::string format;
    std::string report = "text";
};

// The person's own catalog, in a folder that may not be there yet; a dry run makes none.
base::Result<fs::path> own_catalog(bool dry_run) {
    const auto file = catalog::user_catalog_file();
    if (!file)
        return base::fail(base::ErrorCode::invalid_input,
                          "there is no home folder for a catalog of your own; name a file with --into");
    if (dry_run) return *file;
    std::error_code failed;
    fs::create_directories(file->parent_path(), failed);
    if (failed)
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be made ({}); name a file with --into",
                                      file->parent_path().string(), failed.message()));
    return *file;
}

int import(const Context& context, ImportArguments arguments) {
    auto& options = arguments.options;
    if (!arguments.format.empty()) {
        const auto format = imports::format_named(arguments.format);
        if (!format) return report(format.error());
        options.format = *format;
    }
    if (options.into.empty()) options.into = context.catalog_file;
    if (options.into.empty()) {
        auto own = own_catalog(options.dry_run);
        if (!own) return report(own.error());
        options.into = std::move(*own);
    }
    // A file that is not there yet begins as the catalog that would be planned with.
    std::error_code ignored;
    if (!fs::exists(options.into, ignored)) {
        auto begin = context.catalog_file.empty() || context.catalog_file == options.into
                         ? catalog::default_catalog_file()
                         : base::Result<fs::path>(context.catalog_file);
        if (!begin) return report(begin.error());
        options.otherwise = std::move(*begin);
    }
    const auto done = imports::import_prices(options);
    if (!done) return report(done.error());
    fmt::print("{}", arguments.report == "json" ? imports::report_json(*done) : imports::report_text(*done));
    return exit_ok;
}

void add_import(CLI::App& catalog, Context& context) {
    auto* command = catalog.add_subcommand("import", "Take prices from files of providers and tools");
    auto arguments = std::make_shared<ImportArguments>();
    auto& options = arguments->options;
    command->add_option("files", options.files, "Files with prices, as they were fetched")
        ->type_name("FILE")
        ->required();
    command
        ->add_option("--into", options.into,
                     "Catalog to change (default: --catalog, else your own, made from that of this program)")
        ->type_name("FILE");
    std::string all;
    for (const auto& format : imports::formats())
        all += fmt::format("{}{}", all.empty() ? "" : ", ", format.name);
    command->add_option("--format", arguments->format, "By default known by the content; one of " + all)
        ->type_name("FORMAT");
    command
        ->add_option("--provider", options.provider,
                     "Whose prices these are, where the file does not say it; of data.json the data set")
        ->type_name("NAME");
    command
        ->add_option("--date", options.date,
                     "Day of prices that have none in their file (default: of the file's last change)")
        ->type_name("YYYY-MM-DD");
    command->add_flag("--allow-older", options.allow_older, "Replace newer prices by older ones");
    command->add_flag("--dry-run", options.dry_run, "Say what would change, and change nothing");
    command->add_option("--report", arguments->report, "How to say what was done")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    refuse_blank_options(*command);
    command->callback([&context, arguments] { context.exit_code = import(context, *arguments); });
}

struct DiffArguments {
    fs::path before;
    fs::path after;
    std::string as = "text";
};

int diff(const DiffArguments& arguments) {
    const auto found = imports::compare_catalogs(arguments.before, arguments.after);
    if (!found) return report(found.error());
    fmt::print("{}", arguments.as == "json" ? imports::diff_json(*found) : imports::diff_text(*found));
    return exit_ok;
}

void add_diff(CLI::App& catalog, Context& context) {
    auto* command = catalog.add_subcommand("diff", "What changed from one catalog to another");
    auto arguments = std::make_shared<DiffArguments>();
    command->add_option("before", arguments->before, "The older catalog")->type_name("FILE")->required();
    command->add_option("after", arguments->after, "The newer catalog")->type_name("FILE")->required();
    command->add_option("--as", arguments->as, "How to say it")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    refuse_blank_options(*command);
    command->callback([&context, arguments] { context.exit_code = diff(*arguments); });
}

}  // namespace

void add_import_commands(CLI::App& catalog, Context& context) {
    add_import(catalog, context);
    add_diff(catalog, context);
}

}  // namespace deepvm::cli
