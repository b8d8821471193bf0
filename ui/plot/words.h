// SPDX-License-Identifier: GPL-3.0-or-later
// How a chart writes numbers, and what it says of a mark. Arithmetic and text; nothing is drawn here.
#pragma once

#include <QFont>
#include <QString>
#include <QStringList>

namespace deepvm::ui::plot {

/// "12,345.7": English on every machine.
QString grouped(double value, int decimals);

/// "$5", or "$0.50" where the ticks are less than a dollar apart.
QString moneyTick(double usd, double step);

/// "0.5", "12,000": as many decimal places as the step needs, thousands grouped.
QString numberTick(double value, double step);

/// "+5.4 %", with a minus sign as wide as the plus.
QString percent(double value);

/// "10⁸"
QString powerOfTen(int exponent);

/// What a callout says: a line, and more lines below it.
struct CalloutText {
    QString title;
    QString detail;

    bool operator==(const CalloutText&) const = default;
};
/// The same for a screen reader: "title: first line; second line".
QString spoken(const CalloutText& text);

/// The first of `texts` that is at most `room` wide; the last, shortened, when none is.
QString fittingText(const QStringList& texts, const QFont& font, double room);

/// Broken at spaces into as few lines as fit the width, all about as long.
QString wrapped(const QString& text, const QFont& font, double width);

/// How wide the widest of several lines is.
double widestLine(const QString& lines, const QFont& font);

/// What a chart shows, as numbers to take away.
struct Table {
    QStringList head;
    QList<QStringList> rows;

    /// Comma-separated as in RFC 4180, in UTF-8.
    QByteArray csv() const;
};

}  // namespace deepvm::ui::plot
