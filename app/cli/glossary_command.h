// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm glossary: what the words of the field mean.
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_glossary_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
