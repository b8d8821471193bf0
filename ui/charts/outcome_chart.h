// SPDX-License-Identifier: GPL-3.0-or-later
// The job on several plans: what it costs over how long it takes, with the ranges of both.
#pragma once

#include "charts/futures_rows.h"
#include "plot/chart_frame.h"

namespace deepvm::ui::charts {

/// Draws futures that it shares. A numbered disc a plan at its median hours and dollars, in the colour of its
/// architecture, with a line from P5 to P95 in each direction. The arrow keys go from plan to plan, in the
/// order of their hours.
class OutcomeChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit OutcomeChart(QWidget* parent = nullptr);

    /// Null clears the chart.
    void setFutures(SharedFutures futures);

  private:
    class OutcomeDrawing* outcomes_;  // the frame's
};

}  // namespace deepvm::ui::charts
