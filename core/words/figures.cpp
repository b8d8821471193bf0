// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/figures.h"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <cmath>

namespace deepvm::words {
namespace {

// Three significant digits for 1 <= |value| < 1000.
std::string three_digits(double value) {
    const double size = std::abs(value);
    return fmt::format("{:.{}f}", value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

// Commas between the thousands of a whole number without a sign.
std::string grouped(std::string_view digits) {
    std::string text;
    for (std::size_t left = digits.size(); left > 0; --left) {
        if (!text.empty() && left % 3 == 0) text += ',';
        text += digits[digits.size() - left];
    }
    return text;
}

// A number and its unit, as of a figure that is known to a tenth or so.
std::pair<std::string, std::string_view> roughly(double hours) {
    const auto [value, unit] = hours < 1     ? std::pair(hours * 60, "min")
                               : hours < 100 ? std::pair(hours, "h")
                                             : std::pair(hours / 24, "d");
    return {fmt::format("{:.{}f}", value, value < 9.95 ? 1 : 0), unit};
}

}  // namespace

std::string_view times(Style style) {
    return style == Style::plain ? "x" : "×";
}

std::string_view minus(Style style) {
    return style == Style::plain ? "-" : "−";
}

std::string_view dash(Style style) {
    return style == Style::plain ? "-" : "–";
}

std::string money(base::Money amount) {
    return "$" + amount.decimal();
}

std::string per_hour(base::Money amount) {
    return money(amount) + "/h";
}

std::string cost_per_hour(base::Money cost) {
    return per_hour(rounded_up(cost));
}

std::string left_per_hour(base::Money left) {
    const auto rounded = rounded_down(left);
    return per_hour(rounded > base::Money() ? rounded : left);  // next to nothing is not nothing
}

std::string price_per_hour(base::Money price, base::Money budget) {
    const bool seems_to_fit = rounded_up(price) <= budget;
    return seems_to_fit == (price <= budget) ? cost_per_hour(price) : per_hour(price);
}

std::string dollars(double usd) {
    return usd < 1000 ? fmt::format("${:.2f}", usd) : "$" + grouped(fmt::format("{:.0f}", usd));
}

std::string rounded(double number) {
    if (number < 99.95) return fmt::format("{:.3g}", number);
    const double unit = std::pow(10, std::floor(std::log10(number)) - 2);
    return grouped(fmt::format("{:.0f}", std::round(number / unit) * unit));
}

Prefixed prefixed(double value, double next) {
    static constexpr std::array<std::string_view, 8> prefixes{"", "k", "M", "G", "T", "P", "E", "Z"};
    std::size_t index = 0;
    while (std::abs(value) >= next && index + 1 < prefixes.size()) {
        value /= 1000;
        ++index;
    }
    return {value, prefixes[index]};
}

std::string si(double value, std::string_view unit, Style style) {
    if (!std::isfinite(value)) return std::string(dash(style));
    const auto [scaled, prefix] = prefixed(value, 999.5);
    // The symbol of a unit takes its prefix at once; a word does not ("115 M samples").
    const auto* const space = prefix.empty() || unit.starts_with("FLOP") ? "" : " ";
    return fmt::format("{} {}{}{}", three_digits(scaled), prefix, space, unit);
}

std::string tflops(double value, Style style) {
    if (!std::isfinite(value)) return std::string(dash(style));
    if (std::abs(value) >= 999.5e3) return three_digits(value / 1e6) + " EFLOP/s";
    if (std::abs(value) >= 999.5) return three_digits(value / 1e3) + " PFLOP/s";
    return three_digits(value) + " TFLOP/s";
}

std::string percent(double value, Style style) {
    if (!std::isfinite(value)) return std::string(dash(style));
    const auto text = fmt::format("{:.{}f} %", std::abs(value), std::abs(value) < 99.95 ? 1 : 0);
    return value < 0 && text != "0.0 %" ? std::string(minus(style)) + text : text;
}

std::string signed_percent(double value, Style style) {
    const auto text = percent(value, style);
    return value > 0 && text != "0.0 %" ? "+" + text : text;
}

std::string decimal(double value, int places, Style style) {
    return std::isfinite(value) ? fmt::format("{:.{}f}", value, places) : std::string(dash(style));
}

std::string whole(double value, Style style) {
    if (!std::isfinite(value)) return std::string(dash(style));
    const auto text = grouped(fmt::format("{:.0f}", std::abs(value)));
    return value < 0 && text != "0" ? std::string(minus(style)) + text : text;
}

std::string elapsed(std::chrono::nanoseconds time) {
    const double ms = static_cast<double>(time.count()) / 1e6;
    if (ms >= 999.5) return fmt::format("{:.1f} s", ms / 1000);
    return fmt::format("{:.{}f} ms", ms, ms < 9.95 ? 1 : 0);
}

std::string seconds(double value) {
    if (value == 0) return "0 s";
    if (value < 0.9995) return fmt::format("{:.{}f} ms", value * 1000, value < 0.00995 ? 1 : 0);
    if (value < 60) return fmt::format("{:.1f} s", value);
    if (value < 3600) return fmt::format("{:.1f} min", value / 60);
    if (value < 100 * 3600) return fmt::format("{:.1f} h", value / 3600);
    const double days = value / (24 * 3600);
    return days < 100 ? fmt::format("{:.1f} d", days) : grouped(fmt::format("{:.0f}", days)) + " d";
}

std::string hours(double value) {
    return seconds(value * 3600);
}

std::string hours_range(double low, double high) {
    const auto [from, from_unit] = roughly(low);
    const auto [to, to_unit] = roughly(high);
    if (from_unit == to_unit) return fmt::format("{} to {} {}", from, to, to_unit);
    return fmt::format("{} {} to {} {}", from, from_unit, to, to_unit);
}

std::string listed(std::span<const std::string> things) {
    std::string all;
    for (std::size_t i = 0; i < things.size(); ++i) {
        all += i == 0 ? "" : i + 1 == things.size() ? " and " : ", ";
        all += things[i];
    }
    return all;
}

std::string counted(int count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string sentence(std::string text) {
    if (!text.empty())
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

}  // namespace deepvm::words
