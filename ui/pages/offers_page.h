// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>

#include "models/offers_model.h"
#include "pages/page.h"
#include "state/highlight.h"

namespace deepvm::ui::pages {

/// The offers of the market as a table.
class OffersPage : public Page {
    Q_OBJECT

  public:
    OffersPage(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
               QWidget* parent = nullptr);

  private:
    void fitColumns();
    void fitAccelerators();
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

    state::Planning& planning_;
    models::OffersModel* offers_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    int accelerators_ = 0;                       ///< pixels that their column takes where there is room
    int others_ = 0;                             ///< and all the others together
    std::shared_ptr<const state::Scene> scene_;  ///< whose offers are listed
};

}  // namespace deepvm::ui::pages
