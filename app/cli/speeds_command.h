// SPDX-License-Identifier: GPL-3.0-or-later
// "deepvm speeds": how fast every type trains the workload, and how that is known.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_speeds_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
