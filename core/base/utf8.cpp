// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

#include <cstddef>

namespace deepvm::base {
namespace {

// Length of the UTF-8 sequence that starts with `lead`; 0 when none does.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

}  // namespace

bool is_utf8_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto length = sequence_length(static_cast<unsigned char>(text[i]));
        if (length == 0 || text[i] == '\0' || length > text.size() - i) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
        i += length;
    }
    return true;
}

}  // namespace deepvm::base
