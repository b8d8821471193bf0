// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

#include "pages/page.h"
#include "state/highlight.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::charts {
class FloppChart;
class FrontierChart;
}  // namespace deepvm::ui::charts

namespace deepvm::ui::pages {

/// What a budget buys over the machines that it can buy.
class ExplorePage : public Page, public theme::Coloured {
    Q_OBJECT

  public:
    ExplorePage(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                QWidget* parent = nullptr);

    QByteArray split() const { return split_->saveState(); }
    void setSplit(const QByteArray& split) { split_->restoreState(split); }
    void setColours(const theme::Palette& palette) override;

  signals:
    void pinAsked(const deepvm::problem::Plan& plan);

  private:
    void connectCharts(state::Highlight& highlight);
    void refresh() override;

    state::Planning& planning_;
    charts::FrontierChart* frontier_;
    charts::FloppChart* flopp_;
    QSplitter* split_;
    std::shared_ptr<const state::Scene> scene_;  ///< that is drawn
};

}  // namespace deepvm::ui::pages
