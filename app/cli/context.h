// SPDX-License-Identifier: GPL-3.0-or-later
// What every subcommand of the command line shares.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "catalog/catalog.h"

namespace CLI {
class App;
}

namespace deepvm::cli {

/// Exit codes of the program.
enum ExitCode : int {
    exit_ok = 0,         ///< answered, also "no plan fits"
    exit_bad_input = 1,  ///< bad input or data, one line on stderr
    exit_usage = 2,      ///< the command line itself is wrong
};

/// Lives in main() as long as the program: subcommands keep a reference. A subcommand's callback does its
/// work and sets `exit_code`.
struct Context {
    std::filesystem::path catalog_file;  ///< --catalog; empty for the default
    int exit_code = exit_ok;
};

/// The catalog that --catalog names, else the default one.
base::Result<std::filesystem::path> catalog_file(const Context& context);
base::Result<catalog::Catalog> open_catalog(const Context& context);

/// An option that was given without a value is a slip (a script's unset variable), not a wish for the
/// default.
void refuse_blank_options(CLI::App& command);

/// Writes "deepvm: <message>" to stderr as one line.
void warn(std::string_view message);

/// As warn(), and returns the exit code for it.
int report(const base::Error& error);

}  // namespace deepvm::cli
