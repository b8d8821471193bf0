// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/outline.h"

#include <QEvent>
#include <QPainter>

namespace deepvm::ui::learn {
namespace {

constexpr int gap = 4;
constexpr int radius = 8;

}  // namespace

Outline::Outline(QWidget* window) : QWidget(window), palette_(theme::palette(theme::Mode::light)) {
    setObjectName(QStringLiteral("lessonOutline"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    window->installEventFilter(this);
    hide();
}

void Outline::surround(QWidget* part) {
    if (part == part_) return follow();
    for (const auto& each : watched_)
        if (each) each->removeEventFilter(this);
    watched_.clear();
    part_ = part;
    for (auto* each = part; each != nullptr && each != parentWidget(); each = each->parentWidget()) {
        each->installEventFilter(this);
        watched_.emplace_back(each);
    }
    follow();
}

void Outline::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

// The part as far as it can be seen, within whatever scrolls it.
void Outline::follow() {
    if (!part_ || !part_->isVisible()) return hide();
    QRect place(part_->mapTo(parentWidget(), QPoint(0, 0)), part_->size());
    for (auto* around = part_->parentWidget(); around != nullptr && around != parentWidget();
         around = around->parentWidget())
        place &= QRect(around->mapTo(parentWidget(), QPoint(0, 0)), around->size());
    if (place.isEmpty()) return hide();
    setGeometry(place.adjusted(-gap, -gap, gap, gap) & parentWidget()->rect());
    show();
    raise();
}

bool Outline::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Resize:
        case QEvent::Move:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::LayoutRequest:
            // What moves now has its place when the layout is done.
            QMetaObject::invokeMethod(this, &Outline::follow, Qt::QueuedConnection);
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void Outline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette_.accent, 2.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius);
}

}  // namespace deepvm::ui::learn
