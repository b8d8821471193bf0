// SPDX-License-Identifier: GPL-3.0-or-later
#include "offer_pages/offer_details.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <array>

#include "model/fabric.h"
#include "model/precision.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/wording.h"

namespace deepvm::ui::offer_pages {
namespace {

constexpr int panel_width = 272;

QString fromText(const std::string& text) {
    return QString::fromStdString(text);
}

QString daysOld(std::optional<int> days) {
    if (!days) return OfferDetails::tr("of a day that is not known");
    return *days > model::stale_days ? OfferDetails::tr("%1 days old · stale").arg(*days)
                                     : OfferDetails::tr("%1 days old").arg(*days);
}

QString monthlyBand(int band) {
    static const std::array bands{QStringLiteral("under 5 %"), QStringLiteral("5 to 10 %"),
                                  QStringLiteral("10 to 15 %"), QStringLiteral("15 to 20 %"),
                                  QStringLiteral("over 20 %")};
    return bands.at(static_cast<std::size_t>(band));
}

}  // namespace

OfferDetails::OfferDetails(QWidget* parent)
    : QWidget(parent),
      title_(widgets::label({}, "heading")),
      market_(new QPushButton(tr("Show in the market"))),
      lines_(new QWidget),
      list_(new QVBoxLayout(lines_)) {
    setObjectName(QStringLiteral("offerDetails"));
    title_->setObjectName(QStringLiteral("offerTitle"));
    title_->setWordWrap(true);
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("offerClose"));
    close->setText(QStringLiteral("✕"));
    close->setToolTip(tr("Closes the figures (Escape)"));
    close->setAccessibleName(tr("Close the figures"));
    connect(close, &QToolButton::clicked, this, &OfferDetails::closed);
    market_->setObjectName(QStringLiteral("offerMarket"));
    market_->setToolTip(tr("Makes its region the market that is planned with, and marks the type there"));
    connect(market_, &QPushButton::clicked, this, &OfferDetails::marketAsked);
    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    head->addWidget(close, 0, Qt::AlignTop);
    list_->setSpacing(2);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(widgets::grid, 0, 0, 0);
    all->setSpacing(widgets::grid);
    all->addLayout(head);
    all->addWidget(widgets::scrolledColumn(lines_), 1);
    all->addWidget(market_);
    theme::setDesignSize(*this, {panel_width, 0});
}

void OfferDetails::section(const QString& title) {
    if (list_->count() > 0) list_->addSpacing(widgets::grid);
    list_->addWidget(widgets::capsLabel(title));
}

void OfferDetails::line(const QString& text, const char* role) {
    // Names of files and sources may break at their strokes, or a narrow column would cut them.
    QString breakable = text;
    breakable.replace(QLatin1Char('/'), QStringLiteral("/\u200b"))
        .replace(QLatin1Char('_'), QStringLiteral("_\u200b"));
    auto* made = widgets::label(breakable, role);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    list_->addWidget(made);
}

