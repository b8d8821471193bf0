// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/offers_model.h"

#include <QFont>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/csv_table.h"
#include "offers/lists.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::models {
namespace {

using offers::Field;

constexpr std::array shown_fields{
    Field::type,        Field::accelerator, Field::gpu,   Field::memory,          Field::spot,
    Field::on_demand,   Field::speed,       Field::known, Field::usd_per_million, Field::provider,
    Field::region,      Field::age,         Field::price, Field::tflops,          Field::tflops_per_usd,
    Field::usd_per_gib, Field::vcpu,        Field::ram,   Field::network,         Field::host,
    Field::family,      Field::year,        Field::basis};

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Money is exact, with so many places that points stand below each other for most.
QString inDollars(base::Money amount) {
    constexpr qsizetype places = 4;
    QString text = wording::said(amount.decimal());
    const auto point = text.indexOf(QLatin1Char('.'));
    return text + QString(std::max<qsizetype>(0, places - (text.size() - point - 1)), QLatin1Char('0'));
}

QString agedWords(const offers::Table& table, const model::Source* source) {
    if (source == nullptr) return OffersModel::tr("The source is not known");
    const auto days = table.age(source);
    const QString age = !days                       ? QString()
                        : *days > model::stale_days ? OffersModel::tr(", %1 days old: stale").arg(*days)
                                                    : OffersModel::tr(", %1 days old").arg(*days);
    return QStringLiteral("%1 (%2%3)").arg(fromView(source->description), fromView(source->as_of), age);
}

}  // namespace

std::span<const Field> OffersModel::columns() {
    return shown_fields;
}

int OffersModel::columnOf(Field field) {
    return static_cast<int>(std::find(shown_fields.begin(), shown_fields.end(), field) -
                            shown_fields.begin());
}

void OffersModel::setTable(std::shared_ptr<const offers::Table> table) {
    if (table == table_) return;
    beginResetModel();
    table_ = std::move(table);
    arrange();
    choose();
    endResetModel();
}

void OffersModel::setFilter(const offers::OfferFilter& filter) {
    beginResetModel();
    filter_ = filter;
    choose();
    endResetModel();
}

void OffersModel::sort(int column, Qt::SortOrder order) {
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const auto before = persistentIndexList();
    std::vector<std::size_t> meant;
    for (const auto& index : before)
        meant.push_back(offerAt(index.row()));
    sortColumn_ = column;
    sortOrder_ = order;
    arrange();
    choose();
    std::vector<int> place(table_ ? table_->size() : 0, -1);
    for (std::size_t row = 0; row < shown_.size(); ++row)
        place[shown_[row]] = static_cast<int>(row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(place[meant[static_cast<std::size_t>(i)]], before[i].column());
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

// What is not known comes last, whichever way.
void OffersModel::arrange() {
    sorted_.resize(table_ ? table_->size() : 0);
    std::iota(sorted_.begin(), sorted_.end(), 0U);
    if (sortColumn_ < 0 || sortColumn_ >= columnCount() || !table_) return;
    const auto field = shown_fields[static_cast<std::size_t>(sortColumn_)];
    const bool down = sortOrder_ == Qt::DescendingOrder;
    const auto by = [&](const auto& keys, const auto& unknown) {
        std::stable_sort(sorted_.begin(), sorted_.end(), [&](std::uint32_t a, std::uint32_t b) {
            const bool last = unknown(keys[a]);
            if (last || unknown(keys[b])) return !last;
            return down ? keys[b] < keys[a] : keys[a] < keys[b];
        });
    };
    if (offers::named(field).text) {
        std::vector<std::string_view> keys(sorted_.size());
        for (std::size_t row = 0; row < keys.size(); ++row)
            keys[row] = table_->text(row, field);
        by(keys, [](std::string_view key) { return key.empty(); });
    } else {
        std::vector<double> keys(sorted_.size());
        for (std::size_t row = 0; row < keys.size(); ++row)
            keys[row] = table_->number(row, field);
        by(keys, [](double key) { return std::isnan(key); });
    }
}

void OffersModel::choose() {
    shown_.clear();
    for (const auto row : sorted_)
        if (filter_.lets_through(*table_, row)) shown_.push_back(row);
}

std::optional<int> OffersModel::rowOf(std::size_t offer) const {
    const auto found = std::find(shown_.begin(), shown_.end(), offer);
    return found == shown_.end() ? std::nullopt : std::optional(static_cast<int>(found - shown_.begin()));
}

int OffersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int OffersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_fields.size());
}

