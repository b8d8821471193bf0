// SPDX-License-Identifier: GPL-3.0-or-later
// What the window and the command line say of quotas, in the same words.
#pragma once

#include <string>

#include "explain/quota_gains.h"
#include "words/figures.h"

namespace deepvm::words {

/// "G spot".
std::string quota_title(std::string_view quota_class, problem::Purchase purchase);

/// "64 vCPUs, 64 in use".
std::string use_words(const explain::QuotaGain& gain);

/// "ask for 32 more and gain 18.0 %", "ask for 32 more and save 18.0 % of the cost", "ask for 8 more and a
/// cluster fits: 2 x g4dn.xlarge"; with what the most that helps brings. That more brings nothing is said,
/// too.
std::string gain_words(problem::Objective objective, const explain::QuotaGain& gain, Style style);

/// "no limit given: P spot, P on-demand"; of many classes only their number. Empty where all have one.
std::string unlimited_classes(const model::Market& market, const problem::Request& request);

}  // namespace deepvm::words
