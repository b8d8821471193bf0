// SPDX-License-Identifier: GPL-3.0-or-later
// Futures of a job on several plans: what it may cost, or how long it may take.
#pragma once

#include "charts/futures_rows.h"
#include "plot/chart_frame.h"

namespace deepvm::ui::charts {

/// Draws futures that it shares. A row a plan on one axis: its figures in words, the shape of its futures in
/// the colour of its architecture, below it P5 to P95, the simulated mean's 99 % interval and the closed
/// form's mean. A hover says how many futures come to at most the figure under the pointer. Up and Down go
/// from plan to plan, Left, Right, Home and End from one share of the futures to another.
class FuturesChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit FuturesChart(QWidget* parent = nullptr);

    /// Null clears the chart.
    void setFutures(SharedFutures futures, FutureFigure figure);

  private:
    class FuturesDrawing* futures_;  // the frame's
};

}  // namespace deepvm::ui::charts
