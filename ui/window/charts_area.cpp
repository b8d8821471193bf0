// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/charts_area.h"

#include <QHeaderView>
#include <QMenu>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "base/names.h"
#include "charts/flopp_chart.h"
#include "charts/frontier_chart.h"
#include "panels/checkpoints_panel.h"
#include "panels/futures_panel.h"
#include "panels/pieces.h"
#include "panels/program_panel.h"
#include "panels/region_panel.h"
#include "panels/scaling_panel.h"
#include "panels/why_panel.h"
#include "panels/workload_panel.h"
#include "window/what_if_tab.h"

namespace deepvm::ui::window {
namespace {

QFrame* card(QWidget* content, const QMargins& margins) {
    auto* frame = new QFrame;
    frame->setProperty("role", "card");
    auto* all = new QVBoxLayout(frame);
    all->setContentsMargins(margins);
    all->addWidget(content);
    return frame;
}

}  // namespace

ChartsArea::ChartsArea(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                       state::Choice& choice, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      highlight_(highlight),
      choice_(choice),
      frontier_(new charts::FrontierChart),
      flopp_(new charts::FloppChart),
      why_(new panels::WhyPanel(state, planning, choice)),
      program_(new panels::ProgramPanel(state, planning)),
      offers_(new models::OffersModel(this)),
      sorted_(new QSortFilterProxyModel(this)) {
    auto* split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(16);
    split->setChildrenCollapsible(false);
    split->addWidget(frontierCard());
    split->addWidget(tabsCard());
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setSizes({540, 460});  // shares, not pixels
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(split);
    connectCharts();
    connect(&planning_, &state::Planning::sceneChanged, this, &ChartsArea::refreshScene);
    connect(&planning_, &state::Planning::decisionChanged, this, [this] {
        if (!planning_.scene()) refreshScene();  // also when there never was one
    });
    connect(&state_, &state::ExplorationState::changed, this,
            [this] { frontier_->setBudget(state_.value().budget); });
    connect(&choice, &state::Choice::changed, program_,
            [this, &choice] { program_->setRank(choice.rank()); });
    frontier_->setBudget(state_.value().budget);
    frontier_->clear(tr("Planning ..."));
}

QWidget* ChartsArea::frontierCard() {
    frontier_->setObjectName(QStringLiteral("frontierChart"));
    // The chart has its own margins; 2 px keep it inside of the round corners.
    return card(frontier_, {2, 2, 2, 2});
}

QWidget* ChartsArea::tabsCard() {
    flopp_->setObjectName(QStringLiteral("floppChart"));
    auto* tabs = tabs_ = new QTabWidget;
    tabs->setObjectName(QStringLiteral("tabs"));
    tabs->setDocumentMode(false);  // else a line is drawn above the corner
    tabs->tabBar()->setDrawBase(false);
    tabs->tabBar()->setExpanding(false);
    tabs->addTab(flopp_, tr("Instances"));
    tabs->addTab(why_, tr("Why this?"));
    tabs->addTab(new WhatIfTab(state_, planning_, highlight_), tr("What if"));
    tabs->addTab(new panels::FuturesPanel(state_, planning_), tr("Futures"));
    tabs->addTab(new panels::CheckpointsPanel(state_, planning_, choice_), tr("Checkpoints"));
    tabs->addTab(new panels::RegionPanel(state_, planning_), tr("Feasible region"));
    tabs->addTab(program_, tr("Model"));
    tabs->addTab(new panels::ScalingPanel(state_, planning_, choice_), tr("Scaling"));
    tabs->addTab(new panels::WorkloadPanel(state_, planning_), tr("Workload"));
    tabs->addTab(catalogTable(), tr("Catalog"));
    tabs->setCornerWidget(allTabs());
    return card(tabs, {16, 4, 16, 8});
}

// Not all tabs fit beside each other in a small window.
QToolButton* ChartsArea::allTabs() {
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("allTabs"));
    button->setText(tr("All ▾"));
    button->setProperty("role", "tabs");
    button->setAccessibleName(tr("All tabs"));
    button->setToolTip(tr("All tabs by name"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    for (int i = 0; i < tabs_->count(); ++i)
        menu->addAction(tabs_->tabText(i), this, [this, i] { tabs_->setCurrentIndex(i); });
    button->setMenu(menu);
    return button;
}

QTableView* ChartsArea::catalogTable() {
    sorted_->setSourceModel(offers_);
    sorted_->setSortRole(models::OffersModel::sort_role);
    auto* table = new QTableView;
    table->setObjectName(QStringLiteral("catalogTable"));
    table->setModel(sorted_);
    table->setSortingEnabled(true);
    table->sortByColumn(models::OffersModel::spot, Qt::AscendingOrder);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(30);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false);  // Tab leaves the table; the arrow keys move in it
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                highlight_.setType(row.data(models::OffersModel::type_role).toString());
            });
    connect(sorted_, &QAbstractItemModel::modelReset, table, [table] {
        table->resizeColumnsToContents();
        constexpr int widest = 200;
        for (int column = 0; column < models::OffersModel::column_count; ++column)
            if (table->columnWidth(column) > widest) table->setColumnWidth(column, widest);
    });
    return table;
}

