// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_drawing.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

constexpr double narrowest_column = 6;
constexpr int most_columns = 96;  // more points are neither read nor painted while one drags
constexpr int most_rows = 14;
constexpr double corner_size = 5.5;  // half of the diamond
constexpr double ring_gap = 4;
constexpr Mark corner_at{-1, 0, 0};
const QRectF anywhere(0, 0, 1, 1);  // whether an edge crosses the axes does not depend on pixels

QString nodesName() {
    return QStringLiteral("spot workers n");
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

bool holds(explain::CountRange range, int count) {
    return range.first <= count && count <= range.last;
}

}  // namespace

RegionDrawing::RegionDrawing(PlotView* view)
    : Drawing(view),
      axes_(view->ground()),
      ground_(new RegionItem(view->ground())),
      marker_(view->ground()),
      names_(view->ground()),
      best_ring_(new QGraphicsEllipseItem(view->ground())),
      corner_mark_(new QGraphicsPathItem(diamond(), view->ground())),
      hover_ring_(new QGraphicsEllipseItem(around({}, 8), view->ground())),
      best_tag_(new Tag(view->ground())),
      corner_tag_(new Tag(view->ground())),
      remotes_name_(new QGraphicsSimpleTextItem(QStringLiteral("remote nodes m"), view->ground())) {
    ground_->setZValue(below_series + 1);
    remotes_name_->setZValue(below_series);
    best_tag_->setZValue(budget_line + 3);  // their plates hide the line
    corner_tag_->setZValue(budget_line + 3);
    best_ring_->setZValue(budget_line + 4);
    corner_mark_->setZValue(budget_line + 5);
    hover_ring_->setZValue(hover_mark);
    setSubject({});
}

void RegionDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    axes_.setColours(palette);
    ground_->setColours(palette);
    marker_.setColours(palette);
    best_tag_->setColours(palette);
    corner_tag_->setColours(palette);
    best_ring_->setPen(QPen(palette.text, 1.75));
    corner_mark_->setPen(QPen(palette.text, 1.75));
    corner_mark_->setBrush(palette.surface);
    remotes_name_->setBrush(palette.muted);
}

void RegionDrawing::setSubject(const RegionSubject& subject) {
    subject_ = subject;
    corner_.reset();
    grip_.reset();
    ground_->setVisible(any());
    marker_.setVisible(any());
    remotes_name_->setVisible(any());
    for (QGraphicsItem* item :
         std::initializer_list<QGraphicsItem*>{best_ring_, best_tag_, corner_mark_, corner_tag_})
        item->hide();
}

void RegionDrawing::setReach(base::Money from, base::Money to) {
    from_ = from;
    to_ = to;
}

explain::Lattice RegionDrawing::wantedLattice(bool keep) const {
    const double names = 160;  // about; the axes decide how wide they are
    const double lowest_row = std::max(15.0, QFontMetricsF(fontOf()).height());
    const int columns = std::min(most_columns, static_cast<int>((view_->width() - names) / narrowest_column));
    const int rows = std::min(most_rows, static_cast<int>(plotArea().height() / lowest_row));
    const bool kept = keep && explain::length(region_.lattice.nodes) > 1;
    return explain::lattice_around(*subject_.candidate, budget_, columns, rows,
                                   kept ? std::optional(region_.lattice) : std::nullopt);
}

explain::FeasibleRegion RegionDrawing::regionNow() const {
    auto region = explain::feasible_region(*subject_.problem, *subject_.candidate, budget_, region_.lattice);
    if (by_hand_) region.best.reset();
    return region;
}

// On a view of the same size the axes stay while they show what there is.
void RegionDrawing::layOut() {
    marker_.setFont(fontOf(label_px, QFont::DemiBold));
    if (any()) region_.lattice = wantedLattice(laid_out_ == view_->size());
    laid_out_ = view_->size();
    drawAxes();
}

std::vector<RegionDrawing::NamedEdge> RegionDrawing::visibleEdges() const {
    const double most = std::clamp(0.22 * view_->width(), 124.0, 240.0);
    const RegionMap map = regionMap(region_.lattice, anywhere);
    std::vector<NamedEdge> visible;
    for (const auto& edge : otherEdges(region_.edges))
        if (edgeLine(edge.keeps, map, anywhere))
            visible.push_back({edge, wrapped(edgeName(edge, region_.edges), fontOf(), most)});
    return visible;
}

