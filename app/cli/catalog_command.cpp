// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/catalog_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "base/printable.h"
#include "catalog/builder.h"
#include "catalog/locations.h"
#include "catalog/schema.h"
#include "cli/idle_options.h"
#include "cli/import_command.h"
#include "cli/offers_command.h"

namespace deepvm::cli {
namespace {

struct BuildOptions {
    std::filesystem::path from;
    std::filesystem::path output;
};

int build(const Context& context, const BuildOptions& options) {
    auto output = options.output.empty() ? context.catalog_file : options.output;
    if (output.empty()) output = "catalog.db";
    const auto from = options.from.empty() ? catalog::default_csv_folder() : options.from;
    if (!from) return report(from.error());
    const auto built = catalog::build_catalog(*from, output);
    if (!built) return report(built.error());
    fmt::print("{}: {} data sets, {} instance types, {} offers, from {}\n", base::printable(output.string()),
               built->datasets, built->instance_types, built->offers, base::printable(from->string()));
    for (const auto& remark : built->remarks)
        fmt::print("{}\n", remark);
    if (!options.output.empty() && !context.catalog_file.empty())
        warn_idle_option("--catalog", "--output says where the catalog is written");
    return exit_ok;
}

int check(const Context& context) {
    const auto opened = open_catalog(context);
    if (!opened) return report(opened.error());
    if (const auto sound = opened->check(); !sound) return report(sound.error());
    fmt::print("{}: sound\n", base::printable(opened->file().string()));
    return exit_ok;
}

std::string region_count(const std::vector<catalog::MarketSummary>& markets,
                         const catalog::MarketSummary& market) {
    if (market.kind == model::MarketKind::published) return "-";
    if (market.name != catalog::any_provider) return std::to_string(market.regions.size());
    std::size_t all = 0;
    for (const auto& each : markets)
        if (each.kind == model::MarketKind::provider && each.name != catalog::any_provider)
            all += each.regions.size();
    return std::to_string(all);
}

void print_markets(const std::vector<catalog::MarketSummary>& markets) {
    std::size_t name = 4;
    std::size_t title = 5;
    for (const auto& market : markets) {
        name = std::max(name, market.name.size());
        title = std::max(title, market.title.size());
    }
    fmt::print("{:<{}}  {:<{}}  {:<9}  {:>7}  {:>5}  {:>6}  {}\n", "name", name, "title", title, "kind",
               "regions", "types", "offers", "prices as of");
    for (const auto& market : markets)
        fmt::print("{:<{}}  {:<{}}  {:<9}  {:>7}  {:>5}  {:>6}  {}\n", market.name, name, market.title, title,
                   market.kind == model::MarketKind::published ? "published" : "provider",
                   region_count(markets, market), market.instance_types, market.offers, market.prices_as_of);
}

int datasets(const Context& context) {
    const auto opened = open_catalog(context);
    if (!opened) return report(opened.error());
    print_markets(opened->markets());
    return exit_ok;
}

int info(const Context& context) {
    const auto opened = open_catalog(context);
    if (!opened) return report(opened.error());
    fmt::print("file            {}\nschema version  {}\n\n", base::printable(opened->file().string()),
               catalog::schema_version);
    print_markets(opened->markets());
    fmt::print("\nsources\n");
    for (const auto& source : opened->sources())
        fmt::print("  {}  {}: {}\n", source.as_of, source.id, source.description);
    return exit_ok;
}

}  // namespace

void add_catalog_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("catalog", "Build, check and list the catalog of machines and prices");
    command->require_subcommand(1);

    auto* build_command = command->add_subcommand("build", "Build a catalog from a folder of CSV files");
    auto options = std::make_shared<BuildOptions>();
    build_command
        ->add_option("--from", options->from, "Folder of the CSV files (default: those of this program)")
        ->type_name("FOLDER");
    build_command
        ->add_option("--output", options->output,
                     "File to write (default: --catalog, else catalog.db in this folder)")
        ->type_name("FILE");
    build_command->callback([&context, options] { context.exit_code = build(context, *options); });

    command->add_subcommand("check", "Check the catalog thoroughly")->callback([&context] {
        context.exit_code = check(context);
    });
    command->add_subcommand("info", "Version, counts and the sources of the prices")->callback([&context] {
        context.exit_code = info(context);
    });
    command->add_subcommand("datasets", "The data sets and providers to plan with")->callback([&context] {
        context.exit_code = datasets(context);
    });
    add_offers_command(*command, context);
    add_import_commands(*command, context);
}

}  // namespace deepvm::cli
