// SPDX-License-Identifier: GPL-3.0-or-later
// The quantities by what they are about. Private to this folder.
#pragma once

#include <vector>

#include "lessons/quantities.h"

namespace deepvm::lessons {

std::vector<Quantity> question_quantities();
std::vector<Quantity> plan_quantities();
std::vector<Quantity> market_quantities();
std::vector<Quantity> limit_quantities();
std::vector<Quantity> job_quantities();

}  // namespace deepvm::lessons