void ChartsArea::connectCharts() {
    connect(frontier_, &charts::FrontierChart::budgetDragged, &state_, &state::ExplorationState::setBudget);
    connect(frontier_, &charts::FrontierChart::budgetReleased, &state_, &state::ExplorationState::endGesture);
    connect(frontier_, &charts::FrontierChart::planHovered, this, [this](const problem::Plan& plan) {
        highlight_.setType(QString::fromStdString(model::type_id(plan.provider, plan.worker)));
    });
    connect(frontier_, &charts::FrontierChart::planHoverEnded, this, [this] { highlight_.setType({}); });
    connect(frontier_, &charts::FrontierChart::planClicked, this,
            [this](const problem::Plan& plan) { state_.goTo(plan.hourly_price); });
    connect(flopp_, &charts::FloppChart::typeHovered, &highlight_, &state::Highlight::setType);
    connect(flopp_, &charts::FloppChart::typeHoverEnded, this, [this] { highlight_.setType({}); });
    connect(&highlight_, &state::Highlight::changed, frontier_, &charts::FrontierChart::setHighlightedType);
    connect(&highlight_, &state::Highlight::changed, flopp_, &charts::FloppChart::setHighlightedType);
}

void ChartsArea::refreshScene() {
    const auto& scene = planning_.scene();
    offers_->setMarket(scene ? scene->market : nullptr);
    if (!scene) {
        frontier_->clear(planning_.error() ? tr("No answer") : QString());
        flopp_->setEntries({}, {}, {});
        return;
    }
    const bool published = scene->market->kind == model::MarketKind::published;
    frontier_->setFrontier(scene->frontier, scene->problem->request.objective, published);
    flopp_->setEntries(scene->types, scene->market->sources, {published, scene->market->places.size() > 1});
}

base::Result<void> ChartsArea::showTab(const QString& name) {
    std::vector<std::string> known;
    for (int index = 0; index < tabs_->count(); ++index) {
        static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
        const QString words = tabs_->tabText(index).toLower().replace(others, QStringLiteral(" ")).trimmed();
        known.push_back(QString(words).replace(QLatin1Char(' '), QLatin1Char('-')).toStdString());
        if (name.toStdString() != known.back()) continue;
        tabs_->setCurrentIndex(index);
        return {};
    }
    return tl::unexpected(base::unknown_name("tab", name.toStdString(), known));
}

void ChartsArea::showWhy() {
    tabs_->setCurrentWidget(why_);
    tabs_->tabBar()->setFocus();  // from here Tab leads into the reasons
}

void ChartsArea::setColours(const theme::Palette& palette) {
    frontier_->setColours(palette);
    flopp_->setColours(palette);
}

}  // namespace deepvm::ui::window
