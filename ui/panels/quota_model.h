// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "problem/quotas.h"

namespace deepvm::ui::panels {

/// What one class of machines is limited to, spot or on-demand.
struct QuotaRow {
    std::string key;  ///< state::quotaKey()
    problem::Purchase purchase = problem::Purchase::spot;
    QString title;              ///< "G spot"
    QString families;           ///< "g4dn, g5, g6"
    std::optional<int> limit;   ///< vCPUs, by the person
    std::optional<int> market;  ///< the data set's own where the person has none
    int used = 0;               ///< vCPUs of the first plan
    QString gain;               ///< what more would bring, a sentence without its stop
    bool helps = false;         ///< it would bring something

    bool operator==(const QuotaRow&) const = default;
};

/// The quotas of a market, one row a class and purchase; the limits can be edited.
class QuotaModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { title, limit, used, gain, column_count };

    using QAbstractTableModel::QAbstractTableModel;

    const std::vector<QuotaRow>& rows() const { return rows_; }
    /// Keeps selection and editor while the classes stay the same.
    void setRows(std::vector<QuotaRow> rows);
    void setMuted(const QColor& muted);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  signals:
    void entered(int row, std::optional<int> vcpus);  ///< nothing: no limit
    void problem(const QString& message);             ///< why what was typed is no limit; else empty

  private:
    QString text(const QuotaRow& row, int column) const;
    QString tip(const QuotaRow& row, int column) const;
    bool isMuted(const QuotaRow& row, int column) const;

    std::vector<QuotaRow> rows_;
    QColor muted_;
};

}  // namespace deepvm::ui::panels
