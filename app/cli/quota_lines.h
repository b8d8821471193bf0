// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "explain/quota_gains.h"

namespace deepvm::cli {

/// Every limit with what asking for more brings, and what has none; empty without any limit.
std::string quota_lines(const problem::Problem& problem, const explain::QuotaGains& gains);

}  // namespace deepvm::cli
