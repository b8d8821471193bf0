// SPDX-License-Identifier: GPL-3.0-or-later
#include "offer_pages/offers_page.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>
#include <vector>

#include "base/files.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/wording.h"

namespace deepvm::ui::offer_pages {
namespace {

using models::OffersModel;

QPushButton* headButton(const QString& text, const char* name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    return made;
}

}  // namespace

OffersPage::OffersPage(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                       QWidget* parent)
    : Page(QStringLiteral("offers"), state, parent),
      planning_(planning),
      highlight_(highlight),
      shelf_(planning),
      offers_(new OffersModel(this)),
      expression_(new QLineEdit),
      count_(widgets::label({}, "muted")),
      wrong_(widgets::label({}, "error")),
      filters_(new OfferFilters),
      table_(new QTableView),
      cells_(new OfferDelegate(this)),
      details_(new OfferDetails),
      none_(new widgets::EmptyPage(QStringLiteral("offersNone"), QStringLiteral("offersClear"))),
      body_(new QStackedWidget),
      columnMenu_(new QMenu(this)) {
    buildTable();
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("catalogPage"));
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, widgets::grid / 2, 0, 0);
    all->setSpacing(widgets::grid);
    all->addWidget(buildHead());
    wrong_->setObjectName(QStringLiteral("offersWrong"));
    wrong_->setWordWrap(true);
    wrong_->hide();
    all->addWidget(wrong_);
    all->addWidget(filters_);
    all->addWidget(buildBody(), 1);
    setContent(content);
    connect(filters_, &OfferFilters::changed, this, [this] {
        shelf_.ask(filters_->everywhere());
        applyFilter();
    });
    refusing_.setSingleShot(true);
    constexpr int rest_ms = 400;
    refusing_.setInterval(rest_ms);
    connect(&refusing_, &QTimer::timeout, this, [this] { sayWrong(refusal_); });
    connect(&shelf_, &state::CatalogShelf::tableChanged, this, &OffersPage::takeTable);
    connect(&shelf_, &state::CatalogShelf::pastChanged, this, [this] {
        // Most have none: then there is nothing to add.
        if (const auto& past = shelf_.past(); past && !(past->prices.empty() && !past->range)) showDetails();
    });
    connect(&planning_, &state::Planning::sceneChanged, this, &OffersPage::refreshShown);
}

void OffersPage::setColours(const theme::Palette& palette) {
    cells_->setColours(palette);
    table_->viewport()->update();
}

QWidget* OffersPage::buildHead() {
    expression_->setObjectName(QStringLiteral("offersExpression"));
    expression_->setAccessibleName(tr("Filter expression"));
    expression_->setPlaceholderText(QStringLiteral("gpu>=4 & memory/gpu>=40 & spot<2"));
    expression_->setToolTip(wording::said(offers::filter_help()));
    expression_->setClearButtonEnabled(true);
    expression_->setAcceptDrops(false);  // files that are dropped are for the window
    expression_->setMaxLength(2000);
    expression_->setProperty("role", "code");
    connect(expression_, &QLineEdit::textChanged, this, &OffersPage::applyFilter);
    count_->setObjectName(QStringLiteral("offersCount"));
    count_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* columns = headButton(tr("Columns"), "offersColumns", tr("Which columns are on show"));
    connect(columns, &QPushButton::clicked, this, [this, columns] {
        columns_->fillMenu(*columnMenu_);
        columnMenu_->popup(columns->mapToGlobal(QPoint(0, columns->height() + 4)));
    });
    auto* csv = headButton(tr("CSV ..."), "offersCsv", tr("Writes what is shown: these columns, these rows"));
    connect(csv, &QPushButton::clicked, this, &OffersPage::askForCsv);
    auto* import = headButton(tr("Import prices ..."), "offersImport", tr("Newer prices out of files"));
    import->setProperty("role", "primary");
    connect(import, &QPushButton::clicked, this, &OffersPage::importAsked);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::grid);
    row->addWidget(expression_, 1);
    row->addWidget(count_);
    for (auto* button : {columns, csv, import})
        row->addWidget(button);
    return head;
}

