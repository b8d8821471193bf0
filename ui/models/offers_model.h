// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "offers/filter.h"

namespace deepvm::ui::models {

/// The offers of a table that a filter lets through, sorted. What is shown, what a tooltip explains, what a
/// screen reader says and what names the type are different roles. Filters and sorts lists of row numbers:
/// thousands of offers within a frame.
class OffersModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Role { type_role = Qt::UserRole + 1 };  ///< model::type_id()

    using QAbstractTableModel::QAbstractTableModel;

    /// The fields that columns show, by column.
    static std::span<const offers::Field> columns();
    static int columnOf(offers::Field field);

    /// Null for no rows. Order and filter stay.
    void setTable(std::shared_ptr<const offers::Table> table);
    const std::shared_ptr<const offers::Table>& table() const { return table_; }
    void setFilter(const offers::OfferFilter& filter);
    const offers::OfferFilter& filter() const { return filter_; }
    void sort(int column, Qt::SortOrder order) override;

    /// The table's row on show in `row`.
    std::size_t offerAt(int row) const { return shown_[static_cast<std::size_t>(row)]; }
    /// Where the table's row is on show; nothing where it is not.
    std::optional<int> rowOf(std::size_t offer) const;

    /// These rows of these columns with the names of the columns above, as they are shown but for the commas
    /// between thousands: for a spreadsheet, and as CSV.
    QString tabbed(const std::vector<int>& rows, const std::vector<int>& columns) const;
    std::string csv(const std::vector<int>& columns) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(std::size_t offer, offers::Field field) const;
    QString plain(std::size_t offer, offers::Field field) const;
    QString explanation(std::size_t offer, offers::Field field) const;
    bool staleIn(std::size_t offer, offers::Field field) const;
    void arrange();
    void choose();

    std::shared_ptr<const offers::Table> table_;
    offers::OfferFilter filter_;
    int sortColumn_ = -1;
    Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
    std::vector<std::uint32_t> sorted_;  ///< all rows of the table
    std::vector<std::uint32_t> shown_;   ///< of them those that the filter lets through
};

}  // namespace deepvm::ui::models
