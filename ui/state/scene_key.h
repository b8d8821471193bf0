// SPDX-License-Identifier: GPL-3.0-or-later
// What tells one frontier from another.
#pragma once

#include "session/exploration.h"

namespace deepvm::ui::state {

/// All of an exploration but its budget and what no plan depends on: as long as it stays, the frontier stays.
struct SceneKey {
    session::Exploration exploration;  ///< with these set to zero

    explicit SceneKey(session::Exploration of);
    bool operator==(const SceneKey&) const = default;
};

}  // namespace deepvm::ui::state
