// SPDX-License-Identifier: GPL-3.0-or-later
// "deepvm catalog import" and "deepvm catalog diff".
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

/// Adds both to the command "catalog".
void add_import_commands(CLI::App& catalog, Context& context);

}  // namespace deepvm::cli
