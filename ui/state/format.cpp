// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/format.h"

#include <array>
#include <cmath>

namespace deepvm::ui::state {
namespace {

constexpr QChar minus{0x2212};
constexpr QChar narrow_dash{0x2013};

/// Three significant digits for 1 <= |value| < 1000.
QString threeDigits(double value) {
    const double size = std::abs(value);
    return QString::number(value, 'f', size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

}  // namespace

QString money(base::Money amount) {
    return QLatin1Char('$') + QString::fromStdString(amount.decimal());
}

QString moneyPerHour(base::Money amount) {
    return money(amount) + QStringLiteral("/h");
}

QString costPerHour(base::Money cost) {
    return moneyPerHour(rounded_up(cost));
}

QString leftPerHour(base::Money left) {
    const auto rounded = rounded_down(left);
    return moneyPerHour(rounded > base::Money() ? rounded : left);  // next to nothing is not nothing
}

QString pricePerHour(base::Money price, base::Money budget) {
    const bool seems_to_fit = rounded_up(price) <= budget;
    return seems_to_fit == (price <= budget) ? costPerHour(price) : moneyPerHour(price);
}

QString si(double value, const QString& unit) {
    static constexpr std::array<const char*, 8> prefixes{"", "k", "M", "G", "T", "P", "E", "Z"};
    if (!std::isfinite(value)) return narrow_dash;
    std::size_t index = 0;
    double scaled = value;
    while (std::abs(scaled) >= 999.5 && index + 1 < prefixes.size()) {
        scaled /= 1000;
        ++index;
    }
    const QString prefix = QString::fromLatin1(prefixes[index]);
    return threeDigits(scaled) + (prefix.isEmpty() ? QString() : QLatin1Char(' ') + prefix) +
           QLatin1Char(' ') + unit;
}

QString tflops(double value) {
    if (!std::isfinite(value)) return narrow_dash;
    if (std::abs(value) >= 999.5e3) return threeDigits(value / 1e6) + QStringLiteral(" EFLOP/s");
    if (std::abs(value) >= 999.5) return threeDigits(value / 1e3) + QStringLiteral(" PFLOP/s");
    return threeDigits(value) + QStringLiteral(" TFLOP/s");
}

QString percent(double value) {
    if (!std::isfinite(value)) return narrow_dash;
    const int places = std::abs(value) < 99.95 ? 1 : 0;
    QString text = QString::number(std::abs(value), 'f', places) + QStringLiteral(" %");
    if (value < 0 && text != QStringLiteral("0.0 %")) text.prepend(minus);
    return text;
}

QString signedPercent(double value) {
    const QString text = percent(value);
    return value > 0 && text != QStringLiteral("0.0 %") ? QLatin1Char('+') + text : text;
}

QString decimal(double value, int places) {
    return std::isfinite(value) ? QString::number(value, 'f', places) : QString(narrow_dash);
}

QString whole(double value) {
    if (!std::isfinite(value)) return narrow_dash;
    QString text = QString::number(std::abs(value), 'f', 0);
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, QLatin1Char(','));
    return value < 0 && text != QLatin1String("0") ? minus + text : text;
}

QString duration(std::chrono::nanoseconds elapsed) {
    const double ms = static_cast<double>(elapsed.count()) / 1e6;
    if (ms >= 999.5) return QString::number(ms / 1000, 'f', 1) + QStringLiteral(" s");
    return QString::number(ms, 'f', ms < 9.95 ? 1 : 0) + QStringLiteral(" ms");
}

}  // namespace deepvm::ui::state
