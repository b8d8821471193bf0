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

// A window that fits may stand over an edge, as its person put it, so long as a hand can take it back.
void MainWindow::followScreen() {
    constexpr int reach = 40;
    const QRect available = screen()->availableGeometry();
    const QRect outer = frameGeometry();
    const bool fits = outer.size() == outer.size().boundedTo(available.size());
    const bool reachable = available.adjusted(reach, reach, -reach, -reach).intersects(outer);
    if (!fits || !reachable || windowState().testAnyFlags(Qt::WindowMaximized | Qt::WindowFullScreen))
        fitToScreen();
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
    ofScreen_ = connect(screen, &QScreen::availableGeometryChanged, this, &MainWindow::followScreen);
    QTimer::singleShot(0, this, &MainWindow::followScreen);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) QTimer::singleShot(0, this, &MainWindow::followScreen);
}

}  // namespace deepvm::ui::window
