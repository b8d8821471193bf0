// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_plot.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "plot/label_placement.h"

namespace deepvm::ui::charts {
namespace {

constexpr double edge_leader = 20;  // between the end of an edge and its name
constexpr double narrowest_column = 6;
constexpr double lowest_row = 15;
constexpr int most_columns = 96;  // more points are neither read nor painted while one drags
constexpr int most_rows = 14;
constexpr double corner_size = 5.5;  // half of the diamond
constexpr double ring_gap = 4;
const QRectF anywhere(0, 0, 1, 1);  // whether an edge crosses the axes does not depend on pixels

// Multiples of 1, 2 or 5 x 10^k, at most `most` of them.
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

QStringList linesWithin(double width, const QString& text, const QFontMetricsF& metrics) {
    QStringList lines;
    for (const auto& word : text.split(QLatin1Char(' '))) {
        const QString longer = lines.isEmpty() ? word : lines.back() + QLatin1Char(' ') + word;
        if (!lines.isEmpty() && metrics.horizontalAdvance(longer) <= width)
            lines.back() = longer;
        else
            lines << word;
    }
    return lines;
}

// Broken at spaces into as few lines as fit the width, all about as long.
QString wrapped(const QString& text, const QFontMetricsF& metrics, double width) {
    QStringList lines = linesWithin(width, text, metrics);
    for (double less = width - 4; less > 0; less -= 4) {
        const QStringList narrower = linesWithin(less, text, metrics);
        if (narrower.size() > lines.size()) break;
        lines = narrower;
    }
    return lines.join(QLatin1Char('\n'));
}

double widest(const QString& lines, const QFontMetricsF& metrics) {
    double width = 0;
    for (const auto& line : lines.split(QLatin1Char('\n')))
        width = std::max(width, metrics.horizontalAdvance(line));
    return width;
}

QPainterPath diamond() {
    QPainterPath path(QPointF(0, -corner_size));
    path.lineTo(corner_size, 0);
    path.lineTo(0, corner_size);
    path.lineTo(-corner_size, 0);
    path.closeSubpath();
    return path;
}

QRectF around(QPointF centre, double reach) {
    return {centre - QPointF(reach, reach), centre + QPointF(reach, reach)};
}

// Whether a line passes through a box: two neighbours of its corners lie on different sides of it.
bool crosses(const QLineF& line, const QRectF& box) {
    const QLineF sides[] = {{box.topLeft(), box.bottomRight()}, {box.topRight(), box.bottomLeft()}};
    return std::any_of(std::begin(sides), std::end(sides), [&](const QLineF& side) {
        return line.intersects(side, nullptr) == QLineF::BoundedIntersection;
    });
}

}  // namespace

RegionPlot::RegionPlot(PlotView* view)
    : view_(view),
      axes_(view->ground()),
      ground_(new RegionItem(view->ground())),
      marker_(view->ground()),
      callout_(new Callout(view->ground())),
      best_ring_(new QGraphicsEllipseItem(view->ground())),
      corner_mark_(new QGraphicsPathItem(diamond(), view->ground())),
      hover_ring_(new QGraphicsEllipseItem(view->ground())),
      best_tag_(new Tag(view->ground())),
      corner_tag_(new Tag(view->ground())),
      nodes_name_(new QGraphicsSimpleTextItem(QStringLiteral("spot workers n"), view->ground())),
      remotes_name_(new QGraphicsSimpleTextItem(QStringLiteral("remote nodes m"), view->ground())) {
    ground_->setZValue(below_series + 1);
    nodes_name_->setZValue(below_series);
    remotes_name_->setZValue(below_series);
    for (QGraphicsItem* item :
         {static_cast<QGraphicsItem*>(best_tag_), static_cast<QGraphicsItem*>(corner_tag_)})
        item->setZValue(budget_line + 3);  // their plates hide the line
    best_ring_->setZValue(budget_line + 4);
    corner_mark_->setZValue(budget_line + 5);
    hover_ring_->setZValue(hover_mark);
    hideHover();
    setSubject({});
}

void RegionPlot::setColours(const theme::Palette& palette) {
    palette_ = palette;
    view_->setBackgroundBrush(palette.surface);
    axes_.setColours(palette);
    ground_->setColours(palette);
    marker_.setColours(palette);
    callout_->setColours(palette);
    best_tag_->setColours(palette);
    corner_tag_->setColours(palette);
    best_ring_->setPen(QPen(palette.text, 1.75));
    corner_mark_->setPen(QPen(palette.text, 1.75));
    corner_mark_->setBrush(palette.surface);
    hover_ring_->setPen(QPen(palette.text, 1.25));
    nodes_name_->setBrush(palette.muted);
    remotes_name_->setBrush(palette.muted);
    for (const auto& label : edge_labels_) {
        label.text->setBrush(palette.muted);
        label.leader->setPen(QPen(palette.muted, 1));
    }
    hideHover();
    drawAxes();
}

void RegionPlot::setSubject(const RegionSubject& subject) {
    hideHover();
    subject_ = subject;
    corner_.reset();
    const bool any = subject.candidate != nullptr;
    for (QGraphicsItem* item :
         {static_cast<QGraphicsItem*>(ground_), static_cast<QGraphicsItem*>(nodes_name_),
          static_cast<QGraphicsItem*>(remotes_name_)})
        item->setVisible(any);
    marker_.setVisible(any);
    if (any) region_.lattice = wantedLattice(true);
    drawAxes();
}

explain::Lattice RegionPlot::wantedLattice(bool keep) const {
    const double names = 160;  // about; the axes decide how wide they are
    const int columns = std::min(most_columns, static_cast<int>((view_->width() - names) / narrowest_column));
    const int rows = std::min(most_rows, static_cast<int>(plotArea().height() / lowest_row));
    const bool any = keep && explain::length(region_.lattice.nodes) > 1;
    return explain::lattice_around(*subject_.candidate, budget_, columns, rows,
                                   any ? std::optional(region_.lattice) : std::nullopt);
}

void RegionPlot::layOut() {
    hideHover();
    if (subject_.candidate != nullptr) region_.lattice = wantedLattice(false);
    drawAxes();
}

std::vector<RegionPlot::NamedEdge> RegionPlot::visibleEdges() const {
    const QFontMetricsF metrics(plotFont(*view_, label_px));
    const double most = std::clamp(0.22 * view_->width(), 124.0, 240.0);
    const RegionMap map = regionMap(region_.lattice, anywhere);
    std::vector<NamedEdge> visible;
    for (const auto& edge : otherEdges(region_.edges))
        if (edgeLine(edge.keeps, map, anywhere))
            visible.push_back({edge, wrapped(edgeName(edge, region_.edges), metrics, most)});
    return visible;
}

QRectF RegionPlot::plotArea() const {
    const QFont font = plotFont(*view_, label_px);
    const auto widest_tick = QString::number(std::max(10, region_.lattice.remotes.last));
    const double left = PlotAxes::widthOf({{0, widest_tick}}, font);
    const double top = BudgetMarker::pillHeight() + 10;
    const QSizeF size = view_->size();
    return {QPointF(left, top), QPointF(std::max(left + 40, size.width() - names_width_),
                                        std::max(top + 40, size.height() - PlotAxes::heightBelow(font)))};
}

void RegionPlot::drawAxes() {
    const QFont font = plotFont(*view_, label_px);
    marker_.setFont(plotFont(*view_, label_px, QFont::DemiBold));
    callout_->setFonts(plotFont(*view_, text_px, QFont::DemiBold), plotFont(*view_, label_px));
    edges_.clear();
    if (subject_.candidate != nullptr) {
        region_ = explain::feasible_region(*subject_.problem, *subject_.candidate, budget_, region_.lattice);
        edges_ = visibleEdges();
    }
    const QFontMetricsF metrics(font);
    double widest_name = metrics.horizontalAdvance(nodes_name_->text());
    for (const auto& edge : edges_)
        widest_name = std::max(widest_name, widest(edge.name, metrics));
    names_width_ = std::ceil(edge_leader + widest_name + 2);
    const QRectF plot = plotArea();
    view_->setPlot(plot);
    map_ = regionMap(region_.lattice, plot);
    std::vector<PlotAxes::Label> x;
    std::vector<PlotAxes::Label> y;
    if (subject_.candidate != nullptr) {
        for (const int tick : wholeTicks(region_.lattice.nodes, static_cast<int>(plot.width() / 32)))
            x.push_back({map_.nodes.toPixel(tick), QString::number(tick)});
        for (const int tick : wholeTicks(region_.lattice.remotes, static_cast<int>(plot.height() / 17)))
            y.push_back({map_.remotes.toPixel(tick), QString::number(tick)});
    }
    axes_.draw(plot, x, y, font);
    nodes_name_->setFont(font);
    nodes_name_->setPos(std::round(plot.right() + edge_leader), std::round(plot.bottom() + 10));
    remotes_name_->setFont(font);
    remotes_name_->setPos(0, std::round(plot.top() - 8 - metrics.height()));
    drawNames();
    if (subject_.candidate == nullptr) return hideOverlays();
    drawRegion({});
    drawBudget();
    drawPoints();
}

void RegionPlot::hideOverlays() {
    for (QGraphicsItem* item :
         {static_cast<QGraphicsItem*>(best_ring_), static_cast<QGraphicsItem*>(best_tag_),
          static_cast<QGraphicsItem*>(corner_mark_), static_cast<QGraphicsItem*>(corner_tag_)})
        item->hide();
}

// In a column right of the plot, each beside the end of its edge: an edge that leaves the plot on top has its
// end there.
void RegionPlot::drawNames() {
    const QFont font = plotFont(*view_, label_px);
    const QFontMetricsF metrics(font);
    const QRectF plot = view_->plot();
    for (const auto& label : edge_labels_) {
        label.text->hide();
        label.leader->hide();
    }
    std::vector<QPointF> ends;
    std::vector<double> wanted;
    double height = 0;
    for (const auto& [edge, name] : edges_) {
        const QLineF line =
            edgeLine(edge.keeps, map_, plot).value_or(QLineF(plot.topRight(), plot.topRight()));
        const QPointF right = line.x1() > line.x2() ? line.p1() : line.p2();
        ends.push_back(plot.right() - right.x() < 1 ? right : line.p1());
        wanted.push_back(ends.back().y());
        height = std::max(height,
                          metrics.lineSpacing() * static_cast<double>(name.count(QLatin1Char('\n')) + 1) + 4);
    }
    if (height == 0) return;
    const auto places = spreadLabels(wanted, height, plot.top() - 2, plot.bottom() + height / 4);
    for (std::size_t i = 0; i < edges_.size(); ++i)
        if (places[i]) drawName(i, ends[i], *places[i]);
}

void RegionPlot::drawName(std::size_t index, QPointF end, double y) {
    while (edge_labels_.size() <= index) {
        EdgeLabel made{new QGraphicsSimpleTextItem(view_->ground()), new QGraphicsPathItem(view_->ground())};
        made.text->setZValue(names);
        made.leader->setZValue(names);
        made.text->setBrush(palette_.muted);
        made.leader->setPen(QPen(palette_.muted, 1));
        edge_labels_.push_back(made);
    }
    const QRectF plot = view_->plot();
    const auto& [text, leader] = edge_labels_[index];
    text->setFont(plotFont(*view_, label_px));
    text->setText(edges_[index].name);
    const double left = plot.right() + edge_leader;
    text->setPos(std::round(left), std::round(y - text->boundingRect().height() / 2));
    text->show();
    QPainterPath path(end);
    if (plot.right() - end.x() >= 1) {  // over the top to the column
        path.lineTo(end.x(), plot.top() - 4);
        path.lineTo(plot.right() + 2, plot.top() - 4);
    } else {
        path.lineTo(plot.right() + 3, end.y());
    }
    path.lineTo(left - 7, y);
    path.lineTo(left - 4, y);
    leader->setPath(path);
    leader->show();
}

void RegionPlot::setBudget(base::Money budget, bool held) {
    if (budget == budget_) return;
    budget_ = budget;
    if (subject_.candidate == nullptr) return;
    hideHover();
    if (const auto wanted = held ? region_.lattice : wantedLattice(true); wanted != region_.lattice) {
        region_.lattice = wanted;
        drawAxes();
        return;
    }
    region_ = explain::feasible_region(*subject_.problem, *subject_.candidate, budget_, region_.lattice);
    // Nothing but what lies between the old line and the new one looks different.
    const auto before = budget_line_;
    budget_line_ = edgeLine(budgetEdge(region_.edges.budget), map_, view_->plot());
    QRectF changed;
    constexpr double dot = 8;
    if (before && budget_line_)
        changed = QRectF(before->p1(), before->p2())
                      .normalized()
                      .united(QRectF(budget_line_->p1(), budget_line_->p2()).normalized())
                      .adjusted(-dot, -dot, dot, dot);
    drawRegion(changed);
    drawBudget();
    drawPoints();
}

void RegionPlot::setCorner(const std::optional<explain::RelaxationCorner>& corner) {
    if (corner == corner_) return;
    corner_ = corner;
    if (subject_.candidate != nullptr) drawPoints();
}

void RegionPlot::drawRegion(const QRectF& changed) {
    const QRectF plot = view_->plot();
    const HalfPlane budget = budgetEdge(region_.edges.budget);
    RegionPicture picture;
    picture.plot = plot;
    picture.dots = latticeDots(region_, map_);
    picture.forbidden.push_back(forbiddenPart(budget, map_, plot));
    for (const auto& edge : edges_) {
        if (edge.edge.kind != EdgeKind::worth)
            picture.forbidden.push_back(forbiddenPart(edge.edge.keeps, map_, plot));
        if (const auto line = edgeLine(edge.edge.keeps, map_, plot))
            picture.edges.emplace_back(edge.edge.kind, *line);
    }
    ground_->setPicture(std::move(picture), changed);
}

void RegionPlot::drawBudget() {
    placeMarker();
    const QRectF name = remotes_name_->sceneBoundingRect();
    remotes_name_->setVisible(!marker_.pill().adjusted(-6, 0, 6, 0).intersects(name));
}

// The pill stands over the upper end of the line; where the line begins at the left axis, right above that;
// a line outside of the axes has only its pill, which points to it.
void RegionPlot::placeMarker() {
    const QRectF plot = view_->plot();
    const HalfPlane edge = budgetEdge(region_.edges.budget);
    budget_line_ = edgeLine(edge, map_, plot);
    const QString text = QStringLiteral("budget %1/h").arg(money(budget_));
    const double strip = std::max(2.0, plot.top() - BudgetMarker::pillHeight() - 8);
    const double left = 0;
    const double right = view_->width();
    if (!budget_line_) {
        const bool beyond = leavesSomething(edge, map_, plot);
        marker_.place({}, QPointF(beyond ? right : left, strip), left, right,
                      beyond ? text + QStringLiteral(" →") : QStringLiteral("← ") + text);
        return;
    }
    QLineF line = *budget_line_;
    if (line.y1() - plot.top() > 1) {
        marker_.place(line, QPointF(0, line.y1() - BudgetMarker::pillHeight() - 4), plot.left() + 6, right,
                      text);
        return;
    }
    const double rise = line.y1() - strip - BudgetMarker::pillHeight();  // up to the pill
    const QPointF up = line.p1() + (line.p1() - line.p2()) * (rise / std::max(1.0, line.y2() - line.y1()));
    if (up.x() >= 0) line.setP1(up);
    marker_.place(line, QPointF(line.x1(), strip), left, right, text);
}

// What a box hides of the points, those that matter most counted most.
double RegionPlot::hiddenBy(const QRectF& box) const {
    const auto& [columns, rows] = region_.lattice;
    const QPointF low = map_.countsAt(box.bottomLeft());
    const QPointF high = map_.countsAt(box.topRight());
    double hidden = 0;
    for (int m = std::max(rows.first, static_cast<int>(low.y()));
         m <= std::min(rows.last, static_cast<int>(high.y()) + 1); ++m)
        for (int n = std::max(columns.first, static_cast<int>(low.x()));
             n <= std::min(columns.last, static_cast<int>(high.x()) + 1); ++n) {
            const auto& dot = dotAt({n, m});
            if (around(dot.at, dot.radius).intersects(box))
                hidden += dot.kind == DotKind::infeasible ? 0.3 : dot.kind == DotKind::dearer ? 1 : 4;
        }
    return hidden;
}

const LatticeDot& RegionPlot::dotAt(problem::Counts point) const {
    const auto& [columns, rows] = region_.lattice;
    const int row = point.remotes - rows.first;
    return ground_
        ->dots()[static_cast<std::size_t>(row * explain::length(columns) + point.nodes - columns.first)];
}

// Where a name hides few points and no line: between the rows, else beside its point.
std::optional<QRectF> RegionPlot::quietPlace(const QSizeF& size, QPointF point,
                                             const std::vector<QRectF>& taken) const {
    const QRectF plot = view_->plot();
    const double row = std::abs(map_.at(0, 1).y() - map_.at(0, 0).y());
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
            if (budget_line_ && crosses(*budget_line_, place)) cost += 4;
            if (best && cost >= least) continue;
            best = place;
            least = cost;
        }
    return best;
}

