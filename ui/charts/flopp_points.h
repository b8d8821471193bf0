// SPDX-License-Identifier: GPL-3.0-or-later
// Instance types made ready to be drawn on two logarithmic axes. No Qt Charts here.
#pragma once

#include <QPointF>
#include <QString>
#include <optional>
#include <vector>

#include "plot/chart_scale.h"
#include "problem/flopp.h"

namespace deepvm::ui::charts {

using namespace plot;

enum class FloppMark { dominated, on_demand_only, pareto };

/// One marker; x in USD/h and y as a rate, both above 0.
struct FloppPoint {
    QPointF value;
    FloppMark mark = FloppMark::dominated;
    std::size_t entry = 0;  ///< index into the entries it was made of
};

inline constexpr int most_markers = 1200;  ///< Qt Charts draws an item a marker

/// Spot price, or the on-demand price where there is no spot; what cannot be on a logarithmic axis (a price
/// or a rate of 0 or less, or not a number) is left out. Of more than most_markers the Pareto types and then
/// the first stay, which in a ranking are those of most FLOPP.
std::vector<FloppPoint> floppPoints(const std::vector<problem::FloppEntry>& entries);

/// Both axes around the points; `xLabels` and `yLabels` is how many labels fit.
struct FloppScales {
    Scale x;
    Scale y;
};
FloppScales floppScales(const std::vector<FloppPoint>& points, int xLabels, int yLabels);

/// The point nearest to `pointer` in pixels, not farther than `reach`; Pareto types win among equals.
std::optional<std::size_t> nearestPoint(const std::vector<FloppPoint>& points, const PixelMap& x,
                                        const PixelMap& y, QPointF pointer, double reach);

}  // namespace deepvm::ui::charts
