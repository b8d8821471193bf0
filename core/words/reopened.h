// SPDX-License-Identifier: GPL-3.0-or-later
// An answer that was kept, beside today's.
#pragma once

#include <string>
#include <vector>

#include "session/answer.h"
#include "words/figures.h"

namespace deepvm::words {

/// What changed since, a line each, prices first: "g4dn.xlarge spot: $0.21/h, 5.0 % more than the $0.20/h of
/// 2026-07-20". Empty where nothing did.
std::vector<std::string> what_changed(const session::Answer& then, const session::Reopened& today,
                                      const model::Market& market, Style style);

/// The same in one line: "as it was", "2 prices changed, costs 5.0 % more", "another cluster is better
/// today".
std::string change_in_short(const session::Answer& then, const session::Reopened& today, Style style);

}  // namespace deepvm::words