void RegionPlot::drawPoints() {
    const QRectF plot = view_->plot();
    const QFont plain = plotFont(*view_, label_px);
    const QFont strong = plotFont(*view_, label_px, QFont::DemiBold);
    std::vector<QRectF> taken;
    const auto& best = region_.best;
    const auto& [columns, rows] = region_.lattice;
    const bool ringed = best && best->nodes >= columns.first && best->nodes <= columns.last &&
                        best->remotes >= rows.first && best->remotes <= rows.last;
    best_ring_->setVisible(ringed);
    if (ringed) {
        const auto at = map_.at(best->nodes, best->remotes);
        const double radius = dotAt(*best).radius + ring_gap;
        best_ring_->setRect(around({}, radius));
        best_ring_->setPos(at);
        taken.push_back(around(at, radius));
    }
    const QPointF corner = corner_ ? map_.at(corner_->nodes, corner_->remotes) : QPointF();
    const bool marked = corner_ && plot.adjusted(-1, -1, 1, 1).contains(corner);
    corner_mark_->setVisible(marked);
    if (marked) {
        corner_mark_->setPos(corner);
        taken.push_back(around(corner, corner_size));
    }
    const auto name = [&](Tag* tag, bool wanted, const QString& text, const QFont& font, QPointF at) {
        if (wanted) tag->setText(text, font);
        const auto place = wanted ? quietPlace(tag->size(), at, taken) : std::nullopt;
        tag->setVisible(place.has_value());
        if (!place) return;
        tag->setPos(std::round(place->left()), std::round(place->top()));
        taken.push_back(*place);
    };
    name(best_tag_, ringed,
         ringed ? QStringLiteral("best: n = %1, m = %2").arg(best->nodes).arg(best->remotes) : QString(),
         strong, best_ring_->pos());
    name(corner_tag_, marked, marked ? cornerName(*corner_) : QString(), plain, corner);
}

