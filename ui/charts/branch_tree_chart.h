// SPDX-License-Identifier: GPL-3.0-or-later
// "Branch and bound": the tree of a candidate's program, from the root downwards.
#pragma once

#include <memory>

#include "explain/branch_and_bound.h"
#include "plot/chart_frame.h"

namespace deepvm::ui::charts {

/// Draws a tree that it shares: a card a node, with what it was bounded by, its point, its bound and what
/// became of it, by colour and by sign; smaller cards where there are many. Left and Right go to the nodes at
/// the same depth, Up to the parent, Down to a child, Home to the root, End to the newest; a click or Return
/// picks a node.
class BranchTreeChart : public plot::ChartFrame {
    Q_OBJECT
  public:
    explicit BranchTreeChart(QWidget* parent = nullptr);

    /// Null clears the chart.
    void setTree(std::shared_ptr<const explain::BranchTree> tree);
    /// The node that is to be branched next; it is outlined.
    void setSelected(std::size_t node);

    /// Which node a mark of this chart is.
    static std::size_t nodeOf(const plot::Mark& mark) { return static_cast<std::size_t>(mark.row); }

  private:
    class BranchDrawing* branches_;  // the frame's
};

}  // namespace deepvm::ui::charts