void OfferDetails::show(const offers::Table& table, std::size_t row,
                        const std::optional<catalog::OfferPast>& past) {
    while (auto* item = list_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto& offer = table.offer(row);
    title_->setText(fromText(table.type(row).name));
    machine(table, row);
    section(tr("On-demand"));
    line(wording::moneyPerHour(offer.on_demand), "strong");
    source(table, model::on_demand_source(table.market(), offer));
    if (offer.doubtful) line(tr("99 % below every other price of its type: to be looked at"), "error");
    before(past, false);
    spot(table, row, past);
    speed(table, row);
    list_->addStretch();
    setAccessibleName(tr("Figures of %1").arg(title_->text()));
}

void OfferDetails::machine(const offers::Table& table, std::size_t row) {
    const auto& type = table.type(row);
    const auto& place = table.place(row);
    if (!place.region.empty()) line(fromText(model::place_title(place.provider, place.region)), "small");
    QStringList facts{tr("%1 vCPUs").arg(type.vcpus)};
    if (type.memory_gib) facts << tr("%1 GiB").arg(*type.memory_gib);
    if (type.network_known()) facts << tr("%1 Gbit/s").arg(type.network_gbps);
    facts << fromText(std::string(name(type.host)));
    line(facts.join(QStringLiteral(" · ")), "small");
    if (type.accelerator)
        line(tr("%1 × %2, %3 GiB each")
                 .arg(QString::number(type.accelerator_count), fromText(type.accelerator->display_name),
                      QString::number(type.accelerator->memory_gib)),
             "small");
}

void OfferDetails::source(const offers::Table& table, const model::Source* source) {
    if (source == nullptr) return line(tr("The source is not known"), "small");
    line(tr("%1, %2").arg(fromText(source->as_of), daysOld(table.age(source))), "smallText");
    line(fromText(source->description), "small");
}

void OfferDetails::before(const std::optional<catalog::OfferPast>& past, bool spot) {
    if (!past) return;
    for (auto newer = past->prices.size(); newer > 0; --newer) {
        const auto& each = past->prices[newer - 1];
        if (each.is_spot == spot)
            line(tr("was %1 (%2, %3)")
                     .arg(wording::moneyPerHour(each.price), wording::basisName(each.basis, &each.source),
                          fromText(each.source.as_of)),
                 "small");
    }
}

void OfferDetails::spot(const offers::Table& table, std::size_t row,
                        const std::optional<catalog::OfferPast>& past) {
    const auto& offer = table.offer(row);
    section(tr("Spot"));
    if (!offer.spot && !offer.listed_spot) {
        line(tr("not known"), "strong");
    } else {
        line(offer.spot ? wording::moneyPerHour(*offer.spot) : tr("not below the on-demand price"), "strong");
        line(wording::sentence(
                 wording::basisName(offer.spot_basis, model::spot_source(table.market(), offer))),
             "smallText");
        if (offer.listed_spot)
            line(offer.spot ? tr("the source says %1; drawn to what the type usually costs")
                                  .arg(wording::moneyPerHour(*offer.listed_spot))
                            : tr("the source says %1").arg(wording::moneyPerHour(*offer.listed_spot)),
                 "small");
        const auto* from = offer.spot_source < table.market().sources.size()
                               ? &table.market().sources[offer.spot_source]
                               : nullptr;
        source(table, from);
    }
    if (past && past->range && past->range->zones > 1)
        line(tr("cheapest of %1 zones, which cost %2 to %3")
                 .arg(QString::number(past->range->zones), wording::moneyPerHour(past->range->low),
                      wording::moneyPerHour(past->range->high)),
             "small");
    if (offer.interruption_band)
        line(tr("interrupted in a month: %1").arg(monthlyBand(*offer.interruption_band)), "small");
    before(past, true);
}

void OfferDetails::speed(const offers::Table& table, std::size_t row) {
    const auto* known = table.speed(row);
    if (!table.asked() || !table.type(row).is_worker()) return;
    section(tr("Speed"));
    if (known == nullptr) {
        line(table.type(row).published_rate
                 ? tr("published rate %1, in a unit of its own").arg(*table.type(row).published_rate)
                 : tr("not known for one machine alone"),
             "strong");
        return;
    }
    const QString workload = wording::said(table.asked()->workload.display_name);
    line(tr("%1 samples/s").arg(wording::said(words::rounded(known->range.samples_per_second))), "strong");
    const QString low = wording::said(words::rounded(known->range.low));
    const QString high = wording::said(words::rounded(known->range.high));
    const QString basis = fromText(std::string(model::speed_basis_name(known->basis)));
    line(low == high ? basis : tr("%1 to %2, %3").arg(low, high, basis), "smallText");
    line(tr("%1 in %2").arg(workload, fromText(std::string(model::precision_name(known->precision)))),
         "small");
    if (known->measured != nullptr)
        for (const auto& each : known->measured->sources)
            line(fromText(each), "small");
    line(tr("$%1 per million samples")
             .arg(wording::said(words::rounded(table.number(row, offers::Field::usd_per_million)))),
         "smallText");
}

}  // namespace deepvm::ui::offer_pages
