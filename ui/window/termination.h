// SPDX-License-Identifier: GPL-3.0-or-later
// What a logout, a shutdown or a closed terminal sends, as a signal of Qt.
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace deepvm::ui::window {

/// One in a program, on the thread of the event loop. SIGTERM, SIGHUP and SIGINT no longer end the program
/// as long as it lives; a second one of the same kind does. One that was ignored before stays so.
class Termination : public QObject {
    Q_OBJECT

  public:
    explicit Termination(QObject* parent = nullptr);
    ~Termination() override;

  signals:
    void requested();

  private:
    void read();

    QSocketNotifier arrived_;
};

}  // namespace deepvm::ui::window
