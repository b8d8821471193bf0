// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/region_panel.h"

#include "charts/feasible_region_chart.h"
#include "planner/decision.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

constexpr auto tiering = problem::Architecture::tiering;

// Who wins instead, and by how much; empty when tiering does.
QString ahead(const problem::Plan& winner, const problem::Plan& plan) {
    if (winner.architecture == tiering) return {};
    const QString name = wording::architectureName(winner.architecture);
    const double gain = (winner.objective / plan.objective - 1) * 100;
    if (gain >= 0.05) return RegionPanel::tr("%1 does %2 more").arg(name, wording::percent(gain));
    return winner.hourly_price < plan.hourly_price ? RegionPanel::tr("%1 does as much for less").arg(name)
                                                   : RegionPanel::tr("%1 does as much").arg(name);
}

}  // namespace

RegionPanel::RegionPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : TieringPage(QStringLiteral("region"), state, planning, parent),
      study_(planning, {}, &RegionPanel::relax, {}, this),
      chart_(new charts::FeasibleRegionChart) {
    setObjectName(QStringLiteral("regionPanel"));
    chart_->setObjectName(QStringLiteral("regionChart"));
    chart_->setReach(session::least_budget, session::most_budget);
    setContent(chart_);
    watch(study_);
    connect(chart_, &charts::FeasibleRegionChart::budgetDragged, &state_,
            &state::ExplorationState::setBudget);
    connect(chart_, &charts::FeasibleRegionChart::budgetReleased, this, [this] {
        state_.endGesture();
        refreshShown();
    });
    connect(&state_, &state::ExplorationState::changed, this,
            [this] { chart_->setBudget(state_.value().budget); });
    connect(&planning_, &state::Planning::answerChanged, this, &RegionPanel::refreshShown);
    chart_->setBudget(state_.value().budget);
}

RegionPanel::~RegionPanel() {
    chart_->disconnect(this);  // it lets go of its line when it is hidden, which is after this
}

base::Result<RegionPanel::Relaxation> RegionPanel::relax(const state::Answer& answer, jobs::NoQuestion,
                                                         const std::stop_token& stop) {
    Relaxation relaxation;
    const auto* plan = bestTiering(*answer.decision);
    if (!plan) return relaxation;
    const problem::Problem& problem = *answer.scene->problem;
    relaxation.candidate = problem::candidate_of(problem, *plan);
    relaxation.best = plan->objective;
    if (!relaxation.candidate) return relaxation;
    return explain::relaxation_corner(problem, *relaxation.candidate, answer.decision->budget, stop)
        .map([&](const auto& corner) {
            relaxation.corner = corner;
            return relaxation;
        });
}

void RegionPanel::refresh() {
    const auto& scene = planning_.scene();
    const auto& decision = planning_.decision();
    const auto* plan = scene && decision ? bestTiering(*decision) : nullptr;
    // Under the pointer the machines stay: on the axes of others the line would run away from it.
    const bool same_problem = scene && scene->problem == chart_->subject().problem;
    if (chart_->dragging() && same_problem) return;
    if (plan)
        showChart(*scene, *decision, *plan);
    else
        explain();
}

void RegionPanel::showChart(const state::Scene& scene, const planner::Decision& decision,
                            const problem::Plan& plan) {
    chart_->setSubject({scene.problem, problem::candidate_of(*scene.problem, plan)});
    chart_->setRival(ahead(decision.ranked.front(), plan));
    refreshCorner();
    showContent();
}

// The finding may be of another budget than the line's while the next is on its way: it says its own. Of
// other machines it is not shown.
void RegionPanel::refreshCorner() {
    const auto* value = study_.value();
    const bool here = value != nullptr && value->corner && value->candidate != nullptr &&
                      value->candidate == chart_->subject().candidate &&
                      study_.finding()->answer.scene->problem == chart_->subject().problem;
    chart_->setCorner(here ? value->corner : std::nullopt);
    if (!here) {
        const auto* error = study_.error();
        const QString why = error ? QString::fromStdString(error->message) : QString();
        return chart_->setPromise(error ? tr("The relaxation is not known: %1.").arg(why) : QString());
    }
    const auto& answer = study_.finding()->answer;
    const auto prices = words::price_note(*bestTiering(*answer.decision), *answer.scene->market);
    chart_->setPromise(
        charts::promise(chart_->subject(), *value->corner, value->best),
        tr("The relaxation lets machines come in parts. What lp_solve finds for it, whole machines "
           "cannot exceed.") +
            QLatin1Char('\n') + wording::said(prices.full));
}

void RegionPanel::explain() {
    chart_->setSubject({});
    explainNone();
}

}  // namespace deepvm::ui::pages
