// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_ground.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>
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

QColor faint(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

// Level and upright lines are sharp only in the middle of a pixel.
QLineF sharp(const QLineF& line) {
    const auto middle = [](double pixel) { return std::floor(pixel) + 0.5; };
    if (line.dx() == 0) return {middle(line.x1()), line.y1(), middle(line.x2()), line.y2()};
    if (line.dy() == 0) return {line.x1(), middle(line.y1()), line.x2(), middle(line.y2())};
    return line;
}

// Whether a line passes through a box: two neighbours of its corners lie on different sides of it.
bool crosses(const QLineF& line, const QRectF& box) {
    const QLineF sides[] = {{box.topLeft(), box.bottomRight()}, {box.topRight(), box.bottomLeft()}};
    return std::any_of(std::begin(sides), std::end(sides), [&](const QLineF& side) {
        return line.intersects(side, nullptr) == QLineF::BoundedIntersection;
    });
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

std::vector<int> wholeTicks(explain::CountRange range, int most) {
    int step = 1;
    for (int factor = 1; explain::length(range) / step >= std::max(2, most); factor *= 10)
        for (const int digit : {1, 2, 5}) {
            step = digit * factor;
            if (explain::length(range) / step < std::max(2, most)) break;
        }
    std::vector<int> ticks;
    for (int tick = (range.first + step - 1) / step * step; tick <= range.last; tick += step)
        ticks.push_back(tick);
    return ticks;
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

RegionItem::RegionItem(QGraphicsItem* parent) : QGraphicsItem(parent) {
    setFlag(ItemUsesExtendedStyleOption);  // else paint() is not told what is exposed
}

void RegionItem::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void RegionItem::setPicture(RegionPicture picture, const QRectF& changed) {
    if (picture.plot != picture_.plot) prepareGeometryChange();
    picture_ = std::move(picture);
    update(changed);  // all of it when null
}

void RegionItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const QRectF exposed = option->exposedRect;
    painter->setPen(Qt::NoPen);
    painter->setBrush(faint(palette_.muted, 0.11F));
    painter->setRenderHint(QPainter::Antialiasing, false);  // a line lies on every border that is not level
    for (const auto& part : picture_.forbidden)
        painter->drawPolygon(part);
    painter->setRenderHint(QPainter::Antialiasing);
    paintEdges(*painter);
    paintDots(*painter, exposed);
}

// Told apart without colour: what must stay strictly below is dashed, what is no limit but no gain is dotted.
void RegionItem::paintEdges(QPainter& painter) const {
    for (const auto& [kind, line] : picture_.edges) {
        QPen pen(palette_.muted, 1.25);
        if (kind == EdgeKind::network) pen.setDashPattern({5, 3});
        if (kind == EdgeKind::worth) pen.setDashPattern({1.5, 3});
        painter.setPen(pen);
        painter.drawLine(sharp(line));
    }
}

void RegionItem::paintDots(QPainter& painter, const QRectF& exposed) const {
    const QColor infeasible = faint(palette_.baseline, 0.75F);
    const QColor dearer = faint(palette_.tiering, 0.38F);
    painter.setPen(Qt::NoPen);
    for (const auto& dot : picture_.dots) {
        const double reach = dot.radius + 1;
        if (!exposed.adjusted(-reach, -reach, reach, reach).contains(dot.at)) continue;
        if (dot.kind == DotKind::infeasible) {  // a speck: no circle could be seen, and it takes a tenth
            painter.fillRect(QRectF(std::round(dot.at.x()) - 1, std::round(dot.at.y()) - 1, 2, 2),
                             infeasible);
            continue;
        }
        painter.setBrush(dot.kind == DotKind::cheapest ? palette_.tiering : dearer);
        painter.drawEllipse(dot.at, dot.radius, dot.radius);
    }
}

const LatticeDot& RegionItem::dotAt(problem::Counts point) const {
    const auto& [columns, rows] = picture_.lattice;
    const int row = point.remotes - rows.first;
    return picture_
        .dots[static_cast<std::size_t>(row * explain::length(columns) + point.nodes - columns.first)];
}

// What a box hides of the points, those that matter most counted most.
double RegionItem::hiddenBy(const QRectF& box) const {
    const auto& [columns, rows] = picture_.lattice;
    const QPointF low = picture_.map.countsAt(box.bottomLeft());
    const QPointF high = picture_.map.countsAt(box.topRight());
    double hidden = 0;
    for (int m = std::max(rows.first, static_cast<int>(low.y()));
         m <= std::min(rows.last, static_cast<int>(high.y()) + 1); ++m)
        for (int n = std::max(columns.first, static_cast<int>(low.x()));
             n <= std::min(columns.last, static_cast<int>(high.x()) + 1); ++n) {
            const auto& dot = dotAt({n, m});
            if (QRectF(dot.at - QPointF(dot.radius, dot.radius), dot.at + QPointF(dot.radius, dot.radius))
                    .intersects(box))
                hidden += dot.kind == DotKind::infeasible ? 0.3 : dot.kind == DotKind::dearer ? 1 : 4;
        }
    return hidden;
}

std::optional<QRectF> RegionItem::quietPlace(const QSizeF& size, QPointF point,
                                             const std::vector<QRectF>& taken) const {
    const QRectF& plot = picture_.plot;
    const double row = std::abs(picture_.map.at(0, 1).y() - picture_.map.at(0, 0).y());
    constexpr double gap = 12;
    constexpr double farthest = 40;
    const auto [w, h] = std::pair(size.width(), size.height());
    std::optional<QRectF> best;
    double least = 0;
    for (const double x : {gap, -gap - w, gap + row, -gap - w - row, -w / 2})
        for (double y = -row / 2 * std::floor(2 * farthest / row); y <= farthest; y += row / 2) {
            const QRectF place(point + QPointF(x, y - h / 2), size);
            const bool free = std::none_of(taken.begin(), taken.end(),
                                           [&](const QRectF& other) { return other.intersects(place); });
            if (!free || !plot.contains(place)) continue;
            double cost = 0.01 * std::abs(x + w / 2) + 0.04 * std::abs(y) + hiddenBy(place);
            if (picture_.budget && crosses(*picture_.budget, place)) cost += 4;
            if (best && cost >= least) continue;
            best = place;
            least = cost;
        }
    return best;
}

}  // namespace deepvm::ui::charts
