// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/quota_model.h"

#include <algorithm>

#include "base/numbers.h"
#include "wording/format.h"

namespace deepvm::ui::panels {

void QuotaModel::setRows(std::vector<QuotaRow> rows) {
    if (rows == rows_) return;
    const bool same = std::ranges::equal(rows, rows_, [](const QuotaRow& a, const QuotaRow& b) {
        return a.key == b.key && a.purchase == b.purchase;
    });
    if (!same) beginResetModel();
    rows_.swap(rows);
    if (!same) return endResetModel();
    // An answer that arrives while somebody types must not touch the cell: its editor would begin anew.
    for (int row = 0; row < rowCount(); ++row) {
        const auto& now = rows_[static_cast<std::size_t>(row)];
        const auto& before = rows[static_cast<std::size_t>(row)];
        if (now == before) continue;
        emit dataChanged(index(row, title), index(row, title));
        if (now.limit != before.limit || now.market != before.market)
            emit dataChanged(index(row, limit), index(row, limit));
        emit dataChanged(index(row, used), index(row, gain));
    }
}

void QuotaModel::setMuted(const QColor& muted) {
    muted_ = muted;
    if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, column_count - 1));
}

int QuotaModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int QuotaModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant QuotaModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const QuotaRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::EditRole:
            if (index.column() != limit) return {};
            return row.limit ? QString::number(*row.limit) : QString();
        case Qt::ToolTipRole:
            return tip(row, index.column());
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2: %3")
                .arg(row.title, headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                     text(row, index.column()));
        case Qt::TextAlignmentRole:
            if (index.column() == limit || index.column() == used)
                return int(Qt::AlignRight | Qt::AlignVCenter);
            return int(Qt::AlignLeft | Qt::AlignVCenter);
        case Qt::ForegroundRole:
            if (isMuted(row, index.column()) && muted_.isValid()) return muted_;
            return {};
        default:
            return {};
    }
}

bool QuotaModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || index.column() != limit || role != Qt::EditRole) return false;
    const QuotaRow& row = rows_[static_cast<std::size_t>(index.row())];
    const QString typed = value.toString().trimmed();
    std::optional<int> vcpus;
    if (!typed.isEmpty()) {
        const auto count =
            base::parse_typed_count(typed.toStdString(), tr("quota of %1").arg(row.title).toStdString(), 0,
                                    problem::most_quota_vcpus);
        if (!count) {
            emit problem(wording::said(count.error().message));
            return false;
        }
        vcpus = static_cast<int>(*count);
    }
    emit problem({});
    if (vcpus != row.limit) emit entered(index.row(), vcpus);
    return true;
}

Qt::ItemFlags QuotaModel::flags(const QModelIndex& index) const {
    const auto usual = QAbstractTableModel::flags(index);
    return index.column() == limit ? usual | Qt::ItemIsEditable : usual;
}

QVariant QuotaModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == limit || section == used ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Class"), tr("Quota, vCPUs"), tr("In use"), tr("More of it alone")};
    return names[section];
}

QString QuotaModel::text(const QuotaRow& row, int column) const {
    switch (column) {
        case title:
            return row.title;
        case limit:
            if (row.limit) return wording::whole(*row.limit);
            return row.market ? wording::whole(*row.market) : tr("none");
        case used:
            return row.used > 0 ? wording::whole(row.used) : QStringLiteral("–");
        default:
            return row.gain;
    }
}

QString QuotaModel::tip(const QuotaRow& row, int column) const {
    switch (column) {
        case title:
            return row.families;
        case limit:
            if (!row.limit && row.market)
                return tr("The data set's own quota. Type another one; empty brings this one back");
            return tr("vCPUs of %1 machines that may run at once, from 0; empty for no limit").arg(row.title);
        case used:
            return tr("vCPUs of the first plan that count against it");
        default:
            return row.gain;
    }
}

bool QuotaModel::isMuted(const QuotaRow& row, int column) const {
    if (column == limit) return !row.limit;
    if (column == used) return row.used == 0;
    return column == gain && !row.helps;
}

}  // namespace deepvm::ui::panels
