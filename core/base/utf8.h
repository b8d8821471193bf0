// SPDX-License-Identifier: GPL-3.0-or-later
// Whether bytes are text.
#pragma once

#include <string_view>

namespace deepvm::base {

/// Text without NUL in well-formed UTF-8 (overlong forms of three and four bytes are let through).
bool is_utf8_text(std::string_view text);

}  // namespace deepvm::base
