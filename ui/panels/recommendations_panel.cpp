// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/recommendations_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "panels/pieces.h"
#include "state/format.h"
#include "state/wording.h"

namespace deepvm::ui::panels {

RecommendationsPanel::RecommendationsPanel(state::ExplorationState& state, state::Planning& planning,
                                           state::Highlight& highlight, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      highlight_(highlight),
      palette_(theme::palette(theme::Mode::light)),
      title_(capsLabel(tr("Recommended"))) {
    setObjectName(QStringLiteral("recommendations"));
    title_->setObjectName(QStringLiteral("recommendedTitle"));
    auto* scrolled = new QWidget;
    list_ = new QVBoxLayout(scrolled);
    list_->setSpacing(12);
    buildEmptyState();
    list_->addWidget(empty_);
    list_->addStretch();
    export_ = new QPushButton(tr("Export JSON"));
    export_->setObjectName(QStringLiteral("exportButton"));
    export_->setProperty("role", "primary");
    connect(export_, &QPushButton::clicked, this, &RecommendationsPanel::exportRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 0, scroll_room, 0);
    buttons->addStretch();
    buttons->addWidget(export_);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(12);
    all->addWidget(title_);
    all->addWidget(scrolledColumn(scrolled), 1);
    all->addLayout(buttons);

    connect(&planning_, &state::Planning::decisionChanged, this, &RecommendationsPanel::refresh);
    refresh();
}

void RecommendationsPanel::buildEmptyState() {
    empty_ = new QFrame;
    empty_->setObjectName(QStringLiteral("emptyState"));
    empty_->setProperty("role", "card");
    emptyText_ = label({}, "body");
    emptyText_->setObjectName(QStringLiteral("emptyText"));
    emptyText_->setWordWrap(true);
    goTo_ = new QPushButton;
    goTo_->setObjectName(QStringLiteral("goToCheapest"));
    goTo_->setProperty("role", "primary");
    connect(goTo_, &QPushButton::clicked, this, [this] {
        if (const auto& decision = planning_.decision(); decision && decision->cheapest)
            state_.setBudget(decision->cheapest->hourly_price);
        state_.endGesture();
    });
    auto* all = new QVBoxLayout(empty_);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(16);
    all->addWidget(emptyText_);
    all->addWidget(goTo_);
}

void RecommendationsPanel::refresh() {
    const auto& decision = planning_.decision();
    const bool any = decision && !decision->ranked.empty() && planning_.scene();
    title_->setText(
        (decision ? tr("Recommended at %1 / h").arg(state::money(decision->budget)) : tr("Recommended"))
            .toUpper());
    export_->setEnabled(any);
    empty_->setVisible(!any);
    if (any) {
        showCards(*decision);
    } else {
        for (auto* shown : cards_)
            shown->hide();
        refreshEmptyState();
    }
}

void RecommendationsPanel::refreshEmptyState() {
    const auto& decision = planning_.decision();
    const bool way_out = decision && decision->cheapest;
    goTo_->setVisible(way_out);
    if (way_out) goTo_->setText(tr("Go to %1").arg(state::moneyPerHour(decision->cheapest->hourly_price)));
    if (decision)
        emptyText_->setText(unbroken(state::nothingFits(*decision)));
    else if (planning_.error())
        emptyText_->setText(
            state_.value().architectures.empty()
                ? tr("No architecture is switched on. Switch one on to see what a budget buys.")
                : QString::fromStdString(planning_.error()->message) + QLatin1Char('.'));
    else
        emptyText_->setText(tr("Reading the catalog ..."));
}

PlanCard& RecommendationsPanel::card(std::size_t index) {
    while (cards_.size() <= index) {
        auto* made = new PlanCard(static_cast<int>(cards_.size()) + 1);
        connect(made, &PlanCard::clicked, this, &RecommendationsPanel::choose);
        connect(made, &PlanCard::workerHovered, &highlight_, &state::Highlight::setType);
        list_->insertWidget(static_cast<int>(cards_.size()) + 1, made);
        theme::colour(*made, palette_);
        cards_.push_back(made);
    }
    return *cards_[index];
}

void RecommendationsPanel::showCards(const planner::Decision& decision) {
    if (chosen_ > static_cast<int>(decision.ranked.size())) {
        chosen_ = static_cast<int>(decision.ranked.size());
        emit rankChosen(chosen_);
    }
    for (std::size_t i = 0; i < decision.ranked.size(); ++i) {
        PlanCard& shown = card(i);
        shown.show(*planning_.scene(), decision);
        shown.setChosen(static_cast<int>(i) + 1 == chosen_);
        shown.QWidget::show();
    }
    for (std::size_t i = decision.ranked.size(); i < cards_.size(); ++i)
        cards_[i]->hide();
}

void RecommendationsPanel::choose(int rank) {
    chosen_ = rank;
    for (std::size_t i = 0; i < cards_.size(); ++i)
        cards_[i]->setChosen(static_cast<int>(i) + 1 == rank);
    emit rankChosen(rank);
}

}  // namespace deepvm::ui::panels
