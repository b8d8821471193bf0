// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm catalog build | check | info | datasets
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_catalog_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
