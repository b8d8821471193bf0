// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/flopp_points.h"

#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {

std::vector<FloppPoint> floppPoints(const std::vector<problem::FloppEntry>& entries) {
    std::vector<FloppPoint> points;
    const auto add = [&](std::size_t i) {
        const auto& entry = entries[i];
        const double price = entry.spot.value_or(entry.on_demand).usd();
        const bool drawable = price > 0 && entry.rate_tflops > 0 && std::isfinite(entry.rate_tflops);
        if (!drawable || points.size() >= most_markers) return;
        const auto mark = entry.pareto ? FloppMark::pareto
                          : entry.spot ? FloppMark::dominated
                                       : FloppMark::on_demand_only;
        points.push_back({QPointF(price, entry.rate_tflops), mark, i});
    };
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].pareto) add(i);
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (!entries[i].pareto) add(i);
    return points;
}

FloppScales floppScales(const std::vector<FloppPoint>& points, int xLabels, int yLabels) {
    if (points.empty()) return {logScale(1, 1, xLabels), logScale(1, 1, yLabels)};
    const auto [xLeast, xMost] = std::minmax_element(
        points.begin(), points.end(), [](const auto& a, const auto& b) { return a.value.x() < b.value.x(); });
    const auto [yLeast, yMost] = std::minmax_element(
        points.begin(), points.end(), [](const auto& a, const auto& b) { return a.value.y() < b.value.y(); });
    return {logScale(xLeast->value.x(), xMost->value.x(), xLabels),
            logScale(yLeast->value.y(), yMost->value.y(), yLabels)};
}

std::optional<std::size_t> nearestPoint(const std::vector<FloppPoint>& points, const PixelMap& x,
                                        const PixelMap& y, QPointF pointer, double reach) {
    std::optional<std::size_t> nearest;
    double least = reach;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double away = std::hypot(x.toPixel(points[i].value.x()) - pointer.x(),
                                       y.toPixel(points[i].value.y()) - pointer.y());
        const bool nearer = nearest ? away < least - 1e-6 : away <= least;
        if (!nearer) continue;
        nearest = i;
        least = away;
    }
    return nearest;
}

}  // namespace deepvm::ui::charts
