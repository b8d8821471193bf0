// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/presenter.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace deepvm::ui::learn {
namespace {

constexpr int circle = 150;  // pixels of the design
constexpr float dimmed = 0.28F;

}  // namespace

PointerSpotlight::PointerSpotlight(QWidget* window)
    : QWidget(window), palette_(theme::palette(theme::Mode::light)) {
    setObjectName(QStringLiteral("pointerSpotlight"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    hide();
}

void PointerSpotlight::setOn(bool on) {
    if (on == on_) return;
    on_ = on;
    if (on) {
        qApp->installEventFilter(this);
        pointer_ = parentWidget()->mapFromGlobal(QCursor::pos());
        setGeometry(parentWidget()->rect());
        show();
        raise();
    } else {
        qApp->removeEventFilter(this);
        hide();
    }
}

void PointerSpotlight::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

bool PointerSpotlight::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::HoverMove ||
        event->type() == QEvent::Enter) {
        pointer_ = parentWidget()->mapFromGlobal(QCursor::pos());
        update();
    } else if (watched == parentWidget() && event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
    }
    return QWidget::eventFilter(watched, event);
}

void PointerSpotlight::paintEvent(QPaintEvent*) {
    QPainterPath around;
    around.addRect(rect());
    const double radius = theme::scaled(circle);
    around.addEllipse(QPointF(pointer_), radius, radius);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor shade = palette_.mode == theme::Mode::light ? palette_.text : palette_.ground;
    shade.setAlphaF(dimmed);
    painter.fillPath(around, shade);
}

}  // namespace deepvm::ui::learn