QRectF RegionDrawing::plotArea() const {
    const QFont font = fontOf();
    const auto widest_tick = QString::number(std::max(10, region_.lattice.remotes.last));
    const double left = PlotAxes::widthOf({{0, widest_tick}}, font);
    return PlotAxes::plotOn(view_->size(), {left, marker_.pillHeight() + 10, names_width_, 0}, font);
}

void RegionDrawing::drawAxes() {
    edges_.clear();
    std::vector<PlotAxes::Label> x;
    std::vector<PlotAxes::Label> y;
    if (any()) {
        region_ = regionNow();
        edges_ = visibleEdges();
    }
    std::vector<EndNames::Name> widest{{nodesName(), fontOf(), {}, {}}};
    for (const auto& edge : edges_)
        widest.push_back({edge.name, fontOf(), {}, {}});
    names_width_ = EndNames::widthOf(widest);
    const QRectF plot = plotArea();
    view_->setPlot(plot);
    map_ = regionMap(region_.lattice, plot);
    if (any()) {
        const QFontMetricsF metrics(fontOf());
        const double wide = metrics.horizontalAdvance(QString::number(region_.lattice.nodes.last)) + 16;
        for (const int tick : wholeTicks(region_.lattice.nodes, static_cast<int>(plot.width() / wide)))
            x.push_back({map_.nodes.toPixel(tick), QString::number(tick)});
        for (const int tick :
             wholeTicks(region_.lattice.remotes, static_cast<int>(plot.height() / (metrics.height() + 2))))
            y.push_back({map_.remotes.toPixel(tick), QString::number(tick)});
    }
    axes_.draw(plot, x, y, fontOf());
    drawTexts();
    if (!any()) return;
    drawRegion({});
    drawBudget();
    drawPoints();
}

// The names of the edges stand right of the plot: an edge that leaves the plot on top has its end there.
void RegionDrawing::drawTexts() {
    const QFont font = fontOf();
    const QRectF plot = view_->plot();
    std::vector<EndNames::Name> all;
    for (const auto& [edge, name] : edges_) {
        const QLineF line =
            edgeLine(edge.keeps, map_, plot).value_or(QLineF(plot.topRight(), plot.topRight()));
        const QPointF right = line.x1() > line.x2() ? line.p1() : line.p2();
        all.push_back(
            {name, font, palette_.muted, palette_.muted, plot.right() - right.x() < 1 ? right : line.p1()});
    }
    names_.draw(plot, all);
    texts_.begin();
    if (any())
        texts_.write(nodesName(), font, palette_.muted,
                     {plot.right() + EndNames::leader_width, plot.bottom() + 10});
    texts_.end();
    remotes_name_->setFont(font);
    remotes_name_->setPos(0, std::round(plot.top() - 8 - QFontMetricsF(font).height()));
}

bool RegionDrawing::setBudget(base::Money budget) {
    if (budget == budget_) return false;
    budget_ = budget;
    if (!any()) return true;
    region_ = regionNow();
    // Nothing but what lies between the old line and the new one looks different.
    const auto before = budget_line_;
    const auto after = edgeLine(budgetEdge(region_.edges.budget), map_, view_->plot());
    QRectF changed;
    constexpr double dot = 8;
    if (before && after)
        changed = QRectF(before->p1(), before->p2())
                      .normalized()
                      .united(QRectF(after->p1(), after->p2()).normalized())
                      .adjusted(-dot, -dot, dot, dot);
    drawRegion(changed);
    drawBudget();
    drawPoints();
    return true;
}

void RegionDrawing::setCorner(const std::optional<explain::RelaxationCorner>& corner) {
    if (corner == corner_) return;
    corner_ = corner;
    if (any()) drawPoints();
}

