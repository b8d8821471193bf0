// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm flopp: what a dollar buys on each instance type.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_flopp_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
