// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/offers_page.h"

#include <QHeaderView>
#include <algorithm>

#include "theme/style_sheet.h"

namespace deepvm::ui::pages {

OffersPage::OffersPage(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                       QWidget* parent)
    : Page(QStringLiteral("offers"), state, parent),
      planning_(planning),
      offers_(new models::OffersModel(this)),
      sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView) {
    sorted_->setSourceModel(offers_);
    sorted_->setSortRole(models::OffersModel::sort_role);
    table_->setObjectName(QStringLiteral("catalogTable"));
    table_->setModel(sorted_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(models::OffersModel::spot, Qt::AscendingOrder);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    theme::setDesignRows(*table_, 30);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its coming would take room from the columns
    table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setTabKeyNavigation(false);  // Tab leaves the table; the arrow keys move in it
    setContent(table_);
    showContent();
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [&highlight](const QModelIndex& row) {
                highlight.setType(row.data(models::OffersModel::type_role).toString());
            });
    connect(&planning_, &state::Planning::sceneChanged, this, &OffersPage::refreshShown);
}

void OffersPage::fitColumns() {
    table_->horizontalHeader()->setStretchLastSection(false);
    table_->resizeColumnsToContents();
    const int widest = theme::scaled(200);
    for (int column = 0; column < models::OffersModel::column_count; ++column)
        if (table_->columnWidth(column) > widest) table_->setColumnWidth(column, widest);
    accelerators_ = table_->columnWidth(models::OffersModel::accelerator);
    others_ = table_->horizontalHeader()->length() - accelerators_;
    table_->horizontalHeader()->setStretchLastSection(true);
    fitAccelerators();
}

// The longest texts of all, and none for most types: they give way before the last column is cut.
void OffersPage::fitAccelerators() {
    const int least = std::min(accelerators_, theme::scaled(112));
    table_->setColumnWidth(models::OffersModel::accelerator,
                           std::clamp(table_->viewport()->width() - others_, least, accelerators_));
}

void OffersPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    if (scene_) fitAccelerators();
}

void OffersPage::refresh() {
    if (planning_.scene() == scene_) return;
    scene_ = planning_.scene();
    offers_->setMarket(scene_ ? scene_->market : nullptr);
    fitColumns();
}

}  // namespace deepvm::ui::pages