void RegionDrawing::drawRegion(const QRectF& changed) {
    const QRectF plot = view_->plot();
    const HalfPlane budget = budgetEdge(region_.edges.budget);
    budget_line_ = edgeLine(budget, map_, plot);
    RegionPicture picture{plot, region_.lattice, map_, {}, {}, budget_line_, latticeDots(region_, map_)};
    picture.forbidden.push_back(forbiddenPart(budget, map_, plot));
    for (const auto& edge : edges_) {
        if (edge.edge.kind != EdgeKind::worth)
            picture.forbidden.push_back(forbiddenPart(edge.edge.keeps, map_, plot));
        if (const auto line = edgeLine(edge.edge.keeps, map_, plot))
            picture.edges.emplace_back(edge.edge.kind, *line);
    }
    if (by_hand_)
        for (const auto& edge : nodeEdges(*by_hand_)) {
            picture.forbidden.push_back(forbiddenPart(edge, map_, plot));
            if (const auto line = edgeLine(edge, map_, plot))
                picture.edges.emplace_back(EdgeKind::node_limit, *line);
        }
    ground_->setPicture(std::move(picture), changed);
}

// The pill stands over the upper end of the line; where the line begins at the left axis, right above that;
// a line outside of the axes has only its pill, which points to it.
void RegionDrawing::drawBudget() {
    const QRectF plot = view_->plot();
    const QString text = QStringLiteral("budget %1/h").arg(money(budget_));
    const double height = marker_.pillHeight();
    const double strip = std::max(2.0, plot.top() - height - 8);
    const double right = view_->width();
    if (!budget_line_) {
        const bool beyond = leavesSomething(budgetEdge(region_.edges.budget), map_, plot);
        marker_.place({}, QPointF(beyond ? right : 0, strip), 0, right,
                      beyond ? text + QStringLiteral(" →") : QStringLiteral("← ") + text);
    } else if (QLineF line = *budget_line_; line.y1() - plot.top() > 1) {
        marker_.place(line, QPointF(0, line.y1() - height - 4), plot.left() + 6, right, text);
    } else {
        const double rise = line.y1() - strip - height;  // up to the pill
        const QPointF up =
            line.p1() + (line.p1() - line.p2()) * (rise / std::max(1.0, line.y2() - line.y1()));
        if (up.x() >= 0) line.setP1(up);
        marker_.place(line, QPointF(line.x1(), strip), 0, right, text);
    }
    remotes_name_->setVisible(
        !marker_.pill().adjusted(-6, 0, 6, 0).intersects(remotes_name_->sceneBoundingRect()));
}

void RegionDrawing::drawPoints() {
    std::vector<QRectF> taken;
    const auto& point = region_.best;
    const bool ringed = point && isShown(*point);
    best_ring_->setVisible(ringed);
    if (ringed) {
        const double radius = ground_->dotAt(*point).radius + ring_gap;
        best_ring_->setRect(around({}, radius));
        best_ring_->setPos(map_.at(point->nodes, point->remotes));
        taken.push_back(around(best_ring_->pos(), radius));
    }
    const QPointF corner = corner_ ? map_.at(corner_->nodes, corner_->remotes) : QPointF();
    const bool marked = corner_ && view_->plot().adjusted(-1, -1, 1, 1).contains(corner);
    corner_mark_->setVisible(marked);
    if (marked) {
        corner_mark_->setPos(corner);
        taken.push_back(around(corner, corner_size));
    }
    const auto name = [&](Tag* tag, bool wanted, QFont::Weight weight, const QString& text, QPointF at) {
        if (wanted) tag->setText(text, fontOf(label_px, weight));
        const auto place = wanted ? ground_->quietPlace(tag->size(), at, taken) : std::nullopt;
        tag->setVisible(place.has_value());
        if (!place) return;
        tag->setPos(std::round(place->left()), std::round(place->top()));
        taken.push_back(*place);
    };
    name(best_tag_, ringed, QFont::DemiBold,
         ringed ? QStringLiteral("best: n = %1, m = %2").arg(point->nodes).arg(point->remotes) : QString(),
         best_ring_->pos());
    name(corner_tag_, marked, QFont::Normal, marked ? cornerName(*corner_) : QString(), corner);
}

double RegionDrawing::budgetAt(QPointF at) const {
    const QRectF plot = view_->plot();
    const QPointF inside(std::clamp(at.x(), plot.left(), plot.right()),
                         std::clamp(at.y(), plot.top(), plot.bottom()));
    const QPointF counts = map_.countsAt(inside);
    const auto& edge = region_.edges.budget;
    return edge.fixed.usd() + counts.x() * edge.per_node.usd() + counts.y() * edge.per_remote.usd();
}

