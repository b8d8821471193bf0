// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to core/words: the entries of the glossary.
#pragma once

#include <span>

#include "words/glossary.h"

namespace deepvm::words {

/// In the order of their names.
std::span<const Term> all_terms();

}  // namespace deepvm::words
