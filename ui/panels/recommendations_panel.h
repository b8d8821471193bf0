// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <vector>

#include "panels/plan_card.h"
#include "state/chosen_rank.h"
#include "state/exploration_state.h"
#include "state/highlight.h"
#include "state/notebook.h"
#include "state/planning.h"

class QVBoxLayout;

namespace deepvm::ui::panels {

/// The plans of the newest decision as cards, or what a person can do when there is none.
class RecommendationsPanel : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    RecommendationsPanel(state::ExplorationState& state, state::Planning& planning,
                         state::Highlight& highlight, state::ChosenRank& choice, state::Notebook& notebook,
                         QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override { palette_ = palette; }

  signals:
    void exportRequested();
    void handOverRequested();
    void pinRefused(const QString& why);
    void whyRequested();                               ///< the reasons of the chosen plan
    void catalogRequested(const problem::Plan& plan);  ///< the offer of its workers

  private:
    void buildEmptyState();
    void buildNotice();
    QPushButton* assumeButton(const char* name);
    void refresh();
    void refreshScene();
    void refreshEmptyState();
    void refreshKnee();
    void showCards(const planner::Decision& decision);
    void markChosen();
    void markPinned();
    void togglePin(int rank);
    void showChosen();
    PlanCard& card(std::size_t index);

    state::ExplorationState& state_;
    state::Planning& planning_;
    state::Highlight& highlight_;
    state::ChosenRank& choice_;
    state::Notebook& notebook_;
    theme::Palette palette_;
    std::shared_ptr<const state::Scene> scene_;  ///< that leftOut_ and unknown_ speak of
    QLabel* title_;
    QVBoxLayout* list_ = nullptr;
    QScrollArea* scroll_ = nullptr;  ///< around the cards
    std::vector<PlanCard*> cards_;
    std::string unknown_;       ///< that spot offers do not count as no revocation rate is known
    QFrame* notice_ = nullptr;  ///< the same above the plans, with what to do
    QLabel* noticeText_ = nullptr;
    QFrame* empty_ = nullptr;
    QLabel* emptyText_ = nullptr;
    QPushButton* goTo_ = nullptr;
    QPushButton* assume_ = nullptr;  ///< a revocation rate, where none is known
    QLabel* leftOut_ = nullptr;      ///< what the answer does not consider
    QPushButton* knee_ = nullptr;    ///< to the cheapest cluster that is nearly as good
    QPushButton* export_ = nullptr;
    QPushButton* handOver_ = nullptr;
};

}  // namespace deepvm::ui::panels
