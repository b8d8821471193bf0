// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "explain/solved_program.h"

namespace deepvm::ui::models {

/// The columns of a solved program: those that are not zero with their neighbours, or all of them. The roles
/// are those of ProgramRowsModel.
class ProgramColumnsModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { name, value, coefficient, column_count };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null for no rows.
    void setProgram(std::shared_ptr<const explain::SolvedProgram> program);
    void setAll(bool all);
    /// Whether some are only among all.
    bool hasMore() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void rebuild();

    std::shared_ptr<const explain::SolvedProgram> program_;
    std::vector<std::size_t> shown_;
    bool all_ = false;
};

}  // namespace deepvm::ui::models
