// SPDX-License-Identifier: GPL-3.0-or-later
// What the interval between checkpoints costs: too short and the job writes, too long and it computes twice.
#pragma once

#include "charts/checkpoint_line.h"
#include "plot/chart_frame.h"
#include "problem/request.h"

namespace deepvm::ui::charts {

/// Expected overhead against the interval, both logarithmic, with the least and the formula's interval
/// marked. Left, Right, Home and End go along the curve, Return picks.
class CheckpointChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit CheckpointChart(QWidget* parent = nullptr);

    /// In the colour of the architecture; an empty line clears the chart.
    void setLine(CheckpointLine line, problem::Architecture architecture);

  signals:
    /// A click on the curve, or Return.
    void intervalPicked(double seconds);

  private:
    class CheckpointDrawing* checkpoints_;  // the frame's
};

}  // namespace deepvm::ui::charts
