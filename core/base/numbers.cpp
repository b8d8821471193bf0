// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace deepvm::base {
namespace {

template <typename T>
std::optional<T> parse_whole(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

template <typename T>
Result<T> within(std::optional<T> value, std::string_view text, std::string_view what, T least, T most) {
    if (value && *value >= least && *value <= most) return *value;
    return fail(ErrorCode::invalid_input,
                fmt::format("{} \"{}\" is not {} from {} to {}", what, text,
                            std::is_integral_v<T> ? "a whole number" : "a number", least, most));
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// What may stand between thousands, a no-break space and a narrow one in UTF-8 included.
constexpr std::string_view separators[] = {",", " ", "'", "_", "\u00a0", "\u202f"};

// The separator at the front of `text`; empty for none.
std::string_view separator_of(std::string_view text) {
    for (const auto separator : separators)
        if (text.starts_with(separator)) return separator;
    return {};
}

}  // namespace

std::string without_separators(std::string_view text) {
    constexpr std::size_t group = 3;
    const auto count_digits = [](std::string_view of) {
        return static_cast<std::size_t>(std::ranges::find_if_not(of, is_digit) - of.begin());
    };
    const auto first = count_digits(text);
    std::string number(text.substr(0, first));
    auto rest = text.substr(first);
    const auto between = separator_of(rest);
    if (first == 0 || first > group || between.empty()) return std::string(text);
    while (rest.starts_with(between)) {
        rest.remove_prefix(between.size());
        if (count_digits(rest) != group) return std::string(text);
        number += rest.substr(0, group);
        rest.remove_prefix(group);
    }
    const bool fraction = rest.starts_with('.') && count_digits(rest.substr(1)) + 1 == rest.size();
    if (!rest.empty() && !fraction) return std::string(text);
    return number.append(rest);
}

std::optional<double> parse_double(std::string_view text) {
    const auto value = parse_whole<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    return parse_whole<std::int64_t>(text);
}

Result<double> parse_number(std::string_view text, std::string_view what, double least, double most) {
    return within(parse_double(text), text, what, least, most);
}

Result<std::int64_t> parse_count(std::string_view text, std::string_view what, std::int64_t least,
                                 std::int64_t most) {
    return within(parse_integer(text), text, what, least, most);
}

Result<double> parse_typed_number(std::string_view text, std::string_view what, double least, double most) {
    return within(parse_double(without_separators(text)), text, what, least, most);
}

Result<std::int64_t> parse_typed_count(std::string_view text, std::string_view what, std::int64_t least,
                                       std::int64_t most) {
    return within(parse_integer(without_separators(text)), text, what, least, most);
}

}  // namespace deepvm::base
