// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "explain/solved_program.h"

namespace deepvm::ui::models {

/// What a cell says under its first line, in the program's tables.
inline constexpr int subtitle_role = Qt::UserRole + 1;
/// Whether a cell is a number, to be written with figures of one width.
inline constexpr int number_role = Qt::UserRole + 2;
/// Whether the row is one of those that a person looks for: a binding limit, a chosen column.
inline constexpr int marked_role = Qt::UserRole + 3;

/// A solved program as readable mathematics: the objective, then the rows, those that bind first and the
/// equality last.
class ProgramRowsModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { mark, formula, activity, slack, price, meaning, column_count };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null for no rows.
    void setProgram(std::shared_ptr<const explain::SolvedProgram> program);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    /// A cell: its line and what stands under it.
    struct Lines {
        QString first;
        QString second;
    };
    Lines objective(int column) const;
    Lines constraint(const explain::SolvedRow& row, int column) const;
    QString explanation(int row) const;

    std::shared_ptr<const explain::SolvedProgram> program_;
    std::vector<const explain::SolvedRow*> rows_;  ///< in the order of display
};

}  // namespace deepvm::ui::models
