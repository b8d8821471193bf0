// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of words/figures.h as the window shows them: typographic, in the strings of Qt.
#pragma once

#include <QString>

#include "words/figures.h"

namespace deepvm::ui::wording {

inline constexpr auto in_print = words::Style::typographic;

inline QString said(const std::string& text) {
    return QString::fromStdString(text);
}

inline QString money(base::Money amount) {
    return said(words::money(amount));
}
inline QString moneyPerHour(base::Money amount) {
    return said(words::per_hour(amount));
}
inline QString costPerHour(base::Money cost) {
    return said(words::cost_per_hour(cost));
}
inline QString leftPerHour(base::Money left) {
    return said(words::left_per_hour(left));
}
inline QString pricePerHour(base::Money price, base::Money budget) {
    return said(words::price_per_hour(price, budget));
}
inline QString dollars(double usd) {
    return said(words::dollars(usd));
}
inline QString si(double value, const QString& unit) {
    return said(words::si(value, unit.toStdString(), in_print));
}
inline QString tflops(double value) {
    return said(words::tflops(value, in_print));
}
inline QString percent(double value) {
    return said(words::percent(value, in_print));
}
inline QString signedPercent(double value) {
    return said(words::signed_percent(value, in_print));
}
inline QString decimal(double value, int places) {
    return said(words::decimal(value, places, in_print));
}
inline QString whole(double value) {
    return said(words::whole(value, in_print));
}
inline QString duration(std::chrono::nanoseconds elapsed) {
    return said(words::elapsed(elapsed));
}
inline QString seconds(double value) {
    return said(words::seconds(value));
}
inline QString hours(double value) {
    return said(words::hours(value));
}

}  // namespace deepvm::ui::wording
