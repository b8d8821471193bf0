// SPDX-License-Identifier: GPL-3.0-or-later
// The tab "Checkpoints": what the interval costs on the chosen plan, and for tiering the way that checkpoints
// go while training goes on.
#pragma once

#include <QBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <optional>
#include <vector>

#include "charts/checkpoint_chart.h"
#include "charts/timeline_chart.h"
#include "jobs/study.h"
#include "pages/page.h"
#include "problem/plan_run.h"
#include "state/chosen_rank.h"
#include "state/exploration_state.h"
#include "state/planning.h"
#include "theme/style_sheet.h"
#include "widgets/log_slider.h"
#include "widgets/percent_field.h"

namespace deepvm::ui::pages {

class CheckpointsPanel : public Page, public theme::Coloured {
    Q_OBJECT

  public:
    CheckpointsPanel(state::ExplorationState& state, state::Planning& planning, state::ChosenRank& choice,
                     QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// One plan of the answer.
    struct PlanCheckpoints {
        problem::Plan plan;
        std::optional<problem::PlanRun> run;      ///< nothing where plan.job.unknown says why
        risk::CheckpointCurve curve;              ///< empty without a run
        std::optional<risk::DeepCheck> pipeline;  ///< of tiering, at the plan's own interval
    };
    using CheckpointStudy = state::StudyOf<jobs::NoQuestion, std::vector<PlanCheckpoints>>;

    static base::Result<std::vector<PlanCheckpoints>> look(const state::Answer& answer, jobs::NoQuestion,
                                                           const std::stop_token& stop);
    QWidget* curveSide();
    QWidget* pipelineSide();
    QWidget* sliderRow();
    void connectAll();
    const PlanCheckpoints* shown() const;
    void refresh() override;
    void refreshTimeline();
    void setInterval(std::optional<double> seconds);

    state::Planning& planning_;
    state::ChosenRank& choice_;
    CheckpointStudy* study_;
    QLabel* title_;
    QLabel* words_;
    charts::CheckpointChart* chart_;
    QLabel* noCurve_;
    charts::TimelineChart* timeline_;
    QWidget* sliders_ = nullptr;
    widgets::LogSlider* slider_;
    QLabel* intervalText_;
    QToolButton* ownInterval_;
    widgets::PercentField* revoked_;
    QLabel* noPipeline_;
    QBoxLayout* sides_ = nullptr;
    std::optional<double> interval_;     ///< seconds, of the person; else the plan's own
    std::optional<int> revokedPercent_;  ///< of the person; else a moment that tells the levels apart
};

}  // namespace deepvm::ui::pages
