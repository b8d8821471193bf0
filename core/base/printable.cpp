// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>

namespace deepvm::base {
namespace {

struct Character {
    std::uint32_t code = 0;
    std::size_t length = 0;  // in bytes; 0 where no character begins
};

// The character at the front of `text`, which is not empty.
Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || length > text.size()) return {};
    std::uint32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code = code << 6U | (byte(i) & 0x3FU);
    }
    // Longer than need be, half of a pair, or beyond the last.
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) return {};
    return {code, length};
}

// Controls, and what is not seen or moves what is: spaces without width, marks and overrides of direction,
// line and paragraph separators, the byte order mark, tags.
bool is_hidden(std::uint32_t code) {
    constexpr std::pair<std::uint32_t, std::uint32_t> hidden[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x200B, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
    return std::ranges::any_of(
        hidden, [&](const auto& range) { return code >= range.first && code <= range.second; });
}

}  // namespace

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        const auto length = std::max<std::size_t>(character.length, 1);
        if (character.length == 0)
            fmt::format_to(std::back_inserter(shown), "\\x{:02x}", static_cast<unsigned char>(text.front()));
        else if (!is_hidden(character.code))
            shown += text.substr(0, length);
        else if (character.code < 0x80)
            fmt::format_to(std::back_inserter(shown), "\\x{:02x}", character.code);
        else
            fmt::format_to(std::back_inserter(shown), "\\u{:04x}", character.code);
        text.remove_prefix(length);
    }
    return shown;
}

bool is_utf8_text(std::string_view text) {
    while (!text.empty()) {
        const Character character = first_character(text);
        if (character.length == 0 || character.code == 0) return false;
        text.remove_prefix(character.length);
    }
    return true;
}

std::string_view beginning(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

std::string message_line(std::string_view message) {
    constexpr std::size_t longest = 400;
    constexpr std::size_t first = 240;
    constexpr std::string_view gap = " ... ";
    auto line = printable(message);
    if (line.size() <= longest) return line;
    const auto last = beginning(line, line.size() - (longest - first - gap.size())).size();
    return std::string(beginning(line, first)).append(gap).append(line, last);
}

}  // namespace deepvm::base
