// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "models/offers_model.h"
#include "state/choice.h"
#include "state/exploration_state.h"
#include "state/highlight.h"
#include "state/planning.h"
#include "theme/style_sheet.h"

class QSortFilterProxyModel;
class QTabWidget;
class QTableView;
class QToolButton;

namespace deepvm::ui::charts {
class FloppChart;
class FrontierChart;
}  // namespace deepvm::ui::charts
namespace deepvm::ui::panels {
class ProgramPanel;
class WhyPanel;
}  // namespace deepvm::ui::panels

namespace deepvm::ui::window {

/// The middle of the window: the frontier over tabs with the instance types as a chart and as a table. The
/// one place that knows which charts there are.
class ChartsArea : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    ChartsArea(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
               state::Choice& choice, QWidget* parent = nullptr);

    /// As MainWindow::showTab().
    base::Result<void> showTab(const QString& name);
    /// Brings the reasons of the chosen plan to the front.
    void showWhy();

    void setColours(const theme::Palette& palette) override;

  private:
    QWidget* frontierCard();
    QWidget* tabsCard();
    QTableView* catalogTable();
    QToolButton* allTabs();
    void connectCharts();
    void refreshScene();

    state::ExplorationState& state_;
    state::Planning& planning_;
    state::Highlight& highlight_;
    state::Choice& choice_;
    charts::FrontierChart* frontier_;
    charts::FloppChart* flopp_;
    panels::WhyPanel* why_;
    panels::ProgramPanel* program_;
    QTabWidget* tabs_ = nullptr;
    models::OffersModel* offers_;
    QSortFilterProxyModel* sorted_;
};

}  // namespace deepvm::ui::window
