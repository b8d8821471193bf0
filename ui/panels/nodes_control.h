// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QLineEdit>

#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/log_slider.h"

namespace deepvm::ui::panels {

/// "Nodes at most": a slider and a field. An empty field takes the ceiling back to what the market allows.
class NodesControl : public QWidget {
    Q_OBJECT

  public:
    NodesControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

  private:
    void refresh();
    void typed();
    void set(std::optional<int> nodes);
    int allowed() const;

    state::ExplorationState& state_;
    state::Planning& planning_;
    widgets::LogSlider* slider_;
    QLineEdit* field_;
    QLabel* note_;
};

}  // namespace deepvm::ui::panels
