// SPDX-License-Identifier: GPL-3.0-or-later
// A hand that does anything to a window, as a person may, in a bad hour: one event after another, drawn by a
// seed.
#pragma once

#include <QPoint>
#include <QStringList>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <random>
#include <vector>

namespace deepvm::tests {

/// How long the event loop was kept by one event and all that came of it.
struct Blocked {
    double longest_ms = 0;  ///< processor time of the thread: the machine may be busy with other things
    QString what;
    int over_100_ms = 0;
};

class Hand {
  public:
    /// `files` are what it drops on the window.
    Hand(QWidget& window, unsigned seed, QStringList files);

    /// Does one thing, and lets the event loop work off what came of it.
    void act();
    /// Closes what stands before the window: menus, file choosers, questions.
    static void clear();

    const QStringList& lately() const { return lately_; }
    const Blocked& blocked() const { return blocked_; }
    int events() const { return events_; }

  private:
    using Action = void (Hand::*)();

    void click();
    void key();
    void type();
    void drag();
    void wheel();
    void resize();
    void drop();
    void undo();
    void hideAndShow();

    int below(int count);
    bool chance(int percent) { return below(100) < percent; }
    QWindow* target() const;
    QPoint place(const QWindow& in);
    QWidget* under(const QPoint& at) const;
    void note(const QString& what);

    QWidget& window_;
    QStringList files_;
    std::mt19937 random_;
    QStringList lately_;
    Blocked blocked_;
    QTimer closing_;
    int open_ = 0;
    int events_ = 0;
};

}  // namespace deepvm::tests
