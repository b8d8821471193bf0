// SPDX-License-Identifier: GPL-3.0-or-later
// The tab with the feasible region of the best tiering plan; where there is none, why, and the way out.
#pragma once

#include "explain/feasible_region.h"
#include "jobs/study.h"
#include "pages/tiering_page.h"
#include "planner/decision.h"

namespace deepvm::ui::charts {
class FeasibleRegionChart;
}

namespace deepvm::ui::pages {

class RegionPanel : public TieringPage {
    Q_OBJECT

  public:
    RegionPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);
    ~RegionPanel() override;

  private:
    /// The relaxation of the best tiering plan of an answer; nothing where there is no such plan.
    struct Relaxation {
        const problem::Candidate* candidate = nullptr;  ///< of the answer's problem
        double best = 0;                                ///< objective of the plan
        std::optional<explain::RelaxationCorner> corner;
    };

    static base::Result<Relaxation> relax(const state::Answer& answer, jobs::NoQuestion,
                                          const std::stop_token& stop);
    void refresh() override;
    void refreshCorner();
    void showChart(const state::Scene& scene, const planner::Decision& decision, const problem::Plan& plan);
    void explain();

    state::StudyOf<jobs::NoQuestion, Relaxation> study_;
    charts::FeasibleRegionChart* chart_;
};

}  // namespace deepvm::ui::pages
