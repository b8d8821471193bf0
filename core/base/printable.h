// SPDX-License-Identifier: GPL-3.0-or-later
// Text that came from outside, as a person may see it.
#pragma once

#include <string>
#include <string_view>

namespace deepvm::base {

/// `text` with everything escaped that no line of text holds, so that it can neither drive a terminal nor
/// pass for another name: bytes that are not UTF-8 as \xff, control characters and line ends as \x1b, and
/// marks that are invisible or turn the direction as \u202e. All other text stays as it is, so the result is
/// well-formed.
std::string printable(std::string_view text);

/// A message as a line for a person: printable, and without its middle where what it quotes would make it
/// longer than anybody reads; what was wrong stands at its beginning, what to do at its end.
std::string message_line(std::string_view message);

/// Whether it is well-formed UTF-8 without NUL.
bool is_utf8_text(std::string_view text);

/// The longest beginning of well-formed `text` that has at most so many bytes and ends with a whole
/// character.
std::string_view beginning(std::string_view text, std::size_t most);

}  // namespace deepvm::base
