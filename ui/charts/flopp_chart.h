// SPDX-License-Identifier: GPL-3.0-or-later
// Instance types: what they cost against how fast they compute.
#pragma once

#include <optional>
#include <vector>

#include "model/market.h"
#include "plot/chart_frame.h"
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

/// What the entries of the chart are.
struct FloppScope {
    bool publishedUnits = false;    ///< as in FrontierChart
    bool cheapestOfPlaces = false;  ///< each entry is the cheapest offer of its type in several regions
};

/// Price and rate on logarithmic axes; types that none beats in both are in the accent colour and named,
/// those without a spot price hollow at their on-demand price. Left, Right, Home and End go from type to type
/// by price, Up and Down by rate.
class FloppChart : public ChartFrame {
    Q_OBJECT
  public:
    explicit FloppChart(QWidget* parent = nullptr);

    /// `sources` (Market::sources) are named in the callout with their date.
    void setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                    FloppScope scope);

    /// Rings and names this type, by its model::type_id(); empty marks none. Emits nothing.
    void setHighlightedType(const QString& type);

  signals:
    // With the type's model::type_id().
    void typeHovered(const QString& type);
    /// The pointer, or the focus, left the types.
    void typeHoverEnded();

  private:
    class FloppDrawing* flopp_;  // the frame's
};

}  // namespace deepvm::ui::charts
