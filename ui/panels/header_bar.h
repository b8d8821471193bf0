// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QToolButton>

#include "panels/budget_field.h"
#include "panels/log_slider.h"
#include "panels/market_picker.h"
#include "state/exploration_state.h"
#include "state/planning.h"

class QHBoxLayout;
class QVBoxLayout;

namespace deepvm::ui::panels {

/// Where from, for how much, and how the answer came about.
class HeaderBar : public QFrame {
    Q_OBJECT

  public:
    HeaderBar(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

    void focusBudget() { slider_->setFocus(); }

  signals:
    void appearanceToggled();

  private:
    QWidget* budgetBlock();
    QWidget* statusBlock();
    void pick(const catalog::Selection& selection);
    void refreshBudget();
    void refreshMarket();
    void refreshStatus();

    state::ExplorationState& state_;
    state::Planning& planning_;
    MarketPicker* market_;
    LogSlider* slider_;
    BudgetField* field_;
    QString problem_;  ///< with what is typed as a budget; empty for none
    QLabel* status_;
};

}  // namespace deepvm::ui::panels
