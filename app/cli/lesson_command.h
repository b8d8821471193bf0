// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm lesson list | check | new | key | grade | quantities
#pragma once

#include "cli/context.h"

namespace deepvm::cli {

void add_lesson_command(CLI::App& app, Context& context);

}  // namespace deepvm::cli
