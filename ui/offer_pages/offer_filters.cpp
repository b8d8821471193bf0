// SPDX-License-Identifier: GPL-3.0-or-later
#include "offer_pages/offer_filters.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <charconv>
#include <set>
#include <utility>

#include "theme/style_sheet.h"
#include "widgets/flow_layout.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::offer_pages {
namespace {

/// Every provider, among the markets to choose from.
QString everyProvider() {
    return QStringLiteral("any");
}

QString condition(const char* begin, const QString& quoted) {
    return QLatin1String(begin) + QString::fromStdString(offers::in_quotes(quoted.toStdString()));
}

}  // namespace

OfferFilters::OfferFilters(QWidget* parent)
    : QWidget(parent),
      market_(box(QStringLiteral("offersMarket"), tr("Prices of"))),
      region_(box(QStringLiteral("offersRegion"), tr("Region"))),
      accelerator_(box(QStringLiteral("offersAccelerator"), tr("Accelerator"))),
      host_(box(QStringLiteral("offersHost"), tr("Host"))),
      search_(new QLineEdit),
      gpus_(number(QStringLiteral("offersGpus"), tr("Accelerators at least"), {}, true)),
      memory_(number(QStringLiteral("offersMemory"), tr("Accelerator memory at least"), tr("GiB"), false)),
      least_(number(QStringLiteral("offersPriceLeast"), tr("Price at least"), tr("dollars an hour"), false)),
      most_(number(QStringLiteral("offersPriceMost"), tr("Price at most"), tr("dollars an hour"), false)),
      spot_(new QCheckBox(tr("Spot known"))),
      latest_(new QCheckBox(tr("Latest only"))) {
    search_->setObjectName(QStringLiteral("offersSearch"));
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search in types, accelerators and places"));
    search_->setToolTip(tr("Words that all have to occur in type, accelerator, family or place"));
    search_->setClearButtonEnabled(true);
    search_->setAcceptDrops(false);  // files that are dropped are for the window
    theme::setDesignSize(*search_, {112, 34});
    connect(search_, &QLineEdit::textChanged, this, &OfferFilters::changed);
    host_->addItem(tr("Any host"), QString());
    host_->addItem(tr("x86"), QStringLiteral("x86"));
    host_->addItem(tr("ARM"), QStringLiteral("arm"));
    host_->setMinimumContentsLength(5);
    spot_->setObjectName(QStringLiteral("offersSpotKnown"));
    latest_->setObjectName(QStringLiteral("offersLatest"));
    latest_->setToolTip(tr("The latest generation: its provider has no later one of its series"));
    for (auto* check : {spot_, latest_})
        connect(check, &QCheckBox::toggled, this, &OfferFilters::changed);
    connect(market_, &QComboBox::currentIndexChanged, this, [this] {
        fillPlaces();
        emit changed();
    });
    auto* flow = new widgets::FlowLayout(this, widgets::grid);
    for (QWidget* field : std::initializer_list<QWidget*>{search_, market_, region_, accelerator_})
        flow->addWidget(field);
    flow->addWidget(labelled(tr("GPUs ≥"), gpus_));
    flow->addWidget(labelled(tr("Total GiB ≥"), memory_));
    flow->addWidget(labelled(tr("$/h"), least_));
    flow->addWidget(labelled(tr("to"), most_));
    flow->addWidget(host_);
    flow->addWidget(spot_);
    flow->addWidget(latest_);
}

QString OfferFilters::refusal(const base::Error& error, const QString& readable) {
    const QString why = wording::sentence(wording::said(error.message)) + QLatin1String(". ");
    return why + (readable.trimmed().isEmpty()
                      ? tr("The rows below are not filtered by it.")
                      : tr("The rows below are those of: %1").arg(readable.trimmed()));
}

// As it stands in a condition: no exponent, no zeros behind it.
QString OfferFilters::typed(double value) {
    std::array<char, 64> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    return QString::fromLatin1(digits.data(), end.ptr - digits.data());
}

QWidget* OfferFilters::labelled(const QString& text, QWidget* field) {
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::grid / 2);
    row->addWidget(widgets::label(text, "muted"));
    row->addWidget(field);
    return both;
}

widgets::NumberField* OfferFilters::number(const QString& name, const QString& title, const QString& unit,
                                           bool whole) {
    constexpr double most = 1e6;
    auto* made = new widgets::NumberField(
        title,
        {.least = 0, .most = most, .unit = unit, .empty = tr("any"), .whole = whole, .duration = false});
    made->setObjectName(name);
    made->setAcceptDrops(false);
    theme::setDesignSize(*made, {48, 34});
    const std::size_t place = name == QLatin1String("offersGpus")         ? 0
                              : name == QLatin1String("offersMemory")     ? 1
                              : name == QLatin1String("offersPriceLeast") ? 2
                                                                          : 3;
    connect(made, &widgets::NumberField::entered, this, [this, place](std::optional<double> value) {
        numbers_[place] = value;
        emit changed();
    });
    return made;
}