void OffersPage::buildTable() {
    table_->setObjectName(QStringLiteral("catalogTable"));
    table_->setModel(offers_);
    table_->setItemDelegate(cells_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    theme::setDesignRows(*table_, 30);
    auto* header = table_->horizontalHeader();
    header->setHighlightSections(false);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint& at) {
        columns_->fillMenu(*columnMenu_);
        columnMenu_->popup(header->mapToGlobal(at));
    });
    table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its coming would take room from the columns
    table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setTabKeyNavigation(false);  // Tab leaves the table; the arrow keys move in it
    table_->setSortingEnabled(true);
    table_->sortByColumn(OffersModel::columnOf(offers::Field::usd_per_million), Qt::AscendingOrder);
    columns_ = new OfferColumns(*table_, this);
    connect(columns_, &OfferColumns::changed, this, &OffersPage::layoutChanged);
    auto* copying = new QAction(tr("Copy"), table_);
    copying->setObjectName(QStringLiteral("offersCopy"));
    copying->setShortcut(QKeySequence::Copy);
    copying->setShortcutContext(Qt::WidgetShortcut);
    connect(copying, &QAction::triggered, this, &OffersPage::copy);
    auto* going = new QAction(tr("Show in the market"), table_);
    connect(going, &QAction::triggered, this, &OffersPage::showInMarket);
    table_->addActions({copying, going});
    table_->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(table_, &QTableView::doubleClicked, this, &OffersPage::showInMarket);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                if (!row.isValid()) return;
                highlight_.setType(row.data(OffersModel::type_role).toString());
                const auto offer = offers_->offerAt(row.row());
                const auto& table = *offers_->table();
                current_ = {table.place(offer).provider, table.place(offer).region, table.type(offer).name};
                shelf_.askPast(offer);
                showDetails();
            });
}

QWidget* OffersPage::buildBody() {
    body_->addWidget(table_);
    body_->addWidget(none_);
    connect(details_, &OfferDetails::closed, this, [this] {
        table_->setCurrentIndex({});
        table_->clearSelection();
        current_.reset();
        details_->hide();
        table_->setFocus();
    });
    connect(details_, &OfferDetails::marketAsked, this, &OffersPage::showInMarket);
    details_->hide();
    auto* beside = new QWidget;
    auto* row = new QHBoxLayout(beside);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(body_, 1);
    row->addWidget(details_);
    return beside;
}

void OffersPage::refresh() {
    const auto& scene = planning_.scene();
    if (!scene) {
        if (planning_.error()) showEmpty(wording::noAnswer(planning_.error(), true));
        return;
    }
    showContent();
    const auto notes = planning_.notes();
    if (notes.markets) {
        const auto& market = *scene->market;
        const bool one = market.places.size() == 1 && !market.places.front().region.empty();
        filters_->setMarkets(one ? wording::said(model::place_title(market.places.front().provider,
                                                                    market.places.front().region))
                                 : wording::said(market.title),
                             *notes.markets);
    }
    shelf_.ask(filters_->everywhere());
}

void OffersPage::takeTable() {
    if (shelf_.error()) {
        offers_->setTable(nullptr);
        return showEmpty(wording::noAnswer(shelf_.error(), true));
    }
    const auto kept = current_;
    offers_->setTable(shelf_.table());
    filters_->setTable(shelf_.table());
    columns_->setSeveral(model::spans_providers(shelf_.table()->market()));
    if (!meant_) meant_ = kept;
    applyFilter();
    showMeant();
}

void OffersPage::applyFilter() {
    const auto typed = offers::OfferFilter::parse(expression_->text().toStdString());
    if (typed) {
        typed_ = *typed;
        readable_ = expression_->text();
        refusing_.stop();
        sayWrong({});
    } else {
        refusal_ = OfferFilters::refusal(typed.error(), readable_);
        // Half of what is typed cannot be read yet: nobody is told before they rest.
        wrong_->isHidden() ? refusing_.start() : sayWrong(refusal_);
    }
    if (!offers_->table()) return;
    const auto row = chosen();
    offers_->setFilter(filters_->filter() & typed_);
    if (row && offers_->rowOf(*row))
        choose(*row);
    else if (row)
        details_->hide();
    refreshCount();
}

void OffersPage::sayWrong(const QString& refusal) {
    if (refusal == wrong_->text()) return;
    wrong_->setText(refusal);
    wrong_->setVisible(!refusal.isEmpty());
    widgets::restyle(*expression_, "wrong", !refusal.isEmpty());
}

// As wide as all of them: the layout of the page stays while somebody types.
void OffersPage::fitCount() {
    if (!offers_->table()) return;
    const QString widest = tr("%1 of %1").arg(wording::whole(static_cast<double>(offers_->table()->size())));
    const auto metrics = count_->fontMetrics();
    count_->setFixedSize(metrics.horizontalAdvance(widest) + widgets::grid / 2, metrics.height());
}

void OffersPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) fitCount();
}

