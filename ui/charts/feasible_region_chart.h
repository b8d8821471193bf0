// SPDX-License-Identifier: GPL-3.0-or-later
// "Feasible region": the points n x m that one tiering candidate chooses from, and what fences them in.
#pragma once

#include <optional>

#include "charts/region_text.h"
#include "plot/chart_frame.h"

namespace deepvm::ui::charts {

/// Draws a candidate at a budget. The budget line can be dragged with the mouse, taken from best point to
/// best point with Left and Right, and by a small step with Up and Down; the pointer snaps to points of the
/// lattice. Home goes to the best point, End to the relaxation.
class FeasibleRegionChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit FeasibleRegionChart(QWidget* parent = nullptr);

    /// A subject without a candidate clears the chart; another one takes the line from who drags it. The
    /// relaxation goes with the old subject.
    void setSubject(const RegionSubject& subject);
    const RegionSubject& subject() const;

    /// The budgets that a drag reaches.
    void setReach(base::Money from, base::Money to);

    /// Cheap: moves overlay items and repaints what changed sides, unless the axes have to follow. Emits
    /// nothing.
    void setBudget(base::Money budget);
    base::Money budget() const;

    /// Where lp_solve found the best parts of machines; nothing hides it.
    void setCorner(const std::optional<explain::RelaxationCorner>& corner);

    /// For branch and bound by hand: what lies outside of the node's bounds is shaded, and the best point is
    /// not told. Nothing: the chart is as ever.
    void setByHand(const std::optional<RegionByHand>& by_hand);

    /// Follows the price under the title; `more` is for its tool tip.
    void setPromise(const QString& promise, const QString& more = {});
    /// Beside the title: who does more.
    void setRival(const QString& rival);

  signals:
    /// The person moved the budget; the chart shows it already.
    void budgetDragged(deepvm::base::Money budget);
    /// The line or the key was let go.
    void budgetReleased();

  private:
    void write();
    void follow();

    class RegionDrawing* drawing_;  // the frame's
    QString promise_;
    QString more_;
    QString rival_;
};

}  // namespace deepvm::ui::charts