widgets::SelectBox* OfferFilters::box(const QString& name, const QString& title) {
    auto* made = new widgets::SelectBox;
    made->setObjectName(name);
    made->setAccessibleName(title);
    made->setToolTip(title);
    made->setMinimumContentsLength(9);
    connect(made, &QComboBox::currentIndexChanged, this, [this, made] {
        if (made != market_) emit changed();
    });
    return made;
}

// What was chosen stays chosen where it is still there.
void OfferFilters::refill(widgets::SelectBox& box, const QString& all, const QStringList& names) {
    const QSignalBlocker quiet(&box);
    const QString chosen = box.currentData().toString();
    box.clear();
    box.addItem(all, QString());
    for (const QString& name : names)
        box.addItem(name, name);
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

void OfferFilters::setMarkets(const QString& onShow, const std::vector<catalog::MarketSummary>& all) {
    const QSignalBlocker quiet(market_);
    const QString chosen = market_->currentData().toString();
    market_->clear();
    market_->addItem(onShow, QString());
    market_->addItem(tr("Every provider"), everyProvider());
    for (const auto& each : all)
        if (each.kind == model::MarketKind::provider && each.name != catalog::any_provider)
            market_->addItem(QString::fromStdString(each.title), QString::fromStdString(each.name));
    market_->setCurrentIndex(std::max(0, market_->findData(chosen)));
}

void OfferFilters::setTable(std::shared_ptr<const offers::Table> table) {
    table_ = std::move(table);
    std::set<QString> names;
    for (const auto& type : table_->market().types)
        if (type.accelerator) names.insert(QString::fromStdString(type.accelerator->display_name));
    refill(*accelerator_, tr("Any GPU"), QStringList(names.begin(), names.end()));
    fillPlaces();
}

void OfferFilters::fillPlaces() {
    if (!table_) return;
    const auto provider = market_->currentData().toString().toStdString();
    const bool one = everywhere() && provider != catalog::any_provider;
    std::set<QString> names;
    for (const auto& place : table_->market().places)
        if (!place.region.empty() && (!one || place.provider == provider))
            names.insert(QString::fromStdString(place.region));
    refill(*region_, tr("Any region"), QStringList(names.begin(), names.end()));
    region_->setVisible(names.size() > 1);
}

bool OfferFilters::everywhere() const {
    return !market_->currentData().toString().isEmpty();
}

offers::OfferFilter OfferFilters::filter() const {
    QStringList all;
    for (const QString& word : search_->text().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        all << condition("", word);
    const QString provider = market_->currentData().toString();
    if (!provider.isEmpty() && provider != everyProvider()) all << condition("provider=", provider);
    if (const QString region = region_->currentData().toString(); !region.isEmpty())
        all << condition("region=", region);
    if (const QString name = accelerator_->currentData().toString(); !name.isEmpty())
        all << condition("accelerator=", name);
    constexpr std::array signs{"gpu>=", "memory>=", "price>=", "price<="};
    for (std::size_t i = 0; i < signs.size(); ++i)
        if (numbers_[i]) all << QLatin1String(signs[i]) + typed(*numbers_[i]);
    if (const QString host = host_->currentData().toString(); !host.isEmpty()) all << host;
    if (spot_->isChecked()) all << QStringLiteral("spot");
    if (latest_->isChecked()) all << QStringLiteral("latest");
    // Of these parts there is none that is no filter.
    return offers::OfferFilter::parse(all.join(QStringLiteral(" & ")).toStdString())
        .value_or(offers::OfferFilter());
}

bool OfferFilters::empty() const {
    return filter().empty();
}

void OfferFilters::clear() {
    const bool wide = everywhere();
    {
        const QSignalBlocker quiet(this);
        search_->clear();
        for (auto* each : {region_, accelerator_, host_})
            each->setCurrentIndex(0);
        for (auto* each : {gpus_, memory_, least_, most_})
            each->setNumber(std::nullopt);
        for (auto& each : numbers_)
            each.reset();
        if (wide) market_->setCurrentIndex(1);
        spot_->setChecked(false);
        latest_->setChecked(false);
    }
    emit changed();
}

void OfferFilters::backToMarket() {
    {
        const QSignalBlocker quiet(this);
        market_->setCurrentIndex(0);
    }
    clear();
}

}  // namespace deepvm::ui::offer_pages
