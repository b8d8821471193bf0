// SPDX-License-Identifier: GPL-3.0-or-later
// What would change the answer: how far each factor pulls the objective, a little less and a little more of
// it.
#pragma once

#include <memory>

#include "explain/sensitivity.h"
#include "plot/chart_frame.h"

namespace deepvm::ui::charts {

/// Draws a sensitivity that it shares. A row a factor, the largest effect on top: to the left what makes the
/// answer worse, to the right what makes it better. Bars of other machines are hatched and framed, and say
/// which. The arrow keys, Home and End move from bar to bar.
class TornadoChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit TornadoChart(QWidget* parent = nullptr);

    /// `publishedUnits` as in FrontierChart; null clears the chart.
    void setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity, bool publishedUnits);

    /// Stresses what plans with this type, a model::type_id(), are called; empty stresses none. Emits
    /// nothing.
    void setHighlightedType(const QString& type);

  signals:
    void planHovered(const deepvm::problem::Plan& plan);
    /// The pointer, or the focus, left the bars.
    void planHoverEnded();
    /// To keep the plan of what is marked: the key P, or the menu.
    void planPinned(const deepvm::problem::Plan& plan);

  protected:
    void addActions(QMenu& menu) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    std::optional<problem::Plan> shownPlan() const;

    class TornadoDrawing* tornado_;  // the frame's
};

}  // namespace deepvm::ui::charts
