// SPDX-License-Identifier: GPL-3.0-or-later
// What survives a restart. Damaged or old values are ignored one by one, never trusted.
#pragma once

#include <QByteArray>
#include <QString>

#include "state/exploration.h"
#include "state/window_layout.h"

namespace deepvm::ui::state {

enum class Appearance { system, light, dark };

struct Remembered {
    Exploration exploration;
    Appearance appearance = Appearance::system;
    QByteArray geometry;  ///< of the window, empty for none
    WindowLayout layout;
    bool first = false;  ///< there was nothing to remember yet

    bool operator==(const Remembered&) const = default;
};

class Settings {
  public:
    /// Keeps them in `file`; an empty name keeps nothing (screenshots and tests).
    explicit Settings(QString file) : file_(std::move(file)) {}

    /// The file named by DEEPVM_SETTINGS, otherwise the user's own.
    static QString defaultFile();

    Remembered load() const;
    void save(const Remembered& remembered) const;

  private:
    QString file_;
};

}  // namespace deepvm::ui::state
