// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <memory>

#include "charts/tornado_chart.h"
#include "explain/sensitivity.h"
#include "pages/page.h"
#include "state/highlight.h"
#include "state/planning.h"
#include "theme/style_sheet.h"
#include "widgets/percent_field.h"

namespace deepvm::ui::pages {

/// "What if": how far the answer on show would move if prices, networks or limits were a little different.
/// Planned anew in the background while the tab is on show; what is shown always speaks of one answer and one
/// percentage.
class WhatIfPanel : public Page, public theme::Coloured {
    Q_OBJECT

  public:
    WhatIfPanel(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;

  signals:
    void pinAsked(const deepvm::problem::Plan& plan);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// Asks about a percentage.
    using WhatIfStudy = state::StudyOf<int, explain::Sensitivity>;

    QWidget* header();
    QWidget* chartPage();
    void connectAll(state::Highlight& highlight);
    void refresh() override;
    void showFinding();
    void fitSubtitle();

    state::Planning& planning_;
    WhatIfStudy* study_;
    QLabel* title_;
    QLabel* subtitle_;
    widgets::PercentField* field_;
    charts::TornadoChart* chart_;
    QString subtitleText_;
    std::shared_ptr<const WhatIfStudy::Finding> shown_;
};

}  // namespace deepvm::ui::pages
