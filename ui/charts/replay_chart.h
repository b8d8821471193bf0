// SPDX-License-Identifier: GPL-3.0-or-later
// A figure of a paper beside ours: what was measured as rings, what the rules say as filled marks.
#pragma once

#include <memory>

#include "plot/chart_frame.h"
#include "validation/replay.h"

namespace deepvm::ui::charts {

/// Draws a replay that it shares, by one set of rules at a time on axes that fit both. A line joins ours
/// where the lower axis is one of numbers, and a thin line each pair, which is the error. The pointer and the
/// arrow keys go from point to point.
class ReplayChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit ReplayChart(QWidget* parent = nullptr);

    /// Null clears the chart.
    void setReplay(std::shared_ptr<const validation::Replay> replay);
    void setRules(validation::Rules rules);
    validation::Rules rules() const;

  private:
    void write();

    class ReplayDrawing* replay_;  // the frame's
};

}  // namespace deepvm::ui::charts
