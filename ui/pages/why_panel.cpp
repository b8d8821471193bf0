// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/why_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "pages/why_blocks.h"
#include "planner/planner.h"
#include "widgets/pieces.h"
#include "wording/architecture_colours.h"
#include "wording/format.h"
#include "wording/wording.h"
#include "words/answers.h"

namespace deepvm::ui::pages {
namespace {

constexpr int three_columns_from = 960;  ///< width of the page at which its blocks stand side by side
constexpr int two_columns_from = 440;    ///< and what is left beside the steps

}  // namespace

WhyPage::WhyPage(QWidget* parent)
    : QWidget(parent),
      grid_(new QGridLayout(this)),
      head_(new QWidget),
      disc_(new widgets::RankDisc),
      title_(widgets::label({}, "heading")),
      cluster_(widgets::label({}, "muted")),
      verdict_(widgets::label({}, "small")),
      goTo_(new QPushButton),
      limits_(new LimitBlock),
      steps_(new StepBlock),
      rivals_(new RivalBlock),
      proof_(new QFrame),
      proofHeading_(widgets::capsLabel({})),
      proofText_(widgets::label({}, "small")),
      idle_(widgets::label({}, "small")) {
    idle_->setObjectName(QStringLiteral("whyIdle"));
    idle_->setWordWrap(true);
    idle_->hide();
    grid_->setVerticalSpacing(16);
    fillHead();
    fillProof();
    arrange(2);
    connect(goTo_, &QPushButton::clicked, this, [this] { emit budgetWanted(cheapest_); });
    connect(steps_, &StepBlock::wanted, this, &WhyPage::budgetWanted);
    connect(rivals_, &RivalBlock::switchedOn, this, &WhyPage::switchedOn);
}

void WhyPage::fillHead() {
    title_->setObjectName(QStringLiteral("whyTitle"));
    title_->setWordWrap(true);
    cluster_->setObjectName(QStringLiteral("whyCluster"));
    cluster_->setWordWrap(true);
    verdict_->setObjectName(QStringLiteral("whyVerdict"));
    goTo_->setObjectName(QStringLiteral("whyGoToCheapest"));
    goTo_->setProperty("role", "primary");
    head_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(title_);
    words->addWidget(cluster_);
    words->addWidget(goTo_, 0, Qt::AlignLeft);
    words->addStretch();
    auto* all = new QHBoxLayout(head_);
    all->setContentsMargins(0, 4, 0, 0);
    all->setSpacing(12);
    all->addWidget(disc_, 0, Qt::AlignTop);
    all->addLayout(words, 1);
    all->addWidget(verdict_, 0, Qt::AlignTop);
}

void WhyPage::fillProof() {
    proof_->setObjectName(QStringLiteral("whyProof"));
    proofText_->setObjectName(QStringLiteral("whyProofText"));
    proofText_->setWordWrap(true);
    auto* all = new QVBoxLayout(proof_);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addWidget(proofHeading_);
    all->addWidget(proofText_);
    all->addWidget(idle_);
}

// Three blocks and the proof side by side, in two columns, or all below each other.
void WhyPage::arrange(int columns) {
    columns_ = columns;
    const bool wide = columns == 3;
    while (auto* item = grid_->takeAt(0))
        delete item;  // the place, not the widget in it
    grid_->addWidget(head_, 0, 0, 1, columns);
    grid_->addWidget(limits_, 1, 0);
    if (columns == 1)
        grid_->addWidget(steps_, 2, 0);
    else
        grid_->addWidget(steps_, 1, 1);
    if (wide) {
        grid_->addWidget(rivals_, 1, 2, 2, 1);
        grid_->addWidget(proof_, 2, 0, 1, 2, Qt::AlignTop);
    } else {
        grid_->addWidget(rivals_, 3, 0, 1, columns);
        grid_->addWidget(proof_, 4, 0, 1, columns);
    }
    grid_->setColumnStretch(0, wide ? 6 : 1);
    grid_->setColumnStretch(1, wide ? 5 : columns - 1);
    grid_->setColumnStretch(2, wide ? 10 : 0);
    grid_->setHorizontalSpacing(columns == 1 ? 0 : 24);
    for (int row = 1; row <= 5; ++row)
        grid_->setRowStretch(row, row == (wide ? 2 : 5) ? 1 : 0);
}

void WhyPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int columns = width() >= three_columns_from                ? 3
                        : width() >= theme::scaled(two_columns_from) ? 2
                                                                     : 1;
    if (columns != columns_) arrange(columns);
}

void WhyPage::show(const state::Scene& scene, const planner::Decision& decision, int rank) {
    const problem::Problem& problem = *scene.problem;
    showProof(decision, problem);
    const bool any = !decision.ranked.empty();
    disc_->setVisible(any);
    limits_->setVisible(any);
    steps_->setVisible(any);
    goTo_->setVisible(!any && decision.cheapest);
    cluster_->show();
    if (!any) {
        showEmpty(decision, problem);
        return;
    }
    const problem::Plan& plan = decision.ranked.at(static_cast<std::size_t>(rank - 1));
    disc_->show(rank, wording::role(plan.architecture));
    const QString binds = wording::said(words::binding(plan));
    title_->setText(widgets::unbroken(rank > 1 ? wording::whyThis(plan, decision, problem.request.objective)
                                      : binds.isEmpty() ? tr("Nothing binds.")
                                                        : binds));
    cluster_->setText(widgets::unbroken(tr("%1 at %2, %3")
                                            .arg(wording::clusterLine(plan, *scene.market),
                                                 wording::pricePerHour(plan.hourly_price, decision.budget),
                                                 wording::architectureName(plan.architecture).toLower())));
    limits_->show(words::limits(plan, problem, wording::in_print));
    steps_->show(
        words::steps(plan, decision, problem, wording::in_print),
        rank == 1 ? wording::said(words::shadow_price(decision, problem, wording::in_print)) : QString());
    rivals_->show(tr("Worth, against the first choice"), words::rivals(decision, problem, wording::in_print));
    rivals_->QWidget::show();
}

