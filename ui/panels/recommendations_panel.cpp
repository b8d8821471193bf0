// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/recommendations_panel.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "planner/comparison.h"
#include "planner/decision.h"
#include "state/risk_basis.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::panels {
namespace {

constexpr int scrolled_margin = 8;  // of a card to the edge of what is seen

// Of the frontier that belongs to the answer on show; null where there is none, or none that is cheaper.
const problem::Plan* kneeOf(const state::Planning& planning) {
    const auto& scene = planning.scene();
    const auto& decision = planning.decision();
    if (!scene || !scene->frontier || !decision || decision->ranked.empty()) return nullptr;
    const auto& steps = scene->frontier->overall;
    const auto at = planner::knee(steps, decision->budget);
    return at ? &steps[*at] : nullptr;
}

}  // namespace

RecommendationsPanel::RecommendationsPanel(state::ExplorationState& state, state::Planning& planning,
                                           state::Highlight& highlight, state::ChosenRank& choice,
                                           state::Notebook& notebook, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      highlight_(highlight),
      choice_(choice),
      notebook_(notebook),
      palette_(theme::palette(theme::Mode::light)),
      title_(widgets::capsLabel(tr("Recommended"))) {
    setObjectName(QStringLiteral("recommendations"));
    title_->setObjectName(QStringLiteral("recommendedTitle"));
    auto* scrolled = new QWidget;
    list_ = new QVBoxLayout(scrolled);
    list_->setSpacing(8);
    buildNotice();
    list_->addWidget(notice_);
    buildEmptyState();
    list_->addWidget(empty_);
    leftOut_ = widgets::label({}, "small");
    leftOut_->setObjectName(QStringLiteral("notConsidered"));
    leftOut_->setWordWrap(true);
    list_->addWidget(leftOut_);
    list_->addStretch();
    export_ = new QPushButton(tr("Export JSON"));
    export_->setObjectName(QStringLiteral("exportButton"));
    export_->setProperty("role", "primary");
    connect(export_, &QPushButton::clicked, this, &RecommendationsPanel::exportRequested);
    handOver_ = new QPushButton(tr("SkyPilot"));
    handOver_->setObjectName(QStringLiteral("skypilotButton"));
    handOver_->setToolTip(
        tr("The chosen plan as a SkyPilot job, with what SkyPilot cannot express as comments"));
    connect(handOver_, &QPushButton::clicked, this, &RecommendationsPanel::handOverRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 0, widgets::scroll_room, 0);
    buttons->setSpacing(widgets::grid);
    buttons->addStretch();
    buttons->addWidget(handOver_);
    buttons->addWidget(export_);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    knee_ = new QPushButton;
    knee_->setObjectName(QStringLiteral("knee"));
    knee_->setProperty("role", "link");
    knee_->setToolTip(tr("The cheapest cluster that is worth at least 90 % of what the budget buys"));
    connect(knee_, &QPushButton::clicked, this, [this] {
        if (const auto* step = kneeOf(planning_)) state_.goTo(step->hourly_price);
    });
    auto* head = new QVBoxLayout;
    head->setSpacing(0);
    head->addWidget(title_);
    head->addWidget(knee_, 0, Qt::AlignLeft);
    all->addLayout(head);
    scroll_ = widgets::scrolledColumn(scrolled);
    all->addWidget(scroll_, 1);
    all->addLayout(buttons);

    connect(&planning_, &state::Planning::answerChanged, this, &RecommendationsPanel::refresh);
    connect(&planning_, &state::Planning::sceneChanged, this, &RecommendationsPanel::refreshKnee);
    connect(&notebook_, &state::Notebook::pinsChanged, this, &RecommendationsPanel::markPinned);
    connect(&choice_, &state::ChosenRank::changed, this, [this] {
        markChosen();
        showChosen();
    });
    refresh();
}

void RecommendationsPanel::buildEmptyState() {
    empty_ = new QFrame;
    empty_->setObjectName(QStringLiteral("emptyState"));
    empty_->setProperty("role", "card");
    emptyText_ = widgets::label({}, "body");
    emptyText_->setObjectName(QStringLiteral("emptyText"));
    emptyText_->setWordWrap(true);
    goTo_ = new QPushButton;
    goTo_->setObjectName(QStringLiteral("goToCheapest"));
    goTo_->setProperty("role", "primary");
    connect(goTo_, &QPushButton::clicked, this, [this] {
        if (const auto& decision = planning_.decision(); decision && decision->cheapest)
            state_.goTo(decision->cheapest->hourly_price);
    });
    assume_ = assumeButton("assumeRevocations");
    assume_->setProperty("role", "primary");
    auto* all = new QVBoxLayout(empty_);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(16);
    all->addWidget(emptyText_);
    all->addWidget(goTo_);
    all->addWidget(assume_);
}

void RecommendationsPanel::buildNotice() {
    notice_ = new QFrame;
    notice_->setObjectName(QStringLiteral("riskNotice"));
    notice_->setProperty("role", "notice");
    noticeText_ = widgets::label({}, "body");
    noticeText_->setObjectName(QStringLiteral("riskNoticeText"));
    noticeText_->setWordWrap(true);
    auto* all = new QVBoxLayout(notice_);
    all->setContentsMargins(12, 8, 12, 12);
    all->setSpacing(8);
    all->addWidget(noticeText_);
    all->addWidget(assumeButton("riskNoticeButton"), 0, Qt::AlignLeft);
    notice_->hide();
}

QPushButton* RecommendationsPanel::assumeButton(const char* name) {
    auto* button = new QPushButton(state::planWithUsualRisk());
    button->setObjectName(QLatin1String(name));
    button->setToolTip(
        tr("Of every spot machine, set by hand: undo or the box under Risk goes back to the provider's own"));
    connect(button, &QPushButton::clicked, this, [this] {
        state_.endGesture();
        state_.setRisk(state::usualRisk());
        state_.endGesture();
    });
    return button;
}

void RecommendationsPanel::refresh() {
    const auto& decision = planning_.decision();
    const bool any = decision && !decision->ranked.empty() && planning_.scene();
    title_->setText(
        (decision ? tr("Recommended at %1 / h").arg(wording::money(decision->budget)) : tr("Recommended"))
            .toUpper());
    export_->setEnabled(any);
    handOver_->setEnabled(any);
    empty_->setVisible(!any);
    refreshScene();
    leftOut_->setVisible(any && !leftOut_->text().isEmpty());
    notice_->setVisible(decision && !unknown_.empty());
    refreshKnee();
    if (any) {
        showCards(*decision);
    } else {
        for (auto* shown : cards_)
            shown->hide();
        refreshEmptyState();
    }
}

// Of thousands of machines, once for all budgets.
void RecommendationsPanel::refreshScene() {
    if (planning_.scene() == scene_) return;
    scene_ = planning_.scene();
    QStringList lines;
    unknown_.clear();
    if (scene_) {
        for (const auto& line : {words::apart(*scene_->market), words::not_considered_line(*scene_->problem)})
            if (!line.empty()) lines << wording::said(words::sentence(line) + ".");
        unknown_ = words::unknown_revocations(*scene_->problem, words::Style::typographic);
    }
    leftOut_->setText(lines.join(QLatin1Char('\n')));
    noticeText_->setText(widgets::unbroken(wording::said(unknown_)));
}

void RecommendationsPanel::refreshKnee() {
    const auto* step = kneeOf(planning_);
    knee_->setVisible(step != nullptr);
    if (step == nullptr) return;
    const auto& best = planning_.decision()->ranked.front();
    knee_->setText(
        tr("Knee at %1: %2")
            .arg(wording::costPerHour(step->hourly_price), wording::said(words::knee(*step, best))));
}

void RecommendationsPanel::refreshEmptyState() {
    const auto& decision = planning_.decision();
    const bool way_out = decision && decision->cheapest;
    goTo_->setVisible(way_out);
    // Where that is the whole reason, it is said there, and once.
    const bool reason =
        decision && scene_ && !unknown_.empty() &&
        words::cheapest_that_fits(*decision, *scene_->problem, words::Style::typographic).find(unknown_) !=
            std::string::npos;
    assume_->setVisible(reason);
    if (reason) notice_->hide();
    if (way_out) goTo_->setText(wording::goTo(decision->cheapest->hourly_price));
    emptyText_->setText(decision && planning_.scene()
                            ? widgets::unbroken(wording::joined(
                                  {wording::nothingFits(*decision),
                                   wording::cheapestThatFits(*decision, *planning_.scene()->problem)}))
                            : wording::noAnswer(planning_.error(), !state_.value().architectures.empty()));
}

PlanCard& RecommendationsPanel::card(std::size_t index) {
    while (cards_.size() <= index) {
        auto* made = new PlanCard(static_cast<int>(cards_.size()) + 1);
        connect(made, &PlanCard::clicked, &choice_, &state::ChosenRank::setRank);
        connect(made, &PlanCard::whyAsked, this, [this](int rank) {
            choice_.setRank(rank);
            emit whyRequested();
        });
        connect(made, &PlanCard::pinAsked, this, &RecommendationsPanel::togglePin);
        connect(made, &PlanCard::catalogAsked, this, &RecommendationsPanel::catalogRequested);
        connect(made, &PlanCard::planHovered, &highlight_, &state::Highlight::setPlan);
        connect(made, &PlanCard::hoverEnded, &highlight_, [this] { highlight_.setType({}); });
        list_->insertWidget(static_cast<int>(cards_.size()) + 2, made);
        theme::colour(*made, palette_);
        cards_.push_back(made);
    }
    return *cards_[index];
}

void RecommendationsPanel::showCards(const planner::Decision& decision) {
    for (std::size_t i = 0; i < decision.ranked.size(); ++i) {
        PlanCard& shown = card(i);
        shown.show(*planning_.scene(), decision);
        shown.QWidget::show();
    }
    markChosen();
    markPinned();
    for (std::size_t i = decision.ranked.size(); i < cards_.size(); ++i)
        cards_[i]->hide();
}

void RecommendationsPanel::markChosen() {
    const auto& decision = planning_.decision();
    if (!decision) return;
    const int rank = choice_.rankIn(*decision);
    for (std::size_t i = 0; i < cards_.size(); ++i)
        cards_[i]->setChosen(static_cast<int>(i) + 1 == rank);
}

void RecommendationsPanel::markPinned() {
    for (std::size_t i = 0; i < cards_.size(); ++i)
        cards_[i]->setPinned(notebook_.pinOf(planning_, static_cast<int>(i) + 1).has_value());
}

void RecommendationsPanel::togglePin(int rank) {
    if (const auto pinned = notebook_.pinOf(planning_, rank)) return notebook_.unpin(*pinned);
    if (const auto done = notebook_.pin(planning_, rank); !done)
        emit pinRefused(QString::fromStdString(done.error().message));
}

// A card that opens below the fold comes into view, as far as it fits with its head first; once it has its
// size.
void RecommendationsPanel::showChosen() {
    QTimer::singleShot(0, this, [this] {
        const auto& decision = planning_.decision();
        if (!decision || decision->ranked.empty() || !scroll_->isVisible()) return;
        const auto rank = static_cast<std::size_t>(choice_.rankIn(*decision));
        if (rank > cards_.size()) return;
        const auto* chosen = cards_[rank - 1];
        auto* bar = scroll_->verticalScrollBar();
        const int top = chosen->y() - scrolled_margin;
        const int bottom = chosen->geometry().bottom() + 1 + scrolled_margin - scroll_->viewport()->height();
        if (bar->value() < bottom) bar->setValue(bottom);
        if (bar->value() > top) bar->setValue(top);
    });
}

}  // namespace deepvm::ui::panels
