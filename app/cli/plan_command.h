// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm plan | export: the best clusters at one budget.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_plan_command(CLI::App& app, Context& context);
void add_export_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
