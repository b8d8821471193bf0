// SPDX-License-Identifier: GPL-3.0-or-later
// The tab with the feasible region of the best tiering plan; where there is none, why, and the way out.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include "explain/feasible_region.h"
#include "planner/decision.h"
#include "state/exploration_state.h"
#include "state/study.h"

namespace deepvm::ui::charts {
class FeasibleRegionChart;
}

namespace deepvm::ui::panels {

class RegionPanel : public QStackedWidget {
    Q_OBJECT

  public:
    RegionPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);
    ~RegionPanel() override;

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    /// The relaxation of the best tiering plan of an answer; nothing where there is no such plan.
    struct Relaxation {
        const problem::Candidate* candidate = nullptr;  ///< of the answer's problem
        double best = 0;                                ///< objective of the plan
        std::optional<explain::RelaxationCorner> corner;
    };

    static base::Result<Relaxation> relax(const state::Answer& answer, state::NoQuestion,
                                          const std::stop_token& stop);
    QWidget* emptyPage();
    void refresh();
    void refreshCorner();
    void showChart(const state::Scene& scene, const planner::Decision& decision, const problem::Plan& plan);
    void explain();
    void takeWayOut();

    state::ExplorationState& state_;
    state::Planning& planning_;
    state::StudyOf<state::NoQuestion, Relaxation> study_;
    charts::FeasibleRegionChart* chart_;
    QLabel* emptyText_;
    QPushButton* wayOut_;
    QWidget* empty_;
    std::optional<base::Money> cheapest_;  ///< of tiering, when the way out is a budget
};

}  // namespace deepvm::ui::panels
