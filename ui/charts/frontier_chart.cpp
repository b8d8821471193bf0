// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/frontier_chart.h"

#include <QKeyEvent>
#include <QMenu>
#include <QWheelEvent>

#include "charts/frontier_drawing.h"

namespace deepvm::ui::charts {

FrontierChart::FrontierChart(QWidget* parent)
    : ChartFrame({tr("What a budget buys"), QStringLiteral("frontierView"), {740, 360}, {20, 16, 16, 12}, 2},
                 parent),
      drawing_(draw<FrontierDrawing>()) {
    setTitle(tr("What a budget buys"));
    // Each plan is copied: who hears of it may replace the frontier.
    connect(this, &ChartFrame::marked, this,
            [this](const Mark& mark) { emit planHovered(problem::Plan(drawing_->plan(mark))); });
    connect(this, &ChartFrame::unmarked, this, &FrontierChart::planHoverEnded);
    connect(this, &ChartFrame::picked, this,
            [this](const Mark& mark) { emit planClicked(problem::Plan(drawing_->plan(mark))); });
    connect(this, &ChartFrame::handleMoved, this, [this] {
        if (!dragging()) {
            follow();
            unmark();
        }
        emit budgetDragged(budget());
    });
    connect(this, &ChartFrame::handleReleased, this, [this] {
        follow();
        emit budgetReleased();
    });
    connect(view(), &PlotView::doubleClicked, this, [this] {
        drawing_->unzoom();
        follow();
    });
}

void FrontierChart::zoom(bool in) {
    if (!dragging() && drawing_->zoom(in)) refit();
}

void FrontierChart::wheelEvent(QWheelEvent* event) {
    event->accept();
    if (const int turned = event->angleDelta().y(); turned != 0) zoom(turned > 0);
}

void FrontierChart::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoom(true);
        case Qt::Key_Minus:
            return zoom(false);
        case Qt::Key_0:
            drawing_->unzoom();
            return follow();
        case Qt::Key_P:
            return pinShown();
        default:
            ChartFrame::keyPressEvent(event);
    }
}

void FrontierChart::pinShown() {
    if (const auto mark = shown()) emit planPinned(problem::Plan(drawing_->plan(*mark)));
}

void FrontierChart::addActions(QMenu& menu) {
    const auto mark = shown();
    if (!mark) return;
    menu.addAction(tr("Pin this plan"), this,
                   [this, plan = problem::Plan(drawing_->plan(*mark))] { emit planPinned(plan); });
    menu.addSeparator();
}

void FrontierChart::refit(const std::function<void()>& change) {
    redraw(change);
    setAside(drawing_->subtitle());
}

void FrontierChart::follow() {
    if (!drawing_->axisFits()) refit();
}

void FrontierChart::setFrontier(std::shared_ptr<const planner::Frontier> frontier,
                                problem::Objective objective, bool publishedUnits) {
    QString empty;
    if (frontier)
        empty = tr("No cluster fits between %1 and %2 an hour")
                    .arg(money(frontier->from), moneyTick(frontier->to.usd(), frontier->to.usd()));
    refit([&] { drawing_->setFrontier(std::move(frontier), objective, publishedUnits, empty); });
}

void FrontierChart::clear(const QString& text) {
    refit([&] { drawing_->setFrontier(nullptr, problem::Objective::deepvm, false, text); });
}

void FrontierChart::setBudget(base::Money budget) {
    if (!drawing_->setBudget(budget)) return;
    describe();
    if (!dragging()) follow();
}

base::Money FrontierChart::budget() const {
    return drawing_->budget();
}

void FrontierChart::setHighlightedType(const QString& type, std::optional<problem::Architecture> only) {
    drawing_->setHighlightedType(type, only);
}

}  // namespace deepvm::ui::charts
