// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_offers_command(CLI::App& catalog, Context& context);

}  // namespace deepvm::cli
