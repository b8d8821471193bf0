// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/page_stack.h"

#include <QTabBar>

#include "base/names.h"
#include "exchange/exchange.h"
#include "learn/branch_panel.h"
#include "learn/learn_page.h"
#include "learn/player.h"
#include "learn/replay_panel.h"
#include "offer_pages/import_page.h"
#include "offer_pages/offers_page.h"
#include "pages/checkpoints_panel.h"
#include "pages/compare_page.h"
#include "pages/explore_page.h"
#include "pages/futures_panel.h"
#include "pages/page.h"
#include "pages/program_panel.h"
#include "pages/region_panel.h"
#include "pages/scaling_panel.h"
#include "pages/start_page.h"
#include "pages/what_if_panel.h"
#include "pages/why_panel.h"
#include "pages/workload_panel.h"
#include "plot/chart_frame.h"
#include "widgets/pieces.h"
#include "wording/wording.h"

namespace deepvm::ui::window {
namespace {

template <typename Map>
std::vector<std::string> namesOf(const Map& known) {
    std::vector<std::string> names;
    for (const auto& [id, place] : known)
        names.push_back(id.toStdString());
    return names;
}

// The question behind a chart, and of when its prices are.
QString originOf(const state::Planning& planning) {
    const auto& scene = planning.scene();
    const auto& decision = planning.decision();
    if (!scene || !decision) return {};
    return QStringLiteral("%1 · %2 · %3 · %4")
        .arg(QString::fromStdString(exchange::describe(*scene->problem)),
             QString::fromStdString(problem::workload_of(*scene->problem).display_name),
             wording::objectiveName(scene->problem->request.objective),
             wording::moneyPerHour(decision->budget));
}

}  // namespace

PageStack::PageStack(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                     state::ChosenRank& choice, state::Notebook& notebook, learn::Player& player,
                     QWidget* parent)
    : QStackedWidget(parent),
      explore_(new pages::ExplorePage(state, planning, highlight)),
      compare_(new pages::ComparePage(state, planning, notebook)),
      offers_(new offer_pages::OffersPage(state, planning, highlight)),
      import_(new offer_pages::ImportPage(state, planning)),
      learn_(new learn::LearnPage(player)),
      start_(new pages::StartPage(state)) {
    setObjectName(QStringLiteral("pages"));
    auto* program = new pages::ProgramPanel(state, planning);
    connect(&choice, &state::ChosenRank::changed, program,
            [program, &choice] { program->setRank(choice.rank()); });
    const auto pin = [this, &planning, &notebook](const problem::Plan& plan) {
        if (const auto done = notebook.pin(planning, plan); !done)
            emit told(QString::fromStdString(done.error().message));
    };
    auto* what_if = new pages::WhatIfPanel(state, planning, highlight);
    connect(explore_, &pages::ExplorePage::pinAsked, this, pin);
    connect(what_if, &pages::WhatIfPanel::pinAsked, this, pin);
    addPage(QStringLiteral("explore"), explore_);
    tabs_[QStringLiteral("instances")] = {QStringLiteral("explore"), nullptr, explore_};
    addTabs(
        QStringLiteral("explain"),
        {{QStringLiteral("why-this"), tr("Why this?"), new pages::WhyPanel(state, planning, choice)},
         {QStringLiteral("what-if"), tr("What if"), what_if},
         {QStringLiteral("feasible-region"), tr("Feasible region"), new pages::RegionPanel(state, planning)},
         {QStringLiteral("model"), tr("Model"), program},
         {QStringLiteral("scaling"), tr("Scaling"), new pages::ScalingPanel(state, planning, choice)}});
    addTabs(QStringLiteral("risk"),
            {{QStringLiteral("futures"), tr("Futures"), new pages::FuturesPanel(state, planning)},
             {QStringLiteral("checkpoints"), tr("Checkpoints"),
              new pages::CheckpointsPanel(state, planning, choice)}});
    addPage(QStringLiteral("compare"), widgets::card(compare_, {16, 8, 16, 8}));
    connect(compare_, &pages::ComparePage::entered, this,
            [this] { (void)showPage(QStringLiteral("explore")); });
    addTabs(QStringLiteral("catalog"),
            {{QStringLiteral("catalog"), tr("Offers"), offers_},
             {QStringLiteral("workload"), tr("Workloads"), new pages::WorkloadPanel(state, planning)},
             {QStringLiteral("import"), tr("Import"), import_}});
    connect(offers_, &offer_pages::OffersPage::entered, this,
            [this](const QString& id) { (void)showPage(id); });
    connect(offers_, &offer_pages::OffersPage::layoutChanged, this, &PageStack::layoutChanged);
    connect(offers_, &offer_pages::OffersPage::importAsked, this, [this] {
        (void)showTab(QStringLiteral("import"));
        import_->askForFiles();
    });
    addPage(QStringLiteral("learn"), widgets::card(learn_, {16, 8, 16, 8}));
    connect(learn_, &learn::LearnPage::told, this, &PageStack::told);
    connect(learn_, &learn::LearnPage::done, this, &PageStack::done);
    connect(&player, &learn::Player::notKept, this, &PageStack::told);
    auto* branches = new learn::BranchPanel(state, planning);
    connect(branches, &learn::BranchPanel::treeChanged, &player,
            [&player, branches] { player.setWidgetSolved(branches->finished()); });
    connect(&player, &learn::Player::stepBegan, branches, [&player, branches] {
        if (player.step().widget == "branch-and-bound") branches->restart();
    });
    connect(&player, &learn::Player::widgetAsked, branches, &learn::BranchPanel::showMe);
    learn_->addWidget(QStringLiteral("branch-and-bound"), branches);
    learn_->addWidget(QStringLiteral("replay"), new learn::ReplayPanel(planning));
    addPage(QStringLiteral("start"), start_);
    connect(start_, &pages::StartPage::exampleAsked, this, &PageStack::exampleAsked);
    connect(start_, &pages::StartPage::entered, this, [this](const QString& id) { (void)showPage(id); });
    for (auto* page : findChildren<pages::Page*>()) {
        connect(page, &pages::Page::told, this, &PageStack::told);
        connect(page, &pages::Page::done, this, &PageStack::done);
    }
    for (auto* chart : findChildren<plot::ChartFrame*>()) {
        chart->setOrigin([&planning] { return originOf(planning); });
        connect(chart, &plot::ChartFrame::notWritten, this, &PageStack::told);
        connect(chart, &plot::ChartFrame::written, this,
                [this](const QString& file) { emit done(tr("The chart is in %1").arg(file)); });
    }
    (void)showPage(QStringLiteral("explore"));
}

void PageStack::addPage(const QString& id, QWidget* page) {
    pages_[id] = page;
    addWidget(page);
}

void PageStack::addTabs(const QString& id, const std::vector<Tab>& tabs) {
    auto* shown = new QTabWidget;
    shown->setObjectName(QStringLiteral("tabs-") + id);
    shown->setDocumentMode(false);  // else a line is drawn above the corner
    shown->tabBar()->setDrawBase(false);
    shown->tabBar()->setExpanding(false);
    for (const auto& tab : tabs) {
        shown->addTab(tab.content, tab.title);
        tabs_[tab.id] = {id, shown, tab.content};
    }
    addPage(id, widgets::card(shown, {16, 4, 16, 8}));
}

base::Result<void> PageStack::showPage(const QString& id) {
    const auto found = pages_.find(id);
    if (found == pages_.end())
        return tl::unexpected(base::unknown_name("page", id.toStdString(), namesOf(pages_)));
    page_ = id;
    setCurrentWidget(found->second);
    emit pageChanged();
    return {};
}

base::Result<void> PageStack::showTab(const QString& id) {
    const auto found = tabs_.find(id);
    if (found == tabs_.end())
        return tl::unexpected(base::unknown_name("tab", id.toStdString(), namesOf(tabs_)));
    const auto& place = found->second;
    if (place.tabs != nullptr) place.tabs->setCurrentWidget(place.content);
    return showPage(place.page);
}

void PageStack::focusTabs() {
    for (const auto& [id, place] : tabs_)
        if (place.page == page_ && place.tabs != nullptr) return place.tabs->tabBar()->setFocus();
}

bool PageStack::busy() const {
    return (compare_->isVisible() && compare_->busy()) || (offers_->isVisible() && offers_->busy()) ||
           import_->busy();
}

bool PageStack::hasSides() const {
    return page_ == QLatin1String("explore") || page_ == QLatin1String("explain") ||
           page_ == QLatin1String("risk");
}

void PageStack::showOffer(const std::string& provider, const std::string& region, const std::string& type) {
    (void)showTab(QStringLiteral("catalog"));
    offers_->showOffer(provider, region, type);
}

base::Result<void> PageStack::playLesson(const QString& id) {
    (void)showPage(QStringLiteral("learn"));
    return learn_->play(id);
}

void PageStack::importPrices(const QStringList& files) {
    (void)showTab(QStringLiteral("import"));
    import_->read(files);
}

void PageStack::restore(const state::WindowLayout& layout) {
    for (const auto& [page, tab] : layout.tabs)
        if (const auto found = tabs_.find(tab); found != tabs_.end() && found->second.tabs != nullptr)
            found->second.tabs->setCurrentWidget(found->second.content);
    if (!layout.split.isEmpty()) explore_->setSplit(layout.split);
    start_->setBeginsWhereLeft(layout.beginsWhereLeft);
    offers_->restore(layout);
    if (pages_.contains(layout.page)) (void)showPage(layout.page);
}

void PageStack::store(state::WindowLayout& layout) const {
    if (page_ != QLatin1String("start")) layout.page = page_;
    for (const auto& [id, place] : tabs_)
        if (place.tabs != nullptr && place.tabs->currentWidget() == place.content)
            layout.tabs[place.page] = id;
    layout.split = explore_->split();
    offers_->store(layout);
    layout.beginsWhereLeft = start_->beginsWhereLeft();
}

}  // namespace deepvm::ui::window
