// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/page_rail.h"

#include <QButtonGroup>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>
#include <algorithm>

namespace deepvm::ui::window {
namespace {

// In a square of 20 by 20.
QPainterPath iconOf(std::string_view id) {
    QPainterPath path;
    if (id == "explore") {
        path.moveTo(2, 2), path.lineTo(2, 18), path.lineTo(18, 18);
        path.moveTo(5, 13), path.lineTo(9, 8), path.lineTo(12, 11), path.lineTo(17, 4);
    } else if (id == "explain") {
        path.addEllipse(QRectF(2, 2, 16, 16));
        path.moveTo(7.5, 8), path.cubicTo(7.5, 4.5, 12.5, 4.5, 12.5, 8);
        path.cubicTo(12.5, 10, 10, 10, 10, 12);
        path.moveTo(10, 14.3), path.lineTo(10, 14.8);
    } else if (id == "risk") {
        path.moveTo(10, 2), path.lineTo(17, 5), path.lineTo(17, 10);
        path.cubicTo(17, 14, 13.5, 17, 10, 18), path.cubicTo(6.5, 17, 3, 14, 3, 10);
        path.lineTo(3, 5), path.closeSubpath();
    } else if (id == "compare") {
        path.addRect(QRectF(3.5, 3, 5, 15));
        path.addRect(QRectF(11.5, 8, 5, 10));
    } else if (id == "catalog") {
        for (const double y : {4.0, 8.0, 12.0})
            path.moveTo(3, y), path.lineTo(17, y);
        path.moveTo(3, 16), path.lineTo(12, 16);
    } else {
        path.moveTo(1, 8), path.lineTo(10, 4), path.lineTo(19, 8), path.lineTo(10, 12), path.closeSubpath();
        path.moveTo(5, 10), path.lineTo(5, 14), path.cubicTo(7, 17, 13, 17, 15, 14), path.lineTo(15, 10);
    }
    return path;
}

}  // namespace

RailButton::RailButton(const PageName& page, QWidget* parent) : QAbstractButton(parent), id_(page.id) {
    setObjectName(QStringLiteral("page-") + QLatin1String(page.id));
    setText(PageRail::tr(page.title));
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setColours(theme::palette(theme::Mode::light));
}

void RailButton::setColours(const theme::Palette& palette) {
    palette_ = palette;
    updateGeometry();
    update();
}

QSize RailButton::sizeHint() const {
    const QFontMetrics metrics(theme::sized(font(), 11, QFont::DemiBold));
    return {metrics.horizontalAdvance(text()) + theme::scaled(16), theme::scaled(60)};
}

QSize RailButton::minimumSizeHint() const {
    const QFontMetrics metrics(theme::sized(font(), 11, QFont::DemiBold));
    return {sizeHint().width(), metrics.height() + theme::scaled(24)};
}

void RailButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked()) {
        painter.fillRect(rect(), palette_.selected);
        painter.fillRect(QRect(0, 0, 3, height()), palette_.accent);
    } else if (underMouse()) {
        painter.fillRect(rect(), palette_.ground);
    }
    const QColor ink = isChecked() ? palette_.accent : palette_.muted;
    painter.setFont(theme::sized(font(), 11, isChecked() ? QFont::DemiBold : QFont::Normal));
    const int word = painter.fontMetrics().height();
    const double side = theme::scaled(18);
    const double top = (height() - word - side - 4) / 2.0;
    painter.save();
    painter.translate((width() - side) / 2.0, top);
    painter.scale(side / 20, side / 20);
    painter.setPen(QPen(ink, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(iconOf(id_));
    painter.restore();
    painter.setPen(ink);
    painter.drawText(QRectF(0, top + side + 4, width(), word), Qt::AlignCenter, text());
    if (!hasFocus()) return;
    painter.setPen(QPen(palette_.accent, 1));
    painter.drawRect(rect().adjusted(4, 2, -4, -3));
}

PageRail::PageRail(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("pageRail"));
    setAccessibleName(tr("Pages"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    auto* group = new QButtonGroup(this);
    for (const auto& page : rail_pages) {
        auto* button = new RailButton(page);
        const QString id = QLatin1String(page.id);
        group->addButton(button);
        column->addWidget(button);
        buttons_[id] = button;
        connect(button, &QAbstractButton::clicked, this, [this, id] { emit picked(id); });
    }
    column->addStretch();
    setColours(theme::palette(theme::Mode::light));
}

void PageRail::select(const QString& id) {
    // Also none of them: the start page is not in the rail.
    for (const auto& [name, button] : buttons_) {
        button->group()->setExclusive(false);
        button->setChecked(name == id);
        button->group()->setExclusive(true);
    }
}

void PageRail::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void PageRail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette_.surface);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), palette_.line);
}

}  // namespace deepvm::ui::window
