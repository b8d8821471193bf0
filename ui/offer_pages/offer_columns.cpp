// SPDX-License-Identifier: GPL-3.0-or-later
#include "offer_pages/offer_columns.h"

#include <QAction>
#include <QHeaderView>
#include <algorithm>
#include <cmath>

#include "models/offers_model.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::offer_pages {
namespace {

using models::OffersModel;

constexpr int least_width = 40;
constexpr int most_width = 600;

/// The usual ones and their widths.
const std::vector<std::pair<int, int>>& usualOfOne() {
    static const std::vector<std::pair<int, int>> all{
        {OffersModel::columnOf(offers::Field::type), 146},
        {OffersModel::columnOf(offers::Field::accelerator), 150},
        {OffersModel::columnOf(offers::Field::gpu), 62},
        {OffersModel::columnOf(offers::Field::memory), 76},
        {OffersModel::columnOf(offers::Field::spot), 100},
        {OffersModel::columnOf(offers::Field::on_demand), 124},
        {OffersModel::columnOf(offers::Field::speed), 88},
        {OffersModel::columnOf(offers::Field::known), 88},
        {OffersModel::columnOf(offers::Field::usd_per_million), 112},
        {OffersModel::columnOf(offers::Field::age), 92},
        {OffersModel::columnOf(offers::Field::region), 112}};
    return all;
}

int usualWidth(int column) {
    for (const auto& [known, width] : usualOfOne())
        if (known == column) return width;
    return 112;
}

QString nameOf(int column) {
    const auto name = offers::named(OffersModel::columns()[static_cast<std::size_t>(column)]).name;
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

int columnNamed(const QString& name) {
    const auto field = offers::field_named(name.toStdString());
    if (!field) return -1;
    const int column = OffersModel::columnOf(*field);
    return column < static_cast<int>(OffersModel::columns().size()) ? column : -1;
}

}  // namespace

OfferColumns::OfferColumns(QTableView& table, QObject* parent) : QObject(parent), table_(table) {
    auto* header = table_.horizontalHeader();
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(theme::scaled(least_width));
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!arranging_) emit changed();
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, &OfferColumns::changed);
    connect(header, &QHeaderView::sectionResized, this,
            [this](int column, int, int pixels) { rememberWidth(column, pixels); });
    setShown(usual());
}

// Of several providers the column of ages makes room: stale prices are set in italics all the same.
std::vector<std::pair<int, int>> OfferColumns::usual() const {
    auto all = usualOfOne();
    if (!several_) return all;
    std::erase_if(all,
                  [](const auto& each) { return each.first == OffersModel::columnOf(offers::Field::age); });
    const int provider = OffersModel::columnOf(offers::Field::provider);
    all.insert(all.begin() + 1, {provider, usualWidth(provider)});
    return all;
}

// What a person arranged themselves stays.
void OfferColumns::setSeveral(bool several) {
    if (several == several_) return;
    const bool untouched = now() == usual();
    several_ = several;
    if (untouched) setShown(usual());
}

// The last one is as wide as there is room: nobody chose that.
void OfferColumns::rememberWidth(int column, int pixels) {
    const auto on_show = shown();
    if (arranging_ || pixels == 0 || on_show.empty() || on_show.back() == column) return;
    widths_[column] = static_cast<int>(std::lround(pixels / theme::textScale()));
    emit changed();
}

std::vector<int> OfferColumns::shown() const {
    const auto* header = table_.horizontalHeader();
    std::vector<int> columns;
    for (int place = 0; place < header->count(); ++place)
        if (const int column = header->logicalIndex(place); !header->isSectionHidden(column))
            columns.push_back(column);
    return columns;
}

std::vector<std::pair<int, int>> OfferColumns::now() const {
    std::vector<std::pair<int, int>> all;
    for (const int column : shown()) {
        const auto width = widths_.find(column);
        all.emplace_back(column, width == widths_.end() ? usualWidth(column) : width->second);
    }
    return all;
}

QStringList OfferColumns::kept() const {
    const auto all = now();
    if (all == usual()) return {};
    QStringList lines;
    for (const auto& [column, width] : all)
        lines << QStringLiteral("%1=%2").arg(nameOf(column)).arg(width);
    return lines;
}

void OfferColumns::restore(const QStringList& kept) {
    std::vector<std::pair<int, int>> columns;
    for (const QString& line : kept) {
        const int column = columnNamed(line.section(QLatin1Char('='), 0, 0));
        const int width = line.section(QLatin1Char('='), 1).toInt();
        const bool twice = std::any_of(columns.begin(), columns.end(),
                                       [&](const auto& each) { return each.first == column; });
        if (column < 0 || twice) continue;
        columns.emplace_back(column,
                             width >= least_width && width <= most_width ? width : usualWidth(column));
    }
    setShown(columns.empty() ? usual() : columns);
}

QString OfferColumns::keptSort() const {
    const auto* header = table_.horizontalHeader();
    const int column = header->sortIndicatorSection();
    if (column < 0 || column >= header->count()) return {};
    const bool up = header->sortIndicatorOrder() == Qt::AscendingOrder;
    return nameOf(column) + (up ? QStringLiteral(" up") : QStringLiteral(" down"));
}

void OfferColumns::restoreSort(const QString& kept) {
    const int column = columnNamed(kept.section(QLatin1Char(' '), 0, 0));
    if (column < 0) return;
    table_.sortByColumn(column,
                        kept.endsWith(QLatin1String(" down")) ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void OfferColumns::setShown(const std::vector<std::pair<int, int>>& columns) {
    arranging_ = true;
    auto* header = table_.horizontalHeader();
    for (int column = 0; column < header->count(); ++column)
        header->hideSection(column);
    widths_.clear();
    int place = 0;
    for (const auto& [column, width] : columns) {
        header->showSection(column);
        header->moveSection(header->visualIndex(column), place++);
        header->resizeSection(column, theme::scaled(width));
        widths_[column] = width;
    }
    arranging_ = false;
    emit changed();
}

void OfferColumns::fillMenu(QMenu& menu) {
    menu.clear();
    auto* header = table_.horizontalHeader();
    const auto on_show = shown();
    for (int column = 0; column < header->count(); ++column) {
        auto* action =
            menu.addAction(table_.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setToolTip(table_.model()->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
        // Without any column there would be no header to bring one back.
        action->setEnabled(on_show.size() > 1 || header->isSectionHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            auto* columns = table_.horizontalHeader();
            columns->setSectionHidden(column, !on);
            if (on && columns->sectionSize(column) < theme::scaled(least_width))
                columns->resizeSection(column, theme::scaled(usualWidth(column)));
            emit changed();
        });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("The usual columns")), &QAction::triggered, this,
            [this] { setShown(usual()); });
}

}  // namespace deepvm::ui::offer_pages
