// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm validate: the model against measured runs.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_validate_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
