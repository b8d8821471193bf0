// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

// How far a pixel is beyond an edge: 0 on it, positive where it is forbidden. Linear, in the edge's own unit.
struct Excess {
    const HalfPlane& edge;
    const RegionMap& map;

    double operator()(QPointF pixel) const {
        const QPointF counts = map.countsAt(pixel);
        return edge.nodes * counts.x() + edge.remotes * counts.y() - edge.most;
    }
};

std::array<QPointF, 4> corners(const QRectF& plot) {
    return {plot.topLeft(), plot.topRight(), plot.bottomRight(), plot.bottomLeft()};
}

QPointF crossing(QPointF a, QPointF b, double excessA, double excessB) {
    return a + (b - a) * (excessA / (excessA - excessB));
}

// Whether the point's workers could do with one remote node less.
bool oneFewerWouldDo(const explain::RegionEdges& edges, problem::Counts point) {
    const int fewer = point.remotes - 1;
    return fewer >= edges.least_remotes && point.nodes < fewer * edges.saturation;
}

}  // namespace

HalfPlane budgetEdge(const explain::BudgetEdge& edge) {
    return {edge.per_node.usd(), edge.per_remote.usd(), (edge.budget - edge.fixed).usd()};
}

std::vector<RegionEdge> otherEdges(const explain::RegionEdges& edges) {
    std::vector<RegionEdge> all;
    all.push_back({EdgeKind::network,
                   {1, -edges.saturation, -edges.network_margin},
                   problem::Limit::network_saturation});
    all.push_back({EdgeKind::memory, {0, -1, -edges.least_remotes_relaxed}, problem::Limit::remote_memory});
    const auto add = [&](EdgeKind kind, std::vector<problem::MachineLimit> limits, HalfPlane direction) {
        std::stable_sort(limits.begin(), limits.end(),
                         [](const auto& a, const auto& b) { return a.machines < b.machines; });
        for (const auto& [limit, machines] : limits) {
            direction.most = machines;
            all.push_back({kind, direction, limit});
        }
    };
    add(EdgeKind::node_limit, edges.node_limits, {1, 0, 0});
    add(EdgeKind::remote_limit, edges.remote_limits, {0, 1, 0});
    const bool limited = std::any_of(edges.node_limits.begin(), edges.node_limits.end(),
                                     [&](const auto& l) { return l.machines <= edges.worth_up_to; });
    if (!limited)
        all.push_back(
            {EdgeKind::worth, {1, 0, static_cast<double>(edges.worth_up_to)}, problem::Limit::scaling});
    return all;
}

RegionMap regionMap(const explain::Lattice& lattice, const QRectF& plot) {
    constexpr double room = 0.5;
    return {{lattice.nodes.first - room, lattice.nodes.last + room, false, plot.left(), plot.right()},
            {lattice.remotes.first - room, lattice.remotes.last + room, false, plot.bottom(), plot.top()}};
}

std::optional<QLineF> edgeLine(const HalfPlane& edge, const RegionMap& map, const QRectF& plot) {
    const Excess excess{edge, map};
    const auto around = corners(plot);
    std::vector<QPointF> ends;
    for (std::size_t i = 0; i < around.size(); ++i) {
        const QPointF a = around[i];
        const QPointF b = around[(i + 1) % around.size()];
        const double at_a = excess(a);
        const double at_b = excess(b);
        if ((at_a > 0) != (at_b > 0)) ends.push_back(crossing(a, b, at_a, at_b));
    }
    if (ends.size() != 2) return std::nullopt;
    const auto before = [](QPointF a, QPointF b) {
        return std::abs(a.y() - b.y()) > 1e-6 ? a.y() < b.y() : a.x() < b.x();
    };
    return before(ends[0], ends[1]) ? QLineF(ends[0], ends[1]) : QLineF(ends[1], ends[0]);
}

QPolygonF forbiddenPart(const HalfPlane& edge, const RegionMap& map, const QRectF& plot) {
    const Excess excess{edge, map};
    const auto around = corners(plot);
    QPolygonF part;
    for (std::size_t i = 0; i < around.size(); ++i) {
        const QPointF a = around[i];
        const QPointF b = around[(i + 1) % around.size()];
        const double at_a = excess(a);
        const double at_b = excess(b);
        if (at_a > 0) part << a;
        if ((at_a > 0) != (at_b > 0)) part << crossing(a, b, at_a, at_b);
    }
    return part;
}

bool leavesSomething(const HalfPlane& edge, const RegionMap& map, const QRectF& plot) {
    const auto around = corners(plot);
    return std::any_of(around.begin(), around.end(), [&](QPointF corner) {
        return Excess{edge, map}(corner) <= 0;
    });
}

std::vector<LatticeDot> latticeDots(const explain::FeasibleRegion& region, const RegionMap& map) {
    constexpr double largest = 6;
    constexpr double smallest = 1.6;
    constexpr double infeasible = 1.3;
    const auto& [columns, rows] = region.lattice;
    const double across = map.at(1, 0).x() - map.at(0, 0).x();
    const double down = map.at(0, 0).y() - map.at(0, 1).y();
    const double most = std::min(largest, 0.42 * std::min(across, down));
    const double highest = *std::max_element(region.values.begin(), region.values.end());
    std::vector<LatticeDot> dots;
    dots.reserve(region.feasible.size());
    for (int m = rows.first; m <= rows.last; ++m)
        for (int n = columns.first; n <= columns.last; ++n) {
            const auto column = static_cast<std::size_t>(n - columns.first);
            LatticeDot dot{map.at(n, m), infeasible, DotKind::infeasible};
            if (region.feasible[dots.size()]) {
                const double share = highest > 0 ? std::max(0.0, region.values[column]) / highest : 0;
                dot.radius = std::max(std::min(smallest, most), most * std::sqrt(share));
                const bool cheapest = region.worth_more[column] && !oneFewerWouldDo(region.edges, {n, m});
                dot.kind = cheapest ? DotKind::cheapest : DotKind::dearer;
            }
            dots.push_back(dot);
        }
    return dots;
}

std::optional<problem::Counts> nearestPoint(const explain::Lattice& lattice, const RegionMap& map,
                                            QPointF pointer, double reach) {
    const QPointF counts = map.countsAt(pointer);
    const auto nearest = [](double count, explain::CountRange range) {
        return static_cast<int>(std::lround(std::clamp(count, double(range.first), double(range.last))));
    };
    const problem::Counts point{nearest(counts.x(), lattice.nodes), nearest(counts.y(), lattice.remotes)};
    const QPointF off = map.at(point.nodes, point.remotes) - pointer;
    if (std::hypot(off.x(), off.y()) > reach) return std::nullopt;
    return point;
}

}  // namespace deepvm::ui::charts
