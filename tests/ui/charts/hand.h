// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand does to a chart and what an eye finds on it.
#pragma once

#include <QApplication>
#include <QChart>
#include <QGraphicsSimpleTextItem>
#include <QGraphicsView>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QTest>

#include "plot/overlay_items.h"

namespace deepvm::test {

inline QGraphicsView* viewOf(const QWidget& chart) {
    return chart.findChild<QGraphicsView*>();
}

/// A mouse event at a pixel of the view.
inline void send(const QWidget& chart, QEvent::Type type, QPointF at, Qt::MouseButton button = Qt::NoButton) {
    auto* target = viewOf(chart)->viewport();
    const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : button;
    QMouseEvent event(type, at, target->mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : button,
                      held, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

/// The pointer at a place of the view.
inline void movePointer(const QWidget& chart, QPointF at) {
    send(chart, QEvent::MouseMove, at);
}

inline void leave(const QWidget& chart) {
    QEvent event(QEvent::Leave);
    QApplication::sendEvent(viewOf(chart)->viewport(), &event);
}

template <typename Item>
QList<Item*> itemsOf(const QWidget& chart) {
    QList<Item*> found;
    for (auto* item : viewOf(chart)->scene()->items())
        if (auto* wanted = dynamic_cast<Item*>(item)) found << wanted;
    return found;
}

/// Those of them that one sees.
template <typename Item>
QList<Item*> shownOn(const QWidget& chart) {
    auto found = itemsOf<Item>(chart);
    found.removeIf([](const Item* item) { return !item->isVisible(); });
    return found;
}

/// The part of a chart that Qt Charts draws.
inline QChart* chartOf(const QWidget& chart) {
    return itemsOf<QChart>(chart).value(0);
}

/// Null: none.
inline const ui::plot::Callout* shownCallout(const QWidget& chart) {
    return shownOn<ui::plot::Callout>(chart).value(0);
}

/// The focus as the Tab key gives it.
inline bool focusByTab(QWidget& chart) {
    chart.activateWindow();
    if (!QTest::qWaitForWindowActive(&chart)) return false;
    chart.clearFocus();  // which the only widget of a window has by being shown
    chart.setFocus(Qt::TabFocusReason);
    return chart.hasFocus();
}

/// With plain spaces.
inline QString plain(QString text) {
    return text.replace(QChar(QChar::Nbsp), QLatin1Char(' '));
}

/// Any warning but the offscreen platform's own.
inline QRegularExpression anyWarning() {
    return QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)"));
}

inline const ui::plot::Callout* calloutOf(const QWidget& chart) {
    return itemsOf<ui::plot::Callout>(chart).front();
}

/// What is written on a chart, each text in one line, and where.
inline QList<QPair<QString, QRectF>> writtenOn(const QWidget& chart) {
    QList<QPair<QString, QRectF>> found;
    for (const auto* text : shownOn<QGraphicsSimpleTextItem>(chart))
        if (!text->text().isEmpty())
            found.append({text->text().replace(QLatin1Char('\n'), QLatin1Char(' ')),
                          text->sceneBoundingRect().adjusted(0, 2, 0, -2)});
    for (const auto* tag : shownOn<ui::plot::Tag>(chart))
        found.append({tag->text(), tag->sceneBoundingRect()});
    return found;
}

inline QStringList textsOn(const QWidget& chart) {
    QStringList found;
    for (const auto& [text, box] : writtenOn(chart))
        found << text;
    return found;
}

/// The text that lies on another one or leaves the view; empty where there is none.
inline QString illegibleOn(const QWidget& chart) {
    const auto written = writtenOn(chart);
    for (int i = 0; i < written.size(); ++i) {
        if (!QRectF(viewOf(chart)->rect()).adjusted(-1, -1, 1, 1).contains(written[i].second))
            return written[i].first + QStringLiteral(" leaves the chart");
        for (int j = 0; j < i; ++j)
            if (written[i].second.intersects(written[j].second))
                return written[i].first + QStringLiteral(" lies on ") + written[j].first;
    }
    return {};
}

/// Whether the callout stays inside wherever the pointer is.
inline bool calloutStaysInside(const QWidget& chart) {
    const QRectF all(viewOf(chart)->rect());
    for (int x = 0; x < viewOf(chart)->width(); x += 9)
        for (int y = 0; y < viewOf(chart)->height(); y += 9) {
            send(chart, QEvent::MouseMove, QPointF(x, y));
            const auto* callout = calloutOf(chart);
            if (callout->isVisible() && !all.contains(callout->sceneBoundingRect())) return false;
        }
    return true;
}

}  // namespace deepvm::test
