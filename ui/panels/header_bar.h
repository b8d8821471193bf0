// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QToolButton>
#include <memory>

#include "panels/budget_field.h"
#include "panels/market_picker.h"
#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/log_slider.h"

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

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fitStatus();
    QWidget* budgetBlock();
    QWidget* statusBlock();
    void pick(const catalog::Selection& selection);
    void refreshBudget();
    void refreshRange();
    void refreshMarket();
    void refreshStatus();

    state::ExplorationState& state_;
    state::Planning& planning_;
    MarketPicker* market_;
    std::shared_ptr<const planner::Frontier> ranged_;  ///< whose steps the slider shows
    std::unique_ptr<widgets::LogScale> scale_;         ///< of that; null for the widest
    widgets::LogSlider* slider_;
    BudgetField* field_;
    QString problem_;  ///< with what is typed as a budget; empty for none
    QLabel* status_;
    QLabel* perHour_;
    QWidget* statusBlock_;
};

}  // namespace deepvm::ui::panels
