// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm open and deepvm compare: what was kept, looked at again.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_open_command(CLI::App& app, Context& context);
void add_compare_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
