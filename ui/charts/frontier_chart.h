// SPDX-License-Identifier: GPL-3.0-or-later
// "What a budget buys": the frontier of every architecture over the budget.
#pragma once

#include <memory>
#include <optional>

#include "planner/decision.h"
#include "plot/chart_frame.h"
#include "problem/plan.h"

namespace deepvm::ui::charts {

/// Draws a frontier that it shares. The budget can be dragged with the mouse, or taken from step to step with
/// Left, Right, Home and End; Up and Down go through what each line has at the budget. The pointer snaps to
/// real plans. The wheel, + and - show less or more of the budget axis, a double click or 0 the usual part.
class FrontierChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit FrontierChart(QWidget* parent = nullptr);

    /// `publishedUnits`: rates are in the unit of a published data set, not in TFLOP/s. A frontier without
    /// plans is said to be empty in words; null clears the chart.
    void setFrontier(std::shared_ptr<const planner::Frontier> frontier, problem::Objective objective,
                     bool publishedUnits);
    /// Nothing but `text` in the middle ("Planning ..."), which may be empty.
    void clear(const QString& text = {});

    /// Cheap: moves overlay items, unless the budget leaves the axis. Emits nothing.
    void setBudget(base::Money budget);
    base::Money budget() const;

    /// Marks the steps that use machines of this type, a model::type_id(); empty marks none.
    void setHighlightedType(const QString& type, std::optional<problem::Architecture> only = {});

  signals:
    /// The person moved the budget; the chart shows it already.
    void budgetDragged(deepvm::base::Money budget);
    /// The line or the key was let go.
    void budgetReleased();
    void planHovered(const deepvm::problem::Plan& plan);
    /// The pointer left the plans.
    void planHoverEnded();
    void planClicked(const deepvm::problem::Plan& plan);
    /// To keep what is marked: the key P, or the menu.
    void planPinned(const deepvm::problem::Plan& plan);

  protected:
    void addActions(QMenu& menu) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    void zoom(bool in);
    void pinShown();
    void refit(const std::function<void()>& change = [] {});
    void follow();

    class FrontierDrawing* drawing_;  // the frame's
};

}  // namespace deepvm::ui::charts
