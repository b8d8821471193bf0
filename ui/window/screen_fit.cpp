// SPDX-License-Identifier: GPL-3.0-or-later
// The window on its screen: never larger than what can be seen of it.
#include <QScreen>
#include <QShowEvent>
#include <QWindow>
#include <algorithm>

#include "window/main_window.h"

namespace deepvm::ui::window {

void MainWindow::fitTo(const QRect& available) {
    // Once it is shown, the desktop keeps such a window to the screen; before, what it goes back to is meant.
    const auto states = windowState();
    const bool filling = states.testAnyFlags(Qt::WindowMaximized | Qt::WindowFullScreen);
    if (filling && isVisible()) return;
    if (filling) setWindowState(states & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
    const QSize frame = frameGeometry().size() - size();
    setMinimumSize(least_size.boundedTo(available.size() - frame));
    resize(size().boundedTo(available.size() - frame));
    const QRect outer = frameGeometry();
    const QPoint last = available.bottomRight() - QPoint(outer.width() - 1, outer.height() - 1);
    move(std::clamp(x(), available.x(), std::max(available.x(), last.x())),
         std::clamp(y(), available.y(), std::max(available.y(), last.y())));
    if (filling) setWindowState(states);
}

void MainWindow::stayOnScreen() {
    stays_ = true;
    fitToScreen();
}

void MainWindow::fitToScreen() {
    if (stays_) fitTo(screen()->availableGeometry());
}

// The frame is known soon after the window is shown; the screen may change while it is.
void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!stays_ || event->spontaneous()) return;
    constexpr int framed_ms = 200;
    QTimer::singleShot(framed_ms, this, &MainWindow::fitToScreen);
    if (watched_ == windowHandle()) return;
    watched_ = windowHandle();
    connect(watched_, &QWindow::screenChanged, this, &MainWindow::watchScreen);
    watchScreen(screen());
}

void MainWindow::watchScreen(QScreen* screen) {
    disconnect(ofScreen_);
    if (screen == nullptr) return;
    ofScreen_ = connect(screen, &QScreen::availableGeometryChanged, this, &MainWindow::fitToScreen);
    QTimer::singleShot(0, this, &MainWindow::fitToScreen);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) QTimer::singleShot(0, this, &MainWindow::fitToScreen);
}

}  // namespace deepvm::ui::window
