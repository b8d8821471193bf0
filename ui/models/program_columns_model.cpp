// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/program_columns_model.h"

#include <array>

#include "models/program_rows_model.h"
#include "models/program_wording.h"

namespace deepvm::ui::models {
namespace {

// The roles, and of the choices, which are the last, the one that was made and its neighbours.
bool beside(const explain::SolvedProgram& program, std::size_t at) {
    const auto roles = program.columns.size() - program.choices;
    if (at < roles) return true;
    const auto chosen = [&](std::size_t other) {
        return other >= roles && other < program.columns.size() && program.columns[other].value != 0;
    };
    return chosen(at) || chosen(at - 1) || chosen(at + 1);
}

}  // namespace

void ProgramColumnsModel::setProgram(std::shared_ptr<const explain::SolvedProgram> program) {
    beginResetModel();
    program_ = std::move(program);
    rebuild();
    endResetModel();
}

void ProgramColumnsModel::setAll(bool all) {
    if (all == all_) return;
    beginResetModel();
    all_ = all;
    rebuild();
    endResetModel();
}

bool ProgramColumnsModel::hasMore() const {
    if (!program_) return false;
    for (std::size_t at = 0; at < program_->columns.size(); ++at)
        if (!beside(*program_, at)) return true;
    return false;
}

void ProgramColumnsModel::rebuild() {
    shown_.clear();
    if (!program_) return;
    for (std::size_t at = 0; at < program_->columns.size(); ++at)
        if (all_ || beside(*program_, at)) shown_.push_back(at);
}

int ProgramColumnsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int ProgramColumnsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant ProgramColumnsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const auto& column = program_->columns[shown_[static_cast<std::size_t>(index.row())]];
    const QString meaning = QString::fromStdString(column.words.meaning);
    const Amount worth = amount(column.objective, program_->objective_unit);
    const Amount taken = amount(column.value, column.words.unit);
    const std::array<QString, column_count> first{QString::fromStdString(column.name), taken.number,
                                                  worth.number};
    const std::array<QString, column_count> second{meaning, taken.unit, worth.unit};
    const auto at = static_cast<std::size_t>(index.column());
    switch (role) {
        case Qt::DisplayRole:
            return first[at];
        case subtitle_role:
            return second[at];
        case Qt::AccessibleTextRole:
            return QString(first[at] + QLatin1Char(' ') + second[at]);
        case Qt::ToolTipRole:
            return QStringLiteral("%1: %2").arg(first[name], meaning);
        case number_role:
            return index.column() != name;
        case marked_role:
            return column.value != 0;
        case Qt::TextAlignmentRole:
            return static_cast<int>((index.column() == name ? Qt::AlignLeft : Qt::AlignRight) |
                                    Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant ProgramColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= column_count) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const bool tip = role == Qt::ToolTipRole;
    const std::array<QString, column_count> names{
        tip ? tr("As in the exported program") : tr("Column"),
        tip ? tr("Its value for the plan") : tr("At optimum"),
        tip ? tr("What one of it adds to the objective") : tr("In the objective")};
    return names[static_cast<std::size_t>(section)];
}

}  // namespace deepvm::ui::models