QVariant OffersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const auto offer = offerAt(index.row());
    const auto field = shown_fields[static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
            return text(offer, field);
        case Qt::ToolTipRole:
            return explanation(offer, field);
        case Qt::AccessibleTextRole:
            return staleIn(offer, field) ? tr("%1, stale").arg(text(offer, field)) : text(offer, field);
        case Qt::FontRole: {
            if (!staleIn(offer, field)) return {};
            QFont font;
            font.setItalic(true);
            return font;
        }
        case type_role:
            return QString::fromStdString(
                model::type_id(table_->type(offer).provider, table_->type(offer).name));
        case Qt::TextAlignmentRole:
            return static_cast<int>((offers::named(field).text ? Qt::AlignLeft : Qt::AlignRight) |
                                    Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant OffersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const auto& about = offers::named(shown_fields[static_cast<std::size_t>(section)]);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((about.text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return tr("%1\nIn a filter: %2")
            .arg(wording::sentence(fromView(about.meaning)), fromView(about.name));
    if (role != Qt::DisplayRole) return {};
    return fromView(about.title);
}

QString OffersModel::text(std::size_t offer, Field field) const {
    const auto& its = table_->offer(offer);
    QString none = QStringLiteral("–");
    switch (field) {
        case Field::on_demand:
            return inDollars(its.on_demand);
        case Field::spot:
            return its.spot ? inDollars(*its.spot) : none;
        case Field::price:
            return inDollars(its.spot.value_or(its.on_demand));
        case Field::basis:
            return its.spot ? wording::basisName(its.spot_basis, model::spot_source(table_->market(), its))
                            : none;
        case Field::accelerator: {
            const auto& type = table_->type(offer);
            if (!type.accelerator && type.published_rate)
                return tr("published rate %1").arg(*type.published_rate);
            break;
        }
        case Field::provider:
            if (const auto& name = table_->place(offer).provider; !name.empty())
                return wording::said(model::provider_title(name));
            break;
        case Field::age:
            if (table_->is(offer, offers::Flag::stale))
                return tr("%1 · stale").arg(table_->number(offer, field));
            break;
        default:
            break;
    }
    if (offers::named(field).text) {
        const auto view = table_->text(offer, field);
        return view.empty() ? none : fromView(view);
    }
    const double value = table_->number(offer, field);
    if (!std::isfinite(value) || (value == 0 && (field == Field::gpu || field == Field::memory))) return none;
    const bool derived = field >= Field::tflops;
    return derived ? wording::said(words::rounded(value)) : QString::number(value);
}

QString OffersModel::plain(std::size_t offer, Field field) const {
    QString shown = text(offer, field);
    return offers::named(field).text ? shown : shown.remove(QLatin1Char(','));
}

bool OffersModel::staleIn(std::size_t offer, Field field) const {
    const auto& its = table_->offer(offer);
    const auto old = [&](const model::Source* source) {
        return table_->age(source).value_or(0) > model::stale_days;
    };
    switch (field) {
        case Field::on_demand:
            return old(model::on_demand_source(table_->market(), its));
        case Field::spot:
            return its.spot && old(model::spot_source(table_->market(), its));
        case Field::price:
            return old(its.spot ? model::spot_source(table_->market(), its)
                                : model::on_demand_source(table_->market(), its));
        default:
            return false;
    }
}

QString OffersModel::explanation(std::size_t offer, Field field) const {
    const auto& its = table_->offer(offer);
    const auto& market = table_->market();
    const bool spot = field == Field::spot || field == Field::basis || (field == Field::price && its.spot);
    if (spot && !its.spot) return tr("The source has no spot price below the on-demand price");
    if (spot)
        return tr("%1, %2").arg(
            wording::sentence(wording::basisName(its.spot_basis, model::spot_source(market, its))),
            agedWords(*table_, model::spot_source(market, its)));
    if (field == Field::on_demand || field == Field::price)
        return agedWords(*table_, model::on_demand_source(market, its));
    if (field == Field::ram && !table_->type(offer).memory_gib) return tr("The source does not say");
    const bool ofSpeed = field == Field::speed || field == Field::known || field == Field::usd_per_million;
    if (!ofSpeed) return text(offer, field);
    const auto* speed = table_->speed(offer);
    if (speed == nullptr)
        return table_->type(offer).accelerator ? tr("Not known for one machine alone: what the workload "
                                                    "keeps while it trains does not fit")
                                               : tr("Without accelerators nothing is known");
    return tr("%1 to %2 samples/s of %3, %4")
        .arg(wording::said(words::rounded(speed->range.low)),
             wording::said(words::rounded(speed->range.high)),
             wording::said(table_->asked()->workload.display_name),
             fromView(model::speed_basis_name(speed->basis)));
}

QString OffersModel::tabbed(const std::vector<int>& rows, const std::vector<int>& columns) const {
    QStringList lines;
    QStringList cells;
    for (const int column : columns)
        cells << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << cells.join(QLatin1Char('\t'));
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns)
            cells << plain(offerAt(row), shown_fields[static_cast<std::size_t>(column)]);
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

std::string OffersModel::csv(const std::vector<int>& columns) const {
    std::string text;
    const auto add = [&](const std::string& cell, bool last) {
        text += base::csv_field(cell) + (last ? "\n" : ",");
    };
    for (std::size_t i = 0; i < columns.size(); ++i)
        add(headerData(columns[i], Qt::Horizontal, Qt::DisplayRole).toString().toStdString(),
            i + 1 == columns.size());
    for (const auto offer : shown_)
        for (std::size_t i = 0; i < columns.size(); ++i)
            add(plain(offer, shown_fields[static_cast<std::size_t>(columns[i])]).toStdString(),
                i + 1 == columns.size());
    return text;
}

}  // namespace deepvm::ui::models
