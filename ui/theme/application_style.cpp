// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/application_style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyleOption>

#include "theme/style_sheet.h"

namespace deepvm::ui::theme {

namespace {

// A style sheet can give a box no tick but a picture of one colour.
void drawCheckBox(const QStyleOption& option, const QPalette& palette, QPainter& painter) {
    const auto has = [&](QStyle::StateFlag flag) { return option.state.testFlag(flag); };
    const bool enabled = has(QStyle::State_Enabled);
    const bool on = has(QStyle::State_On);
    const QColor pale = palette.color(QPalette::Disabled, QPalette::Highlight);
    const QColor accent = palette.color(QPalette::Active, QPalette::Highlight);
    const QColor ground = palette.color(QPalette::Active, QPalette::Base);
    const QColor edge =
        enabled && (on || has(QStyle::State_HasFocus) || has(QStyle::State_MouseOver)) ? accent : pale;
    const double corner = scaled(4);
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(on && enabled ? accent : ground);
    painter.drawRoundedRect(box, corner, corner);
    const QColor ink = !enabled ? pale : palette.color(QPalette::Active, QPalette::HighlightedText);
    if (on && has(QStyle::State_HasFocus)) {  // the edge alone has the colour of the ground
        painter.setPen(QPen(ink, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), corner - 1, corner - 1);
    }
    if (on) {
        painter.setPen(QPen(ink, box.width() / 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&](double x, double y) {
            return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
        };
        painter.drawPolyline(QPolygonF{at(0.26, 0.52), at(0.43, 0.70), at(0.75, 0.32)});
    }
    painter.restore();
}

}  // namespace

ApplicationStyle::ApplicationStyle() : QProxyStyle(QStringLiteral("Fusion")) {
    QCoreApplication::instance()->installEventFilter(this);
}

int ApplicationStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* data) const {
    if (hint == SH_UnderlineShortcut) return alt_ ? 1 : 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QRect ApplicationStyle::subElementRect(SubElement element, const QStyleOption* option,
                                       const QWidget* widget) const {
    if (element != SE_HeaderArrow) return QProxyStyle::subElementRect(element, option, widget);
    constexpr int side = 8;  // inside of the padding that the style sheet gives a section
    return {option->rect.right() - side, option->rect.center().y() - side / 2, side, side};
}

int ApplicationStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const {
    constexpr int box = 16;
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight) return scaled(box);
    return QProxyStyle::pixelMetric(metric, option, widget);
}

void ApplicationStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                     const QWidget* widget) const {
    // A style sheet gives the widgets of a window palettes of its own making; the window's is the theme's.
    if (element == PE_IndicatorCheckBox)
        drawCheckBox(*option, widget != nullptr ? widget->window()->palette() : option->palette, *painter);
    else
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

bool ApplicationStyle::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
        case QEvent::ShortcutOverride:
            if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) setAlt(true);
            break;
        case QEvent::KeyRelease:
            if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) setAlt(false);
            break;
        case QEvent::ApplicationDeactivate:
        case QEvent::WindowDeactivate:
            setAlt(false);  // the release goes to another window
            break;
        default:
            break;
    }
    return QProxyStyle::eventFilter(watched, event);
}

void ApplicationStyle::setAlt(bool held) {
    if (held == alt_) return;
    alt_ = held;
    for (auto* widget : QApplication::allWidgets())
        if (qobject_cast<QMenuBar*>(widget) || qobject_cast<QMenu*>(widget)) widget->update();
}

}  // namespace deepvm::ui::theme
