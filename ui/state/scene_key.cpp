// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/scene_key.h"

namespace deepvm::ui::state {

SceneKey::SceneKey(session::Exploration of) : exploration(std::move(of)) {
    exploration.budget = {};
    exploration.what_if_percent = 0;
    exploration.future_runs = 0;
    exploration.future_seed = 0;
}

}  // namespace deepvm::ui::state