void OffersPage::refreshCount() {
    const auto& table = *offers_->table();
    const int shown = offers_->rowCount();
    const QString of =
        tr("%1 of %2").arg(wording::whole(shown), wording::whole(static_cast<double>(table.size())));
    fitCount();
    count_->setText(of);
    std::vector<bool> types(table.market().types.size());
    for (int row = 0; row < shown; ++row)
        types[table.offer(offers_->offerAt(row)).type] = true;
    count_->setToolTip(
        tr("%1 offers of %2 machine types")
            .arg(of, wording::whole(static_cast<double>(std::count(types.begin(), types.end(), true)))));
    const QString sentence =
        tr("Offers of the catalog: %1, sorted and filtered; the figures of the chosen one stand beside them.")
            .arg(of);
    table_->setAccessibleName(tr("Offers"));
    table_->setAccessibleDescription(sentence);
    setAccessibleName(sentence);
    if (shown == 0)
        none_->say(wording::sentence(wording::said(offers_->filter().why_none(table))) + QLatin1Char('.'),
                   tr("Clear the filters"), [this] { clearFilters(); });
    body_->setCurrentIndex(shown == 0 ? 1 : 0);
}

void OffersPage::clearFilters() {
    {
        const QSignalBlocker silent(expression_);
        expression_->clear();
    }
    filters_->clear();
}

std::optional<std::size_t> OffersPage::chosen() const {
    if (!current_ || !offers_->table()) return std::nullopt;
    return offers_->table()->find(current_->provider, current_->region, current_->type);
}

void OffersPage::choose(std::size_t offer) {
    const auto row = offers_->rowOf(offer);
    if (!row) return;
    const int column = columns_->shown().front();
    const int across = table_->horizontalScrollBar()->value();
    table_->setCurrentIndex(offers_->index(*row, column));
    table_->scrollTo(offers_->index(*row, column));
    table_->horizontalScrollBar()->setValue(across);
}

void OffersPage::showOffer(const std::string& provider, const std::string& region, const std::string& type) {
    meant_ = {provider, region, type};
    {
        const QSignalBlocker silent(expression_);
        expression_->clear();
    }
    filters_->backToMarket();
    if (offers_->table() && !shelf_.busy()) showMeant();
}

void OffersPage::showMeant() {
    if (!meant_) return;
    const auto meant = *std::exchange(meant_, std::nullopt);
    const auto offer = offers_->table()->find(meant.provider, meant.region, meant.type);
    if (!offer) {
        current_.reset();
        details_->hide();
        return;
    }
    current_ = meant;
    if (offers_->rowOf(*offer)) choose(*offer);
}

void OffersPage::showDetails() {
    const auto offer = chosen();
    if (!offer || !offers_->rowOf(*offer)) return details_->hide();
    details_->show(*offers_->table(), *offer, shelf_.past());
    details_->QWidget::show();
}

// Where the market on show has the offer, it stays; else the region of the offer becomes it.
void OffersPage::showInMarket() {
    const auto offer = chosen();
    if (!offer || !planning_.scene()) return;
    const auto& place = offers_->table()->place(*offer);
    const auto& market = *planning_.scene()->market;
    const bool there = std::any_of(market.places.begin(), market.places.end(), [&](const auto& each) {
        return each.provider == place.provider && each.region == place.region;
    });
    if (!there) {
        auto next = state_.value();
        next.move_to({place.provider, place.region});
        state_.set(next, tr("prices"));
    }
    const auto& type = offers_->table()->type(*offer);
    highlight_.setType(QString::fromStdString(model::type_id(type.provider, type.name)));
    emit entered(QStringLiteral("explore"));
}

void OffersPage::copy() const {
    std::vector<int> rows;
    for (const auto& index : table_->selectionModel()->selectedRows())
        rows.push_back(index.row());
    if (rows.empty()) return;
    std::sort(rows.begin(), rows.end());
    QApplication::clipboard()->setText(offers_->tabbed(rows, columns_->shown()));
}

base::Result<void> OffersPage::exportTo(const QString& file) const {
    return base::write_file(file.toStdString(), offers_->csv(columns_->shown()));
}

void OffersPage::askForCsv() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Write the offers on show"),
                                                      QStringLiteral("offers.csv"), tr("CSV (*.csv)"));
    if (!file.isEmpty()) tell(exportTo(file), tr("The offers on show are in %1").arg(file));
}

void OffersPage::restore(const state::WindowLayout& layout) {
    columns_->restore(layout.catalogColumns);
    columns_->restoreSort(layout.catalogSort);
}

void OffersPage::store(state::WindowLayout& layout) const {
    layout.catalogColumns = columns_->kept();
    layout.catalogSort = columns_->keptSort();
}

void OffersPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && details_->isVisible())
        emit details_->closed();
    else
        Page::keyPressEvent(event);
}

}  // namespace deepvm::ui::offer_pages
