// SPDX-License-Identifier: GPL-3.0-or-later
// What the views of the best tiering plan have in common: where there is none, why, and the way out.
#pragma once

#include "pages/page.h"
#include "planner/decision.h"

namespace deepvm::ui::pages {

class TieringPage : public Page {
    Q_OBJECT

  protected:
    /// `name` as for Page.
    TieringPage(const QString& name, state::ExplorationState& state, state::Planning& planning,
                QWidget* parent);

    /// Null where nothing of it fits.
    static const problem::Plan* bestTiering(const planner::Decision& decision);

    /// In place of the content: tiering is switched off, or fits no such budget, or there is no answer.
    void explainNone();

    state::Planning& planning_;

  private:
    void switchOn();
};

}  // namespace deepvm::ui::pages
