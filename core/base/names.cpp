// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/printable.h"

namespace deepvm::base {
namespace {

// Levenshtein distance by rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

std::string nearest(std::string_view name, std::span<const std::string> known) {
    constexpr std::size_t enough_letters = 3;
    const auto wanted = lower_case(name);
    // Smaller is nearer: how it is like the name, then by how many letters it is not.
    const auto unlike = [&](const std::string& other) {
        const auto lower = lower_case(other);
        const auto at = wanted.size() >= enough_letters ? lower.find(wanted) : std::string::npos;
        const int kind = at == 0 ? 0 : at != std::string::npos ? 1 : 2;
        return std::pair(kind, edit_distance(wanted, lower));
    };
    const auto found = std::min_element(known.begin(), known.end(),
                                        [&](const auto& a, const auto& b) { return unlike(a) < unlike(b); });
    return found == known.end() ? std::string{} : *found;
}

Error unknown_name(std::string_view what, std::string_view name, std::span<const std::string> known) {
    constexpr std::size_t few = 8;
    auto message = fmt::format("unknown {} \"{}\"", what, name);
    if (known.empty()) return Error{ErrorCode::unknown_name, message_line(message + "; there is none")};
    const auto meant = nearest(name, known);
    message += fmt::format("; did you mean \"{}\"?", meant);
    if (known.size() <= few) {
        message += fmt::format(" Known: {}", fmt::join(known, ", "));
    } else if (const auto wanted = lower_case(name); lower_case(meant).find(wanted) != std::string::npos) {
        std::vector<std::string> others;
        for (const auto& other : known)
            if (other != meant && lower_case(other).find(wanted) != std::string::npos)
                others.push_back(other);
        if (!others.empty() && others.size() <= few)
            message += fmt::format(" Or one of: {}", fmt::join(others, ", "));
    }
    return Error{ErrorCode::unknown_name, message_line(message)};
}

}  // namespace deepvm::base
