// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <memory>

#include "charts/tornado_chart.h"
#include "explain/sensitivity.h"
#include "panels/percent_field.h"
#include "state/exploration_state.h"
#include "state/highlight.h"
#include "state/study.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::window {

/// "What if": how far the answer on show would move if prices, networks or limits were a little different.
/// Planned anew in the background while the tab is on show; what is shown always speaks of one answer and one
/// percentage.
class WhatIfTab : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    WhatIfTab(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
              QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// Asks about a percentage.
    using WhatIfStudy = state::StudyOf<int, explain::Sensitivity>;

    QWidget* header();
    QWidget* chartPage();
    QWidget* messagePage();
    void connectAll(state::Highlight& highlight);
    void refresh();
    void showFinding();
    void showMessage(const QString& text, const std::optional<problem::Plan>& wayOut = std::nullopt);
    void fitSubtitle();

    state::ExplorationState& state_;
    state::Planning& planning_;
    WhatIfStudy* study_;
    QLabel* title_;
    QLabel* subtitle_;
    panels::PercentField* field_;
    charts::TornadoChart* chart_;
    QStackedWidget* pages_;
    QLabel* message_;
    QPushButton* goTo_;
    QString subtitleText_;
    std::shared_ptr<const WhatIfStudy::Finding> shown_;
};

}  // namespace deepvm::ui::window
