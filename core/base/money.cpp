// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deepvm::base {
namespace {

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Money Money::from_usd(double usd) {
    return Money(std::llround(usd * micro_per_dollar));
}

Result<Money> Money::parse(std::string_view text, std::string_view what) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::invalid_input, fmt::format("{} \"{}\" {}", what, text, why));
    };
    if (text.size() > 1 && text.front() == '-' && (all_digits(text.substr(1, 1)) || text[1] == '.'))
        return refuse("is negative; give an amount of 0 or more");

    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    auto fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if ((whole.empty() && fraction.empty()) || !all_digits(whole) || !all_digits(fraction))
        return refuse("is not an amount in dollars; write it as digits, for example 2.90");
    // Price lists write more zeros than there are places: AWS has ten.
    while (fraction.size() > 6 && fraction.back() == '0')
        fraction.remove_suffix(1);
    if (fraction.size() > 6)
        return refuse("has more than 6 decimal places; prices are exact to a micro-dollar");

    std::int64_t micro = 0;
    for (const char c : whole) {
        micro = micro * 10 + (c - '0');
        if (micro > micro_per_dollar) return refuse(fmt::format("is more than {} dollars", micro_per_dollar));
    }
    for (std::size_t i = 0; i < 6; ++i)
        micro = micro * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    if (micro > largest().micro()) return refuse(fmt::format("is more than {} dollars", micro_per_dollar));
    return Money(micro);
}

std::string Money::decimal() const {
    const auto magnitude = micro_ < 0 ? -micro_ : micro_;
    auto text = fmt::format("{}{}.{:06}", micro_ < 0 ? "-" : "", magnitude / micro_per_dollar,
                            magnitude % micro_per_dollar);
    const auto shortest = text.size() - 4;  // keeps two decimal places
    while (text.size() > shortest && text.back() == '0')
        text.pop_back();
    return text;
}

}  // namespace deepvm::base
