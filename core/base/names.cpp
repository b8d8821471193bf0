// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

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

std::string nearest(std::string_view name, std::span<const std::string> known) {
    const auto found = std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) {
        return edit_distance(name, a) < edit_distance(name, b);
    });
    return found == known.end() ? std::string{} : *found;
}

Error unknown_name(std::string_view what, std::string_view name, std::span<const std::string> known) {
    constexpr std::size_t few = 8;
    auto message = fmt::format("unknown {} \"{}\"", what, name);
    if (known.empty())
        message += "; there is none";
    else if (known.size() <= few)
        message +=
            fmt::format("; did you mean \"{}\"? Known: {}", nearest(name, known), fmt::join(known, ", "));
    else
        message += fmt::format("; did you mean \"{}\"?", nearest(name, known));
    return Error{ErrorCode::unknown_name, std::move(message)};
}

}  // namespace deepvm::base
