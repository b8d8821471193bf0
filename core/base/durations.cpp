// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/names.h"
#include "base/numbers.h"

namespace deepvm::base {
namespace {

constexpr double minute = 1.0 / 60;
constexpr double second = 1.0 / 3600;
constexpr auto units = std::to_array<std::pair<std::string_view, double>>({{"d", 24},
                                                                           {"day", 24},
                                                                           {"days", 24},
                                                                           {"h", 1},
                                                                           {"hr", 1},
                                                                           {"hrs", 1},
                                                                           {"hour", 1},
                                                                           {"hours", 1},
                                                                           {"m", minute},
                                                                           {"min", minute},
                                                                           {"mins", minute},
                                                                           {"minute", minute},
                                                                           {"minutes", minute},
                                                                           {"s", second},
                                                                           {"sec", second},
                                                                           {"secs", second},
                                                                           {"second", second},
                                                                           {"seconds", second}});

void skip_spaces(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

// Takes a number and its unit from the front: hours, or nothing where there is no such pair.
std::optional<double> take_part(std::string_view& text) {
    const auto digits = std::min(text.find_first_not_of("0123456789.,'_"), text.size());
    const auto number = parse_double(without_separators(text.substr(0, digits)));
    text.remove_prefix(digits);
    skip_spaces(text);
    const auto letters = std::min(text.find_first_of("0123456789. "), text.size());
    const auto* unit = std::ranges::find(units, lower_case(text.substr(0, letters)),
                                         &std::pair<std::string_view, double>::first);
    text.remove_prefix(letters);
    skip_spaces(text);
    if (!number || unit == units.end()) return std::nullopt;
    return *number * unit->second;
}

std::optional<double> hours_of(std::string_view text) {
    if (const auto plain = parse_double(without_separators(text))) return plain;
    skip_spaces(text);
    if (text.empty()) return std::nullopt;
    double hours = 0;
    while (!text.empty()) {
        const auto part = take_part(text);
        if (!part) return std::nullopt;
        hours += *part;
    }
    return hours;
}

}  // namespace

Result<double> parse_hours(std::string_view text, std::string_view what, double least, double most) {
    const auto hours = hours_of(text);
    if (hours && *hours >= least && *hours <= most) return *hours;
    constexpr double hardly_anything = 1e-3;
    const auto range = least < hardly_anything ? fmt::format("above 0, at most {}", most)
                                               : fmt::format("from {} to {}", least, most);
    return fail(ErrorCode::invalid_input,
                fmt::format("{} \"{}\" is no time {} hours; write the hours, or for example 90min, 72h, 3d",
                            what, text, range));
}

}  // namespace deepvm::base
