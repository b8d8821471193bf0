// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as machines to rent and the commands to start on them: for people without a launcher.
#pragma once

#include "exchange/hand_over.h"

namespace deepvm::exchange {

/// A POSIX shell script whose comments tell what to rent and which, called on each machine with its role, its
/// number and the address where all meet, starts what the machine has to do. Refuses as check_hand_over().
base::Result<std::string> launch_note(const problem::Problem& problem, const problem::Plan& plan,
                                      base::Money budget, const HandOver& settings = {});

}  // namespace deepvm::exchange
