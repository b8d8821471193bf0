// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/natural_table.h"

#include <QEvent>
#include <QHeaderView>
#include <algorithm>

#include "pages/two_line_delegate.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::pages {
namespace {

constexpr int least_stretched = 112;  // pixels of the design

}  // namespace

NaturalTable::NaturalTable(QWidget* parent) : QTableView(parent) {
    setProperty("role", "page");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);  // Tab leaves the table; the arrow keys move in it
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    theme::setDesignRows(*this, TwoLineDelegate::row_height);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setSectionsClickable(false);
}

void NaturalTable::setModel(QAbstractItemModel* model) {
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &NaturalTable::fit);
    fit();
}

void NaturalTable::fit() {
    updateGeometry();
    fitColumns();
}

QSize NaturalTable::sizeHint() const {
    return {QTableView::sizeHint().width(), minimumSizeHint().height()};
}

QSize NaturalTable::minimumSizeHint() const {
    const int rows = model() != nullptr ? std::min(model()->rowCount(), most_rows) : 0;
    constexpr int bar = 8;  // of the style sheet; room for it, whether or not it is needed
    return {
        QTableView::minimumSizeHint().width(),
        horizontalHeader()->sizeHint().height() + rows * theme::scaled(TwoLineDelegate::row_height) + bar};
}

void NaturalTable::fitColumns() {
    if (!model()) return;
    const int columns = model()->columnCount();
    if (extra_) setColumnHidden(columns - 1, false);
    resizeColumnsToContents();
    const auto left = [&] { return viewport()->width() - horizontalHeader()->length(); };
    if (extra_ && left() < 0) setColumnHidden(columns - 1, true);
    // The stretched one gives way, too, as far as it can be read: its tool tip has all of it.
    const int least = std::min(columnWidth(stretched_), theme::scaled(least_stretched));
    setColumnWidth(stretched_, std::max(least, columnWidth(stretched_) + left()));
}

void NaturalTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void NaturalTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange && model() != nullptr) fit();
}

void NaturalTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    if (current.isValid()) emit rowFocused(visualRect(current).translated(viewport()->pos()));
}

}  // namespace deepvm::ui::pages
