// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/explore_page.h"

#include "charts/flopp_chart.h"
#include "charts/frontier_chart.h"
#include "widgets/pieces.h"

namespace deepvm::ui::pages {

ExplorePage::ExplorePage(state::ExplorationState& state, state::Planning& planning,
                         state::Highlight& highlight, QWidget* parent)
    : Page(QStringLiteral("explore"), state, parent),
      planning_(planning),
      frontier_(new charts::FrontierChart),
      flopp_(new charts::FloppChart),
      split_(new QSplitter(Qt::Vertical)) {
    frontier_->setObjectName(QStringLiteral("frontierChart"));
    flopp_->setObjectName(QStringLiteral("floppChart"));
    split_->setObjectName(QStringLiteral("exploreSplit"));
    split_->setHandleWidth(widgets::gutter);
    // The charts have their own margins; 2 px keep them inside of the round corners.
    split_->addWidget(widgets::card(frontier_, {2, 2, 2, 2}));
    split_->addWidget(widgets::card(flopp_, {2, 2, 2, 2}));
    split_->setStretchFactor(0, 1);
    split_->setStretchFactor(1, 1);
    split_->setSizes({540, 460});  // shares, not pixels
    setContent(split_);
    layout()->setContentsMargins(0, 0, 0, 0);  // its cards begin where those of other pages do
    showContent();
    connectCharts(highlight);
    connect(&planning_, &state::Planning::sceneChanged, this, &ExplorePage::refreshShown);
    connect(&planning_, &state::Planning::answerChanged, this, [this] {
        if (!planning_.scene()) refreshShown();  // also when there never was one
    });
    connect(&state_, &state::ExplorationState::changed, this,
            [this] { frontier_->setBudget(state_.value().budget); });
    frontier_->setBudget(state_.value().budget);
    frontier_->clear(tr("Planning ..."));
}

void ExplorePage::connectCharts(state::Highlight& highlight) {
    const auto none = [&highlight] { highlight.setType({}); };
    connect(frontier_, &charts::FrontierChart::budgetDragged, &state_, &state::ExplorationState::setBudget);
    connect(frontier_, &charts::FrontierChart::budgetReleased, &state_, &state::ExplorationState::endGesture);
    connect(frontier_, &charts::FrontierChart::planHovered, &highlight, &state::Highlight::setPlan);
    connect(frontier_, &charts::FrontierChart::planHoverEnded, this, none);
    connect(frontier_, &charts::FrontierChart::planClicked, this,
            [this](const problem::Plan& plan) { state_.goTo(plan.hourly_price); });
    connect(frontier_, &charts::FrontierChart::planPinned, this, &ExplorePage::pinAsked);
    connect(flopp_, &charts::FloppChart::typeHovered, &highlight, &state::Highlight::setType);
    connect(flopp_, &charts::FloppChart::typeHoverEnded, this, none);
    connect(&highlight, &state::Highlight::changed, frontier_, [this, &highlight](const QString& type) {
        frontier_->setHighlightedType(type, highlight.architecture());
    });
    connect(&highlight, &state::Highlight::changed, flopp_, &charts::FloppChart::setHighlightedType);
}

void ExplorePage::refresh() {
    const auto& scene = planning_.scene();
    if (!scene) {
        scene_ = nullptr;
        frontier_->clear(planning_.error() ? tr("No answer") : tr("Planning ..."));
        flopp_->setEntries({}, {}, {});
        return;
    }
    if (scene == scene_) return;
    scene_ = scene;
    const bool published = scene->market->kind == model::MarketKind::published;
    frontier_->setFrontier(scene->frontier, scene->problem->request.objective, published);
    flopp_->setEntries(scene->types, scene->market->sources, {published, scene->market->places.size() > 1});
}

void ExplorePage::setColours(const theme::Palette& palette) {
    frontier_->setColours(palette);
    flopp_->setColours(palette);
}

}  // namespace deepvm::ui::pages
