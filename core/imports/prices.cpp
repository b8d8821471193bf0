// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/dates.h"
#include "base/numbers.h"
#include "base/printable.h"

namespace deepvm::imports {
namespace {

using base::Money;

// A price that went through a binary number on its way has 15 to 17 digits, of which the first tell it.
std::optional<Money> of_double(std::string_view text) {
    constexpr std::size_t digits_of_a_double = 15;
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto value = base::parse_double(text);
    if (static_cast<std::size_t>(digits) < digits_of_a_double || !value || *value <= 0 || *value > 1e6)
        return std::nullopt;
    const auto near = Money::from_usd(*value);
    constexpr double last_places = 1e-15;
    if (std::abs(near.usd() - *value) > 4 * last_places * *value) return std::nullopt;
    return near;
}

bool has_decimal_comma(std::string_view text) {
    return std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

base::Result<Money> price(std::string_view given) {
    const auto text = trimmed(given);
    if (const auto exact = of_double(text)) return *exact;
    if (has_decimal_comma(text))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("price \"{}\" has a decimal comma; write a point", shown(text)));
    if (text.empty())
        return base::fail(base::ErrorCode::invalid_input, "price is blank; fill it in or remove the row");
    if (text.size() > 40)
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("price \"{}\" is not an amount in dollars", shown(text)));
    auto amount = Money::parse(text, "price");
    if (!amount) amount.error().message = shown(amount.error().message);
    if (amount && *amount == Money())
        return base::fail(base::ErrorCode::invalid_input, "price is 0; a price is above 0, remove the row");
    return amount;
}

bool is_no_price(std::string_view given) {
    const auto text = trimmed(given);
    if (text.empty() || text == "NaN" || text == "nan" || text == "N/A" || text == "null") return true;
    return text.find_first_not_of("0.") == std::string_view::npos;
}

std::optional<int> whole(std::string_view text, int most) {
    const auto value = base::parse_double(trimmed(text));
    if (!value || *value < 1 || *value > most || *value != std::floor(*value)) return std::nullopt;
    return static_cast<int>(*value);
}

std::optional<double> leading_number(std::string_view text) {
    std::string digits;
    for (const char c : trimmed(text)) {
        if ((c >= '0' && c <= '9') || c == '.')
            digits += c;
        else if (c != ',')
            break;
    }
    const auto value = base::parse_double(digits);
    return value && *value > 0 && *value <= 1e6 ? value : std::nullopt;
}

std::optional<double> line_gbps(std::string_view given) {
    const auto text = trimmed(given);
    if (text.find("Gigabit") == std::string_view::npos || text.starts_with("Up to")) return std::nullopt;
    const auto first = leading_number(text);
    const auto times = text.find("x ");
    if (!first || times == std::string_view::npos) return first;
    const auto each = leading_number(text.substr(times + 2));
    return each ? std::optional(*first * *each) : std::nullopt;
}

std::optional<std::string> day_of(std::string_view time) {
    const auto day = time.substr(0, 10);
    if (!base::parse_iso_date(day)) return std::nullopt;
    return std::string(day);
}

std::string today() {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day day(now);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string shown(std::string_view text) {
    constexpr std::size_t longest = 160;
    const auto line = base::printable(text.substr(0, 2 * longest));  // what is escaped becomes longer
    return line.size() <= longest ? line : std::string(base::beginning(line, longest)) + " ...";
}

}  // namespace deepvm::imports
