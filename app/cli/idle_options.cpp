// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/idle_options.h"

#include "cli/context.h"
#include "words/answers.h"

namespace deepvm::cli {

void warn_idle(const problem::Problem& problem, const explain::SameAnswer& same) {
    const auto idle = explain::idle_settings(problem, same);
    if (!idle) {
        warn(idle.error().message);
        return;
    }
    for (const auto& setting : *idle)
        warn(words::without_effect(setting));
}

void warn_idle_option(std::string_view option, std::string_view counts) {
    warn(words::without_effect({option, {}, counts}));
}

}  // namespace deepvm::cli
