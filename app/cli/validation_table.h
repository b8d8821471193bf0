// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison with measured runs as text for a person at a terminal.
#pragma once

#include <string>
#include <vector>

#include "validation/validation.h"

namespace deepvm::cli {

/// Table by table: every row with its error, the rows that were fitted marked, and the goals.
std::string validation_text(const std::vector<validation::Table>& tables);

}  // namespace deepvm::cli
