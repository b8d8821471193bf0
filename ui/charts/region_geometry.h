// SPDX-License-Identifier: GPL-3.0-or-later
// A feasible region made ready to be drawn: edges as half-planes, their lines and the side that they forbid,
// and the points of the lattice. No Qt Charts here.
#pragma once

#include <QLineF>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <optional>
#include <vector>

#include "explain/feasible_region.h"
#include "plot/chart_scale.h"

namespace deepvm::ui::charts {

using namespace plot;

/// What keeps nodes n + remotes m <= most.
struct HalfPlane {
    double nodes = 0;
    double remotes = 0;
    double most = 0;
};

enum class EdgeKind { network, memory, node_limit, remote_limit, worth };

struct RegionEdge {
    EdgeKind kind = EdgeKind::network;
    HalfPlane keeps;
    problem::Limit limit = problem::Limit::network_saturation;
};

HalfPlane budgetEdge(const explain::BudgetEdge& edge);

/// All edges but the budget; of quotas and ceilings the tightest of a direction first.
std::vector<RegionEdge> otherEdges(const explain::RegionEdges& edges);

/// Between counts and pixels.
struct RegionMap {
    PixelMap nodes;
    PixelMap remotes;

    QPointF at(double n, double m) const { return {nodes.toPixel(n), remotes.toPixel(m)}; }
    QPointF countsAt(QPointF pixel) const { return {nodes.toValue(pixel.x()), remotes.toValue(pixel.y())}; }
};
/// Half a count of room around the lattice.
RegionMap regionMap(const explain::Lattice& lattice, const QRectF& plot);

/// The part of the edge's line inside `plot`, in pixels, from its upper end (from the left one when level);
/// nothing where it does not cross.
std::optional<QLineF> edgeLine(const HalfPlane& edge, const RegionMap& map, const QRectF& plot);

/// The part of `plot` that the edge forbids, in pixels; empty where it forbids nothing.
QPolygonF forbiddenPart(const HalfPlane& edge, const RegionMap& map, const QRectF& plot);

/// Whether an edge leaves anything of `plot`.
bool leavesSomething(const HalfPlane& edge, const RegionMap& map, const QRectF& plot);

enum class DotKind {
    infeasible,
    dearer,    ///< feasible, but a cheaper point is worth as much
    cheapest,  ///< the cheapest way to what it is worth
};

struct LatticeDot {
    QPointF at;         ///< pixels
    double radius = 0;  ///< pixels; the area grows with the objective
    DotKind kind = DotKind::infeasible;

    bool operator==(const LatticeDot&) const = default;
};

/// Row by row like FeasibleRegion::feasible.
std::vector<LatticeDot> latticeDots(const explain::FeasibleRegion& region, const RegionMap& map);

/// The point of the lattice next to `pointer`, within `reach` pixels.
std::optional<problem::Counts> nearestPoint(const explain::Lattice& lattice, const RegionMap& map,
                                            QPointF pointer, double reach);

}  // namespace deepvm::ui::charts
