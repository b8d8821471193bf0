// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/program_rows_model.h"

#include <algorithm>
#include <array>

#include "models/program_wording.h"

namespace deepvm::ui::models {
namespace {

int rankOf(const explain::SolvedRow& row) {
    if (row.sense == solver::Sense::equal) return 3;
    return row.binding ? 0 : row.used_up ? 1 : 2;
}

QString withTimesSign(const std::string& words) {
    return QString::fromStdString(words).replace(QStringLiteral(" x "), QStringLiteral(" × "));
}

/// "Budget, USD/h · binding"
QString underFormula(const explain::SolvedRow& row) {
    QString said = QString::fromUtf8(row.words.title);
    if (row.words.limit) said += QStringLiteral(", ") + QString::fromUtf8(row.words.unit);
    const QString state = stateOf(row);
    return state.isEmpty() ? said : said + QStringLiteral(" · ") + state;
}

}  // namespace

void ProgramRowsModel::setProgram(std::shared_ptr<const explain::SolvedProgram> program) {
    beginResetModel();
    program_ = std::move(program);
    rows_.clear();
    if (program_)
        for (const auto& row : program_->rows)
            rows_.push_back(&row);
    std::ranges::stable_sort(rows_, {}, [](const auto* row) { return rankOf(*row); });
    endResetModel();
}

int ProgramRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !program_ ? 0 : static_cast<int>(rows_.size()) + 1;
}

int ProgramRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

ProgramRowsModel::Lines ProgramRowsModel::objective(int column) const {
    const Amount best = amount(program_->optimum, program_->objective_unit);
    switch (column) {
        case formula:
            return {objectiveFormula(*program_),
                    directionOf(*program_) + (program_->proven ? tr(" · proven") : tr(" · unproven"))};
        case activity:
            return {best.number, best.unit};
        case meaning:
            return {withTimesSign(program_->objective_meaning), {}};
        default:
            return {};
    }
}

ProgramRowsModel::Lines ProgramRowsModel::constraint(const explain::SolvedRow& row, int column) const {
    const QString unit = QString::fromUtf8(row.words.unit);
    switch (column) {
        case mark:
            return {markOf(row), {}};
        case formula:
            return {models::formula(row), underFormula(row)};
        case activity:
            return {amount(row.activity, row.words.unit).number, unit};
        case slack:
            if (row.sense == solver::Sense::equal) return {QStringLiteral("–"), {}};
            return {amount(row.slack, row.words.unit).number, unit};
        case price: {
            if (row.sense == solver::Sense::equal) return {QStringLiteral("–"), {}};
            if (!row.relaxed_price) return {QStringLiteral("–"), tr("not solved")};
            const Amount relaxed =
                relaxedPrice(*row.relaxed_price, program_->objective_unit, row.words.unit_one);
            return {relaxed.number, relaxed.unit};
        }
        case meaning:
            return {withTimesSign(row.words.meaning), tr("row %1").arg(QString::fromStdString(row.name))};
        default:
            return {};
    }
}

QString ProgramRowsModel::explanation(int row) const {
    if (row == 0) {
        QString said = withTimesSign(program_->objective_meaning) +
                       tr(". E: how many ideal nodes the machines are worth together.");
        if (program_->relaxed_optimum)
            said += QLatin1Char('\n') +
                    tr("With machines that can be split, the relaxation reaches %1.")
                        .arg(amount(*program_->relaxed_optimum, program_->objective_unit).line());
        return said;
    }
    const auto& limit = *rows_[static_cast<std::size_t>(row) - 1];
    QStringList lines{QStringLiteral("%1: %2 (%3)")
                          .arg(QString::fromUtf8(limit.words.title), withTimesSign(limit.words.meaning),
                               QString::fromStdString(limit.name)),
                      stateInWords(limit, *program_)};
    if (const QString price_note = priceInWords(limit); !price_note.isEmpty()) lines << price_note;
    return lines.join(QLatin1Char('\n'));
}

QVariant ProgramRowsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const explain::SolvedRow* row =
        index.row() == 0 ? nullptr : rows_[static_cast<std::size_t>(index.row()) - 1];
    const auto lines = [&] { return row ? constraint(*row, index.column()) : objective(index.column()); };
    const bool number = index.column() >= activity && index.column() <= price;
    switch (role) {
        case Qt::DisplayRole:
            return lines().first;
        case subtitle_role:
            return lines().second;
        case Qt::AccessibleTextRole: {
            if (row && index.column() == mark) return stateOf(*row);
            const Lines said = lines();
            return said.second.isEmpty() ? said.first : said.first + QLatin1Char(' ') + said.second;
        }
        case Qt::ToolTipRole:
            return explanation(index.row());
        case number_role:
            return number;
        case marked_role:
            return row && row->binding && index.column() != meaning;
        case Qt::TextAlignmentRole:
            return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant ProgramRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= column_count) return {};
    const auto at = static_cast<std::size_t>(section);
    if (role == Qt::TextAlignmentRole) {
        const bool number = section >= activity && section <= price;
        return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::DisplayRole) {
        const std::array<QString, column_count> names{QString(),
                                                      program_ ? lettersOf(*program_) : QString(),
                                                      tr("At optimum"),
                                                      tr("Slack"),
                                                      tr("Relaxation's price"),
                                                      tr("In words")};
        return names[at];
    }
    if (role == Qt::ToolTipRole) {
        const std::array<QString, column_count> notes{
            tr("● binding: one of the limits that stop the plan; it may leave less than the next step needs\n"
               "○ used up: nothing left, but not what stops the plan"),
            tr("n: machines that compute; m: on-demand machines that hold the checkpoints"),
            tr("What the left side comes to for the plan"),
            tr("What the plan leaves of the right side"),
            tr("Shadow price of the relaxation, in which machines can be split: about what one more unit on "
               "the right would add to the objective. Whole machines have no such price"),
            tr("What the row means, and its name in the exported program")};
        return notes[at];
    }
    return {};
}

}  // namespace deepvm::ui::models