void WhyPage::showEmpty(const planner::Decision& decision, const problem::Problem& problem) {
    title_->setText(widgets::unbroken(wording::nothingFits(decision)));
    cluster_->setText(widgets::unbroken(wording::cheapestThatFits(decision, problem)));
    if (decision.cheapest) {
        cheapest_ = decision.cheapest->hourly_price;
        goTo_->setText(wording::goTo(cheapest_));
    }
    std::vector<words::Rival> off;
    for (auto& rival : words::rivals(decision, problem, wording::in_print))
        if (rival.off) off.push_back(std::move(rival));
    rivals_->show({}, off);
    rivals_->setVisible(!off.empty());
}

void WhyPage::showProof(const planner::Decision& decision, const problem::Problem& problem) {
    const auto text = words::proof(decision, problem, wording::in_print);
    const bool proven = decision.proof.proven;
    verdict_->setText(wording::said(text.verdict));
    verdict_->show();
    widgets::restyle(*verdict_, "role", proven ? "small" : "badge");
    proofHeading_->setText(tr("Proof: %1").arg(wording::said(text.verdict)).toUpper());
    proofText_->setText(widgets::unbroken(wording::said(text.detail)));
    widgets::restyle(*proof_, "role", proven ? QVariant() : QVariant("warning"));
    const int inside = proven ? 0 : 12;
    proof_->layout()->setContentsMargins(inside, inside, inside, inside);
    proof_->show();
}

void WhyPage::showIdle(const QStringList& sentences) {
    idle_->setText(widgets::unbroken(sentences.join(QLatin1Char('\n'))));
    idle_->setVisible(!sentences.isEmpty());
}

void WhyPage::showNothing(const QString& reason, const std::vector<problem::Architecture>& off) {
    for (QWidget* block :
         {static_cast<QWidget*>(disc_), static_cast<QWidget*>(cluster_), static_cast<QWidget*>(goTo_),
          static_cast<QWidget*>(verdict_), static_cast<QWidget*>(limits_), static_cast<QWidget*>(steps_),
          static_cast<QWidget*>(proof_)})
        block->hide();
    title_->setText(reason);
    std::vector<words::Rival> rivals;
    rivals.reserve(off.size());
    for (const auto architecture : off)
        rivals.push_back(words::switched_off(architecture, wording::in_print));
    rivals_->show({}, rivals);
    rivals_->setVisible(!off.empty());
}

namespace {

base::Result<std::vector<explain::IdleSetting>> findIdle(const state::Answer& answer, jobs::NoQuestion,
                                                         const std::stop_token& stop) {
    const auto& problem = *answer.scene->problem;
    const auto& decision = *answer.decision;
    return explain::idle_settings(
        problem,
        [&](const problem::Problem& other) {
            return planner::decide(other, decision.budget, stop).map([&](const planner::Decision& anew) {
                return words::told_alike(problem, decision, other, anew);
            });
        },
        stop);
}

}  // namespace

WhyPanel::WhyPanel(state::ExplorationState& state, state::Planning& planning, state::ChosenRank& choice,
                   QWidget* parent)
    : Page(QStringLiteral("why"), state, parent),
      planning_(planning),
      choice_(choice),
      idle_(new IdleStudy(planning, {}, findIdle, quiet, this)),
      page_(new WhyPage) {
    setObjectName(QStringLiteral("whyPanel"));
    setAccessibleName(tr("Why this?"));
    auto* area = widgets::scrolledColumn(page_);
    area->setObjectName(QStringLiteral("whyScroll"));
    setContent(area);
    showContent();
    connect(page_, &WhyPage::budgetWanted, &state_, &state::ExplorationState::goTo);
    connect(page_, &WhyPage::switchedOn, this, [this](problem::Architecture architecture) {
        auto next = state_.value();
        next.enable(architecture, true);
        state_.set(std::move(next), wording::architectureName(architecture));
    });
    connect(&planning_, &state::Planning::answerChanged, this, &WhyPanel::refreshShown);
    connect(&choice_, &state::ChosenRank::changed, this, &WhyPanel::refreshShown);
    watch(*idle_);
}

// Found by asking anew without each setting, which takes its time: what is on show speaks of this answer.
void WhyPanel::refreshIdle() {
    QStringList sentences;
    const auto& finding = idle_->finding();
    if (finding && finding->answer == planning_.answer() && finding->value)
        for (const auto& setting : *finding->value)
            sentences << wording::said(words::field_without_effect(setting)) + QLatin1Char('.');
    page_->showIdle(sentences);
}

void WhyPanel::refresh() {
    const auto& decision = planning_.decision();
    if (decision && planning_.scene()) {
        page_->show(*planning_.scene(), *decision, choice_.rankIn(*decision));
        refreshIdle();
        return;
    }
    const auto& on = state_.value();
    std::vector<problem::Architecture> off;
    if (on.architectures.empty())
        off.assign(problem::all_architectures.begin(), problem::all_architectures.end());
    page_->showNothing(wording::noAnswer(planning_.error(), !on.architectures.empty()), off);
}

}  // namespace deepvm::ui::pages
