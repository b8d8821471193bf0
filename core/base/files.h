// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are written whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace deepvm::base {

/// Writes `text` to `file` through a neighbour that replaces it in one step: a failure, a full disk say,
/// leaves an existing file as it was (unreadable, with the reason).
Result<void> write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace deepvm::base