double RegionPlot::budgetAt(QPointF at) const {
    const QRectF plot = view_->plot();
    const QPointF inside(std::clamp(at.x(), plot.left(), plot.right()),
                         std::clamp(at.y(), plot.top(), plot.bottom()));
    const QPointF counts = map_.countsAt(inside);
    const auto& edge = region_.edges.budget;
    return edge.fixed.usd() + counts.x() * edge.per_node.usd() + counts.y() * edge.per_remote.usd();
}

double RegionPlot::budgetStep() const {
    constexpr double cent = 0.01;
    const double per_node = region_.edges.budget.per_node.usd();
    const double step = dragStep(explain::length(region_.lattice.nodes) * per_node);
    return 4 * cent <= per_node ? std::max(cent, step) : step;  // cheaper nodes need finer steps
}

std::optional<RegionPlot::Hit> RegionPlot::hit(QPointF at) const {
    if (subject_.candidate == nullptr || !view_->plot().adjusted(-8, -8, 8, 8).contains(at))
        return std::nullopt;
    const double cell = map_.at(1, 0).x() - map_.at(0, 0).x();
    const auto point = nearestPoint(region_.lattice, map_, at, std::max(10.0, 0.7 * cell));
    const auto distance = [at](QPointF other) { return std::hypot(other.x() - at.x(), other.y() - at.y()); };
    if (corner_mark_->isVisible()) {
        const double off = distance(corner_mark_->pos());
        if (off <= corner_size + 3 && (!point || off < distance(map_.at(point->nodes, point->remotes))))
            return Hit{true, {}};
    }
    return point ? std::optional(Hit{false, *point}) : std::nullopt;
}

void RegionPlot::showHover(const Hit& hit) {
    const QRectF bounds(0, view_->plot().top(), view_->width(), view_->height() - view_->plot().top());
    hover_ring_->setVisible(!hit.corner);
    if (hit.corner) {
        callout_->show(cornerText(subject_, *corner_), corner_mark_->pos(), bounds, palette_.text);
        return;
    }
    const QPointF at = map_.at(hit.point.nodes, hit.point.remotes);
    const bool fits = explain::is_feasible(region_, hit.point);
    hover_ring_->setRect(around({}, 8));
    hover_ring_->setPos(at);
    callout_->show(pointText(subject_, region_, hit.point), at, bounds,
                   fits ? palette_.tiering : palette_.baseline);
}

void RegionPlot::hideHover() {
    callout_->hide();
    hover_ring_->hide();
}

}  // namespace deepvm::ui::charts
