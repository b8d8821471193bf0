// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm simulate
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_simulate_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
