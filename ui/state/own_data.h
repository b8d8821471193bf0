// SPDX-License-Identifier: GPL-3.0-or-later
// What a person brings along, workloads and measured epoch times, kept with the settings.
#pragma once

#include <QSettings>

#include "session/exploration.h"

namespace deepvm::ui::state {

/// Makes the changes from `before` to `now`; workloads and types that are the same in both stay as `settings`
/// has them.
void saveOwnData(QSettings& settings, const session::Exploration& before, const session::Exploration& now);

/// Entries that are damaged or out of range are left out; measurements are fitted anew.
void loadOwnData(QSettings& settings, session::Exploration& exploration);

}  // namespace deepvm::ui::state
