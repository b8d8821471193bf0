// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/application_style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QStyleOption>

namespace deepvm::ui::theme {

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
