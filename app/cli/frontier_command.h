// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm frontier: every budget at which the best cluster changes.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_frontier_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
