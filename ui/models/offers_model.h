// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <memory>
#include <vector>

#include "model/market.h"

namespace deepvm::ui::models {

/// The instance types of a market with what they cost where, one row an offer. What is shown, what is sorted
/// by, what a tooltip explains and what names the type are different roles.
class OffersModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        type,
        on_demand,
        spot,
        vcpus,
        memory,
        network,
        accelerator,
        region,
        basis,
        as_of,
        column_count
    };
    enum Role { sort_role = Qt::UserRole + 1, type_role };  ///< type_role: model::type_id()

    using QAbstractTableModel::QAbstractTableModel;

    /// Null for no rows.
    void setMarket(std::shared_ptr<const model::Market> market);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        const model::Place* place;
        const model::Offer* offer;
        const model::InstanceType* type;
    };
    QString text(const Row& row, int column) const;
    QVariant sortKey(const Row& row, int column) const;
    QString explanation(const Row& row, int column) const;
    QString asOf(const Row& row) const;

    std::shared_ptr<const model::Market> market_;
    std::vector<Row> rows_;
};

}  // namespace deepvm::ui::models
