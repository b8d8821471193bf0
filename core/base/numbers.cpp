// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/numbers.h"

#include <fmt/format.h>

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

}  // namespace

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

}  // namespace deepvm::base
