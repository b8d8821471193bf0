// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "state/exploration_state.h"
#include "state/planning.h"
#include "state/risk_basis.h"
#include "widgets/log_slider.h"
#include "widgets/number_field.h"
#include "widgets/select_box.h"

class QLabel;

namespace deepvm::ui::panels {

/// How often spot machines are taken back: from what is known, or by hand. Moving the slider sets it by hand.
class RiskControl : public QWidget {
    Q_OBJECT

  public:
    RiskControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

  private:
    void buildBox();
    void chooseBasis(int index);
    void refresh();
    QString rateText() const;
    int basisOf(const problem::Risk& risk) const;

    state::ExplorationState& state_;
    state::Planning& planning_;
    std::vector<state::RiskBasis> bases_;
    widgets::SelectBox* basis_;
    widgets::LogSlider* slider_;
    widgets::NumberField* field_;
    QLabel* words_;
    QLabel* problem_;
};

}  // namespace deepvm::ui::panels
