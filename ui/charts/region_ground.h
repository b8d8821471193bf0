// SPDX-License-Identifier: GPL-3.0-or-later
// The ground of the feasible region: edges as half-planes, their lines and the side that they forbid, the
// points of the lattice, and the one item that paints them. A lattice of items would cost a thousand times
// what painting it does.
#pragma once

#include <QGraphicsItem>
#include <QLineF>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <optional>
#include <vector>

#include "explain/feasible_region.h"
#include "plot/chart_scale.h"
#include "theme/palette.h"

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

/// Multiples of 1, 2 or 5 x 10^k, at most `most` of them.
std::vector<int> wholeTicks(explain::CountRange range, int most);

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

/// In pixels of the chart.
struct RegionPicture {
    QRectF plot;
    explain::Lattice lattice;
    RegionMap map;
    std::vector<QPolygonF> forbidden;  ///< one an edge: where several forbid, it gets darker
    std::vector<std::pair<EdgeKind, QLineF>> edges;
    std::optional<QLineF> budget;  ///< not painted here
    std::vector<LatticeDot> dots;  ///< row by row
};

/// Forbidden sides, edges and points. Repaints no more than what changed.
class RegionItem : public QGraphicsItem {
  public:
    explicit RegionItem(QGraphicsItem* parent);

    void setColours(const theme::Palette& palette);
    /// Repaints only `changed`, if given: everything else must be as it was.
    void setPicture(RegionPicture picture, const QRectF& changed = {});

    const std::vector<LatticeDot>& dots() const { return picture_.dots; }
    const LatticeDot& dotAt(problem::Counts point) const;
    /// Where a name of a point hides few points, no line, and nothing that is `taken`: between the rows, else
    /// beside its point.
    std::optional<QRectF> quietPlace(const QSizeF& size, QPointF point,
                                     const std::vector<QRectF>& taken) const;

    QRectF boundingRect() const override { return picture_.plot; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

  private:
    double hiddenBy(const QRectF& box) const;
    void paintEdges(QPainter& painter) const;
    void paintDots(QPainter& painter, const QRectF& exposed) const;

    RegionPicture picture_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::charts
