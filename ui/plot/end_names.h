// SPDX-License-Identifier: GPL-3.0-or-later
// The names of lines, beside the plot that the lines are on.
#pragma once

#include <QGraphicsPathItem>
#include <vector>

#include "plot/plot_view.h"

namespace deepvm::ui::plot {

/// Names in a column right of a plot, none on another. A thin leader goes to each from the end of its line:
/// from an end on the upper edge of the plot over the top.
class EndNames {
  public:
    struct Name {
        QString text;  ///< in as many lines as it needs
        QFont font;
        QColor ink;
        QColor leader;
        QPointF end = {};  ///< of the line, in pixels
    };

    explicit EndNames(QGraphicsItem* ground) : ground_(ground), texts_(ground) {}

    /// The first of `names` matter most: where there is no room for all, the last are left out.
    void draw(const QRectF& plot, const std::vector<Name>& names);

    /// Room that they need right of the plot.
    static double widthOf(const std::vector<Name>& names);

    static constexpr double leader_width = 22;

  private:
    void lead(std::size_t index, const QRectF& plot, const Name& name, double y);

    QGraphicsItem* ground_;
    TextPool texts_;
    std::vector<QGraphicsPathItem*> leaders_;
};

}  // namespace deepvm::ui::plot
