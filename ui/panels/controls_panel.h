// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QLabel>
#include <map>

#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/select_box.h"
#include "widgets/toggle_switch.h"

class QLabel;
class QVBoxLayout;

namespace deepvm::ui::panels {

/// The left column: what may be rented and what for. Every change is one undoable step.
class ControlsPanel : public QWidget {
    Q_OBJECT

  public:
    ControlsPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

  private:
    void addToggles(QVBoxLayout& column);
    void addSelects(QVBoxLayout& column);
    void refresh();
    QWidget* presetBlock();
    void refreshScene();
    void refreshWorkloads(const model::Market& market);

    state::ExplorationState& state_;
    state::Planning& planning_;
    std::map<problem::Architecture, widgets::ToggleSwitch*> toggles_;
    widgets::SelectBox* objective_;
    QLabel* objectiveNote_;
    QCheckBox* observed_;
    widgets::SelectBox* workload_;
    QLabel* workloadNote_;
    widgets::SelectBox* preset_;
    QWidget* presetBlock_;
};

}  // namespace deepvm::ui::panels