// A round step of about a pixel of the line's way.
double RegionDrawing::budgetStep() const {
    constexpr double cent = 0.01;
    if (!any()) return cent;
    const double per_node = region_.edges.budget.per_node.usd();
    const double step = dragStep(explain::length(region_.lattice.nodes) * per_node);
    return 4 * cent <= per_node ? std::max(cent, step) : step;  // cheaper nodes need finer steps
}

// A line outside of the axes comes to the pointer, one inside keeps its distance.
void RegionDrawing::press(QPointF at) {
    grip_ = budget_line_ ? budget_.usd() - budgetAt(at) : 0;
}

bool RegionDrawing::drag(QPointF at) {
    if (!grip_) return false;  // they are other machines than those that the person took hold of
    const double step = budgetStep();
    return setValue(std::round((budgetAt(at) + *grip_) / step) * step);
}

bool RegionDrawing::step(Step step) {
    if (!any()) return false;
    if (step == Step::up || step == Step::down)
        return setValue(budget_.usd() + (step == Step::up ? budgetStep() : -budgetStep()));
    const auto next = step == Step::left ? explain::previous_price(*subject_.candidate, budget_)
                                         : explain::next_price(*subject_.candidate, budget_);
    return next && setBudget(std::clamp(*next, from_, to_));
}

Handle::Value RegionDrawing::value() const {
    return {budget_.usd(), from_.usd(), to_.usd(), budgetStep(), heading()};
}

bool RegionDrawing::setValue(double usd) {
    return setBudget(std::clamp(base::Money::from_usd(std::max(0.0, usd)), from_, to_));
}

bool RegionDrawing::isShown(problem::Counts point) const {
    return any() && holds(region_.lattice.nodes, point.nodes) &&
           holds(region_.lattice.remotes, point.remotes);
}

std::optional<Mark> RegionDrawing::markAt(QPointF at) const {
    if (!any() || !view_->plot().adjusted(-8, -8, 8, 8).contains(at)) return std::nullopt;
    const double cell = map_.at(1, 0).x() - map_.at(0, 0).x();
    const auto point = nearestPoint(region_.lattice, map_, at, std::max(10.0, 0.7 * cell));
    if (corner_mark_->isVisible()) {
        const double off = distance(corner_mark_->pos(), at);
        if (off <= corner_size + 3 && (!point || off < distance(map_.at(point->nodes, point->remotes), at)))
            return corner_at;
    }
    return point ? std::optional(Mark{point->remotes, point->nodes, 0}) : std::nullopt;
}

std::optional<Mark> RegionDrawing::best() const {
    if (by_hand_ && corner_mark_->isVisible()) return corner_at;
    if (!any() || !region_.best || !isShown(*region_.best)) return std::nullopt;
    return Mark{region_.best->remotes, region_.best->nodes, 0};
}

// The first is the best, the last the relaxation; the arrow keys are the budget's.
std::optional<Mark> RegionDrawing::moved(const std::optional<Mark>&, Step step) const {
    return step == Step::last && corner_mark_->isVisible() ? corner_at : best();
}

std::optional<Mark> RegionDrawing::kept(const Mark& mark) const {
    const bool there = mark == corner_at ? corner_mark_->isVisible() : isShown(pointOf(mark));
    return there ? mark : best();
}

CalloutText RegionDrawing::words(const Mark& mark) const {
    if (mark != corner_at) return pointText(subject_, region_, pointOf(mark));
    return corner_ ? cornerText(subject_, *corner_) : CalloutText{};
}

QColor RegionDrawing::colourOf(const Mark& mark) const {
    if (mark == corner_at) return palette_.text;
    return explain::is_feasible(region_, pointOf(mark)) ? palette_.tiering : palette_.baseline;
}

Spot RegionDrawing::show(const Mark& mark, bool focused) {
    const QPointF at = mark == corner_at ? corner_mark_->pos() : map_.at(mark.column, mark.row);
    hover_ring_->setPen(focused ? QPen(palette_.accent, 2) : QPen(palette_.text, 1.25));
    hover_ring_->setPos(at);
    hover_ring_->setVisible(focused || mark != corner_at);
    return {at, view_->all().adjusted(0, view_->plot().top(), 0, 0)};
}

QString RegionDrawing::summary() const {
    QStringList parts = QStringList{heading(), cost()} + remarks;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

}  // namespace deepvm::ui::charts
