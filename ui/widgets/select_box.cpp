// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/select_box.h"

#include <QListView>
#include <QPainter>
#include <QSignalBlocker>
#include <QWheelEvent>

namespace deepvm::ui::widgets {

SelectBox::SelectBox(QWidget* parent) : QComboBox(parent) {
    setView(new QListView(this));  // the style sheet styles the items of a view of ours only
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    setColours(theme::palette(theme::Mode::light));
}

void SelectBox::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void SelectBox::select(const QVariant& value) {
    const QSignalBlocker quiet(this);
    setCurrentIndex(findData(value));
}

void SelectBox::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    QPainter painter(this);
    drawArrow(painter, QPointF(width() - 18, height() / 2.0), palette_.muted);
}

void SelectBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

void drawArrow(QPainter& painter, QPointF centre, const QColor& colour) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(
        QPolygonF({centre + QPointF(-4, -2), centre + QPointF(0, 2), centre + QPointF(4, -2)}));
}

}  // namespace deepvm::ui::widgets
