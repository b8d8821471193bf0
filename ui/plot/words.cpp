// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/words.h"

#include <QFontMetricsF>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::plot {
namespace {

int decimalsFor(double step) {
    for (int decimals = 0; decimals < 6; ++decimals) {
        const double scaled = step * std::pow(10.0, decimals);
        if (std::abs(scaled - std::round(scaled)) < 1e-6) return decimals;
    }
    return 6;
}

QStringList linesWithin(double width, const QString& text, const QFontMetricsF& metrics) {
    QStringList lines;
    for (const auto& word : text.split(QLatin1Char(' '))) {
        const QString longer = lines.isEmpty() ? word : lines.back() + QLatin1Char(' ') + word;
        if (!lines.isEmpty() && metrics.horizontalAdvance(longer) <= width)
            lines.back() = longer;
        else
            lines << word;
    }
    return lines;
}

QString csvLine(const QStringList& fields) {
    QStringList quoted;
    for (QString field : fields) {
        const bool plain = std::ranges::none_of(
            field, [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
        quoted << (plain ? field : u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"');
    }
    return quoted.join(u',') + QStringLiteral("\r\n");
}

}  // namespace

QString grouped(double value, int decimals) {
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    return english.toString(value, 'f', decimals);
}

QString moneyTick(double usd, double step) {
    const bool whole = usd == 0 || decimalsFor(step) == 0;
    return QStringLiteral("$") + grouped(usd, whole ? 0 : std::max(2, decimalsFor(step)));
}

QString numberTick(double value, double step) {
    return value == 0 ? QStringLiteral("0") : grouped(value, decimalsFor(step));
}

QString percent(double value) {
    const QString sign = value < 0 ? QStringLiteral("\u2212") : QStringLiteral("+");
    return sign + grouped(std::abs(value), std::abs(value) < 100 ? 1 : 0) + QStringLiteral("\u00A0%");
}

QString powerOfTen(int exponent) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text = QStringLiteral("10");
    if (exponent < 0) text += QStringLiteral("⁻");
    const QString magnitude = QString::number(std::abs(exponent));
    for (const QChar digit : magnitude)
        text += digits[digit.digitValue()];
    return text;
}

QString spoken(const CalloutText& text) {
    return text.title + QStringLiteral(": ") + QString(text.detail).replace(u'\n', QLatin1String("; "));
}

QString fittingText(const QStringList& texts, const QFont& font, double room) {
    const QFontMetricsF metrics(font);
    for (const QString& text : texts)
        if (metrics.horizontalAdvance(text) <= room) return text;
    return texts.isEmpty() ? QString() : metrics.elidedText(texts.back(), Qt::ElideRight, room);
}

QString wrapped(const QString& text, const QFont& font, double width) {
    const QFontMetricsF metrics(font);
    QStringList lines = linesWithin(width, text, metrics);
    for (double less = width - 4; less > 0; less -= 4) {
        const QStringList narrower = linesWithin(less, text, metrics);
        if (narrower.size() > lines.size()) break;
        lines = narrower;
    }
    return lines.join(u'\n');
}

double widestLine(const QString& lines, const QFont& font) {
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const auto& line : lines.split(u'\n'))
        width = std::max(width, metrics.horizontalAdvance(line));
    return width;
}

QByteArray Table::csv() const {
    QString text = csvLine(head);
    for (const auto& row : rows)
        text += csvLine(row);
    return text.toUtf8();
}

}  // namespace deepvm::ui::plot
