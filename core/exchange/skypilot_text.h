// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as SkyPilot reads it.
#pragma once

#include "exchange/hand_over.h"

namespace deepvm::exchange {

/// A managed job where all machines are of one role, else a job group with a task a role (several documents,
/// experimental in SkyPilot): for `sky jobs launch`. Only keys of SkyPilot's task schema; what it cannot
/// express is said in comments. Refuses as check_hand_over(), and providers whose bucket store is not known.
base::Result<std::string> skypilot_yaml(const problem::Problem& problem, const problem::Plan& plan,
                                        base::Money budget, const HandOver& settings = {});

}  // namespace deepvm::exchange
