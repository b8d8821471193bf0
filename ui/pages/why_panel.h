// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include "explain/idle_settings.h"
#include "pages/page.h"
#include "planner/decision.h"
#include "problem/plan.h"
#include "state/chosen_rank.h"
#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/rank_disc.h"

class QGridLayout;

namespace deepvm::ui::pages {

class LimitBlock;
class RivalBlock;
class StepBlock;

/// A page of reasons for one plan, made of nothing but the values that it is given.
class WhyPage : public QWidget {
    Q_OBJECT

  public:
    explicit WhyPage(QWidget* parent = nullptr);

    /// The reasons of the plan of this rank, 1 for the first. Without plans, what would have to change.
    void show(const state::Scene& scene, const planner::Decision& decision, int rank);
    /// What was set and changes nothing in the answer on show, a sentence each; empty while it is not known.
    void showIdle(const QStringList& sentences);
    /// Why there is no decision, and which architectures a click can switch on.
    void showNothing(const QString& reason, const std::vector<problem::Architecture>& off);

  signals:
    void budgetWanted(base::Money budget);
    void switchedOn(problem::Architecture architecture);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fillHead();
    void fillProof();
    void arrange(int columns);
    void showProof(const planner::Decision& decision, const problem::Problem& problem);
    void showEmpty(const planner::Decision& decision, const problem::Problem& problem);

    QGridLayout* grid_;
    int columns_ = 0;
    QWidget* head_;
    widgets::RankDisc* disc_;
    QLabel* title_;
    QLabel* cluster_;
    QLabel* verdict_;
    QPushButton* goTo_;
    base::Money cheapest_;
    LimitBlock* limits_;
    StepBlock* steps_;
    RivalBlock* rivals_;
    QFrame* proof_;
    QLabel* proofHeading_;
    QLabel* proofText_;
    QLabel* idle_;
};

/// The page of the chosen card, kept up to date while it is on show.
class WhyPanel : public Page {
    Q_OBJECT

  public:
    WhyPanel(state::ExplorationState& state, state::Planning& planning, state::ChosenRank& choice,
             QWidget* parent = nullptr);

  private:
    using IdleStudy = state::StudyOf<jobs::NoQuestion, std::vector<explain::IdleSetting>>;

    void refresh() override;
    void refreshIdle();

    state::Planning& planning_;
    state::ChosenRank& choice_;
    IdleStudy* idle_;
    WhyPage* page_;
};

}  // namespace deepvm::ui::pages
