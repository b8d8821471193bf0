// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/two_line_delegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "models/program_rows_model.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::pages {
namespace {

constexpr int side = 6;  // between a cell's text and its edge

QFont firstFont(const QFont& base, const QModelIndex& index) {
    const bool marked = index.data(models::marked_role).toBool();
    return theme::sized(base, 13, marked ? QFont::DemiBold : QFont::Normal);
}

QFont secondFont(const QFont& base) {
    return theme::sized(base, 12);
}

double figureWidth(const QFontMetricsF& metrics) {
    double widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

double letterWidth(const QFontMetricsF& metrics, QChar letter, double figure) {
    return letter.isDigit() ? figure : metrics.horizontalAdvance(letter);
}

double numberWidth(const QFontMetricsF& metrics, const QString& number) {
    const double figure = figureWidth(metrics);
    double width = 0;
    for (const QChar letter : number)
        width += letterWidth(metrics, letter, figure);
    return width;
}

/// Right-aligned, every figure in the middle of the width of the widest.
void drawNumber(QPainter& painter, const QRectF& rect, const QString& number) {
    const QFontMetricsF metrics(painter.font());
    const double figure = figureWidth(metrics);
    const double baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    double left = rect.right() - numberWidth(metrics, number);
    for (const QChar letter : number) {
        const double width = letterWidth(metrics, letter, figure);
        painter.drawText(QPointF(left + (width - metrics.horizontalAdvance(letter)) / 2, baseline), letter);
        left += width;
    }
}

QString elided(const QString& text, const QFont& font, double room) {
    return QFontMetricsF(font).elidedText(text, Qt::ElideRight, room);
}

}  // namespace

TwoLineDelegate::TwoLineDelegate(QObject* parent)
    : QStyledItemDelegate(parent), palette_(theme::palette(theme::Mode::light)) {}

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString first = cell.text;
    cell.text.clear();  // the style draws the ground, the line below and the focus
    const auto* style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const QString second = index.data(models::subtitle_role).toString();
    const bool number = index.data(models::number_role).toBool();
    const auto align = index.data(Qt::TextAlignmentRole).toInt();
    const QRectF all = QRectF(option.rect).adjusted(side, 2, -side, -3);
    QRectF upper = all;
    if (!second.isEmpty()) upper.setHeight(all.height() / 2 + 1);
    painter->save();
    painter->setFont(firstFont(option.font, index));
    painter->setPen(palette_.text);
    if (number)
        drawNumber(*painter, upper, first);
    else
        painter->drawText(upper, align, elided(first, painter->font(), upper.width()));
    if (!second.isEmpty()) {
        painter->setFont(secondFont(option.font));
        painter->setPen(palette_.muted);
        painter->drawText(QRectF(all.left(), upper.bottom(), all.width(), all.bottom() - upper.bottom()),
                          align, elided(second, painter->font(), all.width()));
    }
    painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetricsF first(firstFont(option.font, index));
    const QFontMetricsF second(secondFont(option.font));
    const QString text = index.data(Qt::DisplayRole).toString();
    const double upper =
        index.data(models::number_role).toBool() ? numberWidth(first, text) : first.horizontalAdvance(text);
    const double lower = second.horizontalAdvance(index.data(models::subtitle_role).toString());
    return {static_cast<int>(std::ceil(std::max(upper, lower))) + 2 * side + 2, theme::scaled(row_height)};
}

bool TwoLineDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index) {
    const bool asks = event->type() == QEvent::ToolTip && index.isValid();
    if (!asks || sizeHint(option, index).width() <= option.rect.width())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList lines{index.data(Qt::AccessibleTextRole).toString(), index.data(Qt::ToolTipRole).toString()};
    lines.removeAll(QString());
    QToolTip::showText(event->globalPos(), lines.join(QLatin1Char('\n')), view);
    return true;
}

}  // namespace deepvm::ui::pages
