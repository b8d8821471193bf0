// SPDX-License-Identifier: GPL-3.0-or-later
// What survives a restart. Damaged or old values are ignored one by one, never trusted.
#pragma once

#include <QByteArray>
#include <QString>

#include "base/error.h"
#include "session/exploration.h"
#include "state/window_layout.h"

namespace deepvm::ui::state {

enum class Appearance { system, light, dark };

struct Remembered {
    session::Exploration exploration;
    Appearance appearance = Appearance::system;
    QByteArray geometry;  ///< of the window, empty for none
    WindowLayout layout;
    bool first = false;  ///< there was nothing to remember yet

    bool operator==(const Remembered&) const = default;
};

/// Several windows may keep theirs in one file: each writes what it has changed, and leaves the rest as the
/// file has it.
class Settings {
  public:
    /// Keeps them in `file`; an empty name keeps nothing (screenshots and tests).
    explicit Settings(QString file) : file_(std::move(file)) {}

    /// The file named by DEEPVM_SETTINGS, otherwise the user's own.
    static QString defaultFile();

    /// What is changed later is changed against this.
    Remembered load();
    /// Writes what has changed since load() or the last save(), whole or not at all: of own workloads and
    /// measurements one by one, of all else key by key. A file that is damaged or of another version is kept
    /// beside it under another name.
    base::Result<void> save(const Remembered& remembered);

  private:
    QString file_;
    Remembered known_;  ///< as it was last read or written here
};

}  // namespace deepvm::ui::state
