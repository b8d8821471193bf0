// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints on their way from the workers to storage: when training stands still, when remote memory is
// full, what a revocation loses.
#pragma once

#include <memory>

#include "charts/timeline_rows.h"
#include "plot/chart_frame.h"

namespace deepvm::ui::charts {

/// Draws a timeline that it shares. A row a lane, in time from left to right; what holds up
/// is hatched and says its cause; below, how full remote memory is; a revocation is an upright line with what
/// it loses beside it. Left, Right, Home and End go from span to span, Up and Down from row to row.
class TimelineChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit TimelineChart(QWidget* parent = nullptr);

    /// Null clears the chart.
    void setTimeline(std::shared_ptr<const TimelinePlot> timeline);

  private:
    class TimelineDrawing* timeline_;  // the frame's
};

}  // namespace deepvm::ui::charts
