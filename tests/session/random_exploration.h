// SPDX-License-Identifier: GPL-3.0-or-later
// Explorations from a seed, with everything in them that a person can set.
#pragma once

#include "session/session.h"

namespace deepvm::tests {

session::Exploration random_exploration(unsigned seed);

/// With pins, history and notes.
session::Session random_session(unsigned seed);

}  // namespace deepvm::tests
