// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Qt Charts that a plot with series needs, deprecated as it is from Qt 6.10 on: no frame, no
// animation, no shadow, no legend, no axes that one sees.
#pragma once

#include <QAbstractAxis>
#include <QChart>
#include <QXYSeries>

#include "plot/plot_view.h"

namespace deepvm::ui::plot {

/// A bare QChart on the ground of `view`, between the grid and what lies on top.
QChart* seriesGround(const PlotView& view);

/// Has the chart draw its series by invisible axes.
void addAxes(QChart& chart, QAbstractAxis* x, QAbstractAxis* y);
void addSeries(QChart& chart, QXYSeries* series, const QString& name = {});

/// As large as the view, with the data where the view says.
void fitSeries(QChart& chart, const PlotView& view);

}  // namespace deepvm::ui::plot
