// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/offers_model.h"

#include <array>
#include <limits>

#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::models {
namespace {

// Behind every price when sorted upwards.
constexpr qlonglong no_price = std::numeric_limits<qlonglong>::max();

QString acceleratorText(const model::InstanceType& type) {
    if (type.accelerator)
        return QStringLiteral("%1 × %2").arg(QString::number(type.accelerator_count),
                                             QString::fromStdString(type.accelerator->display_name));
    if (type.published_rate) return OffersModel::tr("published rate %1").arg(*type.published_rate);
    return QStringLiteral("–");
}

}  // namespace

void OffersModel::setMarket(std::shared_ptr<const model::Market> market) {
    if (market == market_) return;
    beginResetModel();
    market_ = std::move(market);
    rows_.clear();
    if (market_)
        for (const auto& place : market_->places)
            for (const auto& offer : place.offers)
                rows_.push_back({&place, &offer, &market_->types.at(offer.type)});
    endResetModel();
}

int OffersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int OffersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant OffersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::ToolTipRole:
            return explanation(row, index.column());
        case sort_role:
            return sortKey(row, index.column());
        case type_role:
            return QString::fromStdString(model::type_id(row.type->provider, row.type->name));
        case Qt::TextAlignmentRole: {
            const bool number = index.column() >= on_demand && index.column() <= network;
            return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        default:
            return {};
    }
}

QVariant OffersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= column_count) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section >= on_demand && section <= network;
        return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, column_count> names{
        tr("Instance type"), tr("On-demand"),    tr("Spot"),   tr("vCPUs"),         tr("Memory, GiB"),
        tr("Gbit/s"),        tr("Accelerators"), tr("Region"), tr("Spot price is"), tr("As of")};
    return names[static_cast<std::size_t>(section)];
}

QString OffersModel::asOf(const Row& row) const {
    const auto* source = row.offer->spot ? model::spot_source(*market_, *row.offer)
                                         : model::on_demand_source(*market_, *row.offer);
    return source ? QString::fromStdString(source->as_of) : QString();
}

QString OffersModel::text(const Row& row, int column) const {
    switch (column) {
        case type:
            return QString::fromStdString(row.type->name);
        case region:
            if (row.place->region.empty()) return QStringLiteral("–");
            return QString::fromStdString(model::spans_providers(*market_)
                                              ? model::place_title(row.place->provider, row.place->region)
                                              : row.place->region);
        case accelerator:
            return acceleratorText(*row.type);
        case vcpus:
            return QString::number(row.type->vcpus);
        case memory:
            return row.type->memory_gib ? QString::number(*row.type->memory_gib) : QStringLiteral("–");
        case network:
            return QString::number(row.type->network_gbps);
        case on_demand:
            return wording::moneyPerHour(row.offer->on_demand);
        case spot:
            return row.offer->spot ? wording::moneyPerHour(*row.offer->spot) : QStringLiteral("–");
        case basis:
            return row.offer->spot ? wording::basisName(row.offer->spot_basis) : QString();
        case as_of:
            return asOf(row);
        default:
            return {};
    }
}

QVariant OffersModel::sortKey(const Row& row, int column) const {
    switch (column) {
        case accelerator:
            return row.type->accelerator ? text(row, column) : QString();
        case vcpus:
            return row.type->vcpus;
        case memory:
            return row.type->memory_gib.value_or(-1);
        case network:
            return row.type->network_gbps;
        case on_demand:
            return static_cast<qlonglong>(row.offer->on_demand.micro());
        case spot:
            return row.offer->spot ? static_cast<qlonglong>(row.offer->spot->micro()) : no_price;
        default:
            return text(row, column);
    }
}

QString OffersModel::explanation(const Row& row, int column) const {
    const model::Source* source = nullptr;
    if (column == on_demand) source = model::on_demand_source(*market_, *row.offer);
    if (column == spot || column == basis || column == as_of)
        source = model::spot_source(*market_, *row.offer);
    if (source)
        return QStringLiteral("%1 (%2)").arg(QString::fromStdString(source->description),
                                             QString::fromStdString(source->as_of));
    if (column == memory && !row.type->memory_gib) return tr("The source does not say");
    return text(row, column);
}

}  // namespace deepvm::ui::models
