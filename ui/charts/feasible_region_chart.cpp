// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/feasible_region_chart.h"

#include "charts/region_drawing.h"

namespace deepvm::ui::charts {

FeasibleRegionChart::FeasibleRegionChart(QWidget* parent)
    : ChartFrame(
          {tr("Feasible region of tiering"), QStringLiteral("regionView"), {740, 320}, {4, 8, 0, 4}, 2, true},
          parent),
      drawing_(draw<RegionDrawing>()) {
    connect(this, &ChartFrame::handleMoved, this, [this] {
        write();
        if (!dragging()) follow();
        emit budgetDragged(budget());
    });
    connect(this, &ChartFrame::handleReleased, this, [this] {
        follow();
        emit budgetReleased();
    });
}

// Both lines speak of the budget on show and of nothing else; the promise says its own.
void FeasibleRegionChart::write() {
    const bool any = drawing_->any();
    QStringList facts{drawing_->cost(), any ? promise_ : QString()};
    facts.removeAll(QString());
    drawing_->remarks = {any ? rival_ : QString(), any ? promise_ : QString()};
    setTitle(drawing_->heading());
    setAside(drawing_->remarks.front());
    // Without facts it keeps its room: the plot must not move away under the pointer.
    if (any && facts.isEmpty()) facts << QString(QChar(QChar::Nbsp));
    setNote(facts.join(QStringLiteral(" · ")), any ? more_ : QString());
}

// The axes, when the person does not hold the line; what is marked speaks of the budget.
void FeasibleRegionChart::follow() {
    if (drawing_->axesFit())
        unmark();
    else
        redraw([] {});
}

void FeasibleRegionChart::setSubject(const RegionSubject& subject) {
    if (subject == drawing_->subject()) return;
    redraw([&] { drawing_->setSubject(subject); });
    write();
    describe();
}

const RegionSubject& FeasibleRegionChart::subject() const {
    return drawing_->subject();
}

void FeasibleRegionChart::setReach(base::Money from, base::Money to) {
    drawing_->setReach(from, to);
}

void FeasibleRegionChart::setBudget(base::Money budget) {
    if (!drawing_->setBudget(budget)) return;
    write();
    if (!dragging()) follow();
}

base::Money FeasibleRegionChart::budget() const {
    return drawing_->budget();
}

void FeasibleRegionChart::setCorner(const std::optional<explain::RelaxationCorner>& corner) {
    drawing_->setCorner(corner);
}

void FeasibleRegionChart::setByHand(const std::optional<RegionByHand>& by_hand) {
    if (by_hand == drawing_->byHand()) return;
    redraw([&] { drawing_->setByHand(by_hand); });
    write();
    describe();
}

void FeasibleRegionChart::setPromise(const QString& promise, const QString& more) {
    if (promise == promise_ && more == more_) return;
    promise_ = promise;
    more_ = more;
    write();
    describe();
}

void FeasibleRegionChart::setRival(const QString& rival) {
    if (rival == rival_) return;
    rival_ = rival;
    write();
    describe();
}

}  // namespace deepvm::ui::charts
