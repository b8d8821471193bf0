// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/frontier_plot.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "planner/decision.h"
#include "plot/label_placement.h"

namespace deepvm::ui::charts {
namespace {

constexpr double leader_width = 22;  // between the end of a line and its name
constexpr double edge = 16;          // right of a plot without names: half of the last tick label
constexpr double hover_radius = 4.5;

std::size_t index(LineKind kind) {
    return static_cast<std::size_t>(kind);
}

}  // namespace

FrontierPlot::FrontierPlot(PlotView* view)
    : view_(view),
      axes_(view->ground()),
      chart_(seriesGround(*view)),
      marker_(view->ground()),
      callout_(new Callout(view->ground())),
      highlight_(new QGraphicsPathItem(view->ground())),
      hover_step_(new QGraphicsLineItem(view->ground())),
      hover_dot_(new QGraphicsEllipseItem(view->ground())),
      empty_(new QGraphicsRectItem(view->ground())),
      empty_text_item_(new QGraphicsSimpleTextItem(empty_)),
      x_axis_(new QValueAxis(chart_)),
      y_axis_(new QValueAxis(chart_)) {
    addAxes(*chart_, x_axis_, y_axis_);
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const QString name = lineName(static_cast<LineKind>(i));
        addSeries(*chart_, series_[i] = new QLineSeries(chart_), name);
        names_[i] = {new QGraphicsSimpleTextItem(name, view->ground()),
                     new QGraphicsPathItem(view->ground())};
        names_[i].text->setZValue(names);
        names_[i].leader->setZValue(names);
    }
    highlight_->setZValue(highlights);
    hover_step_->setZValue(highlights + 1);
    hover_dot_->setZValue(hover_mark);
    hover_dot_->setRect(-hover_radius, -hover_radius, 2 * hover_radius, 2 * hover_radius);
    empty_->setZValue(hover_mark);  // over the budget line
    empty_->setPen(Qt::NoPen);
    hideHover();
}

QColor FrontierPlot::colour(LineKind kind) const {
    switch (kind) {
        case LineKind::on_demand:
            return palette_.architecture(problem::Architecture::on_demand);
        case LineKind::single_anchor:
            return palette_.architecture(problem::Architecture::single_anchor);
        case LineKind::tiering:
            return palette_.architecture(problem::Architecture::tiering);
        case LineKind::spot_bucket:
            return palette_.architecture(problem::Architecture::spot_bucket);
        case LineKind::parameter_server:
            return palette_.architecture(problem::Architecture::parameter_server);
        case LineKind::mixed_workers:
            return palette_.architecture(problem::Architecture::mixed_workers);
        case LineKind::cost_first:
        case LineKind::performance_first:
            break;
    }
    return palette_.baseline;
}

// Lines are told apart without colour too: by width and dash.
QPen FrontierPlot::pen(LineKind kind) const {
    QPen pen(colour(kind), 2.75, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    if (kind == LineKind::single_anchor) pen.setWidthF(2);
    if (kind == LineKind::on_demand) {
        pen.setWidthF(2);
        pen.setDashPattern({7, 2});
    }
    if (kind == LineKind::spot_bucket || kind == LineKind::parameter_server ||
        kind == LineKind::mixed_workers) {
        pen.setWidthF(2);
        pen.setDashPattern(kind == LineKind::spot_bucket        ? QList<qreal>{3, 1.5}
                           : kind == LineKind::parameter_server ? QList<qreal>{6, 1.5, 1.5, 1.5}
                                                                : QList<qreal>{10, 1.5, 3, 1.5});
    }
    if (isBaseline(kind)) {
        pen.setWidthF(1.4);
        pen.setDashPattern(kind == LineKind::cost_first ? QList<qreal>{5, 3} : QList<qreal>{1.5, 2.5});
    }
    return pen;
}

QFont FrontierPlot::nameFont(LineKind kind) const {
    return plotFont(*view_, label_px, isBaseline(kind) ? QFont::Normal : QFont::DemiBold);
}

void FrontierPlot::setColours(const theme::Palette& palette) {
    palette_ = palette;
    view_->setBackgroundBrush(palette.surface);
    axes_.setColours(palette);
    marker_.setColours(palette);
    callout_->setColours(palette);
    empty_->setBrush(palette.surface);
    empty_text_item_->setBrush(palette.muted);
    QColor halo = palette.accent;
    halo.setAlphaF(0.28F);
    highlight_->setPen(QPen(halo, 9, Qt::SolidLine, Qt::RoundCap));
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const auto kind = static_cast<LineKind>(i);
        series_[i]->setPen(pen(kind));
        names_[i].leader->setPen(QPen(colour(kind), 1));  // thin: it must not read as data
        names_[i].text->setBrush(isBaseline(kind) ? palette.muted : palette.text);
    }
    layOut();
}

void FrontierPlot::setFrontier(std::shared_ptr<const planner::Frontier> frontier,
                               problem::Objective objective, bool publishedUnits, const QString& emptyText) {
    hideHover();
    frontier_ = std::move(frontier);
    lines_ = frontier_ ? stepLines(*frontier_) : std::vector<StepLine>{};
    objective_ = objective;
    published_ = publishedUnits;
    empty_text_ = emptyText;
}

void FrontierPlot::setWindow(double window) {
    hideHover();
    window_ = window;
    highest_ = highestObjective(lines_, window);
    lowest_ = lowestObjective(lines_, window);
    text_ = objectiveText(objective_, published_, highest_);
    layOut();
    replacePoints();
    drawNames();
}

// What a job costs or takes is the better the less it is, and mostly never near 0.
Scale FrontierPlot::objectiveScale() const {
    const int intervals = std::clamp(static_cast<int>(plotArea({}).height() / 36), 2, 8);
    return falls() ? fallingScale(lowest_, highest_, intervals)
                   : linearScale(highest_ / text_.divisor, intervals);
}

HeightRule FrontierPlot::heightRule() const {
    return {text_.divisor, y_.logarithmic, !falls()};
}

void FrontierPlot::replacePoints() {
    const double end = frontier_ ? frontier_->to.usd() : 0;
    const auto rule = heightRule();
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const auto line =
            std::find_if(lines_.begin(), lines_.end(), [&](const auto& l) { return index(l.kind) == i; });
        const auto points =
            line == lines_.end() ? QList<QPointF>{} : polyline(line->steps, window_, end, rule);
        if (points.isEmpty() && series_[i]->count() == 0) continue;
        series_[i]->replace(points);
    }
}

double FrontierPlot::lastStep() const {
    double last = 0;
    for (const auto& line : lines_)
        if (!isBaseline(line.kind)) last = std::max(last, line.steps.back().hourly_price.usd());
    return last;
}

double FrontierPlot::nameColumn() const {
    double widest = 0;
    for (const auto& line : lines_)
        widest = std::max(widest, QFontMetricsF(nameFont(line.kind)).horizontalAdvance(lineName(line.kind)));
    return lines_.empty() ? edge : std::ceil(leader_width + widest + 2);
}

QRectF FrontierPlot::plotArea(const std::vector<PlotAxes::Label>& yLabels) const {
    const QFont font = plotFont(*view_, label_px);
    const double left = PlotAxes::widthOf(yLabels, font);
    const double top = BudgetMarker::pillHeight() + 10;
    const QSizeF size = view_->size();
    return {QPointF(left, top), QPointF(std::max(left + 40, size.width() - nameColumn()),
                                        std::max(top + 40, size.height() - PlotAxes::heightBelow(font)))};
}

void FrontierPlot::layOut() {
    hideHover();
    const QFont font = plotFont(*view_, label_px);
    const bool was_logarithmic = y_.logarithmic;
    const auto y = y_ = objectiveScale();
    if (y.logarithmic != was_logarithmic) replacePoints();
    std::vector<PlotAxes::Label> yLabels;
    for (const double tick : y.ticks)
        yLabels.push_back({0, objectiveTick(objective_, tick, y.step)});
    const QRectF plot = plotArea(yLabels);
    const auto x = linearScaleTo(window_, std::max(2, static_cast<int>(plot.width() / 46)));
    map_ = {pixelMap(x, plot.left(), plot.right()), pixelMap(y, plot.bottom(), plot.top()), text_.divisor,
            frontier_ ? frontier_->to.usd() : 0};

    view_->setPlot(plot);
    fitSeries(*chart_, *view_);
    x_axis_->setRange(x.from, x.to);
    y_axis_->setRange(y.logarithmic ? std::log10(y.from) : y.from, y.logarithmic ? std::log10(y.to) : y.to);
    std::vector<PlotAxes::Label> xLabels;
    for (const double tick : x.ticks)
        xLabels.push_back({map_.x.toPixel(tick), moneyTick(tick, x.step)});
    for (std::size_t i = 0; i < yLabels.size(); ++i)
        yLabels[i].at = map_.y.toPixel(y.ticks[i]);
    axes_.draw(plot, xLabels, highest_ > 0 ? yLabels : std::vector<PlotAxes::Label>{}, font);
    marker_.setFont(plotFont(*view_, label_px, QFont::DemiBold));
    callout_->setFonts(plotFont(*view_, text_px, QFont::DemiBold), plotFont(*view_, label_px));
    drawNames();
    drawHighlight();
    drawEmptyText();
    setBudget(budget_);
}

void FrontierPlot::drawNames() {
    std::vector<LineKind> kinds;  // the topmost line matters most
    std::vector<QPointF> ends;
    for (std::size_t i = lines_.size(); i-- > 0;) {
        const auto& line = lines_[i];
        const auto* series = series_[index(line.kind)];
        if (series->count() == 0) continue;
        kinds.push_back(line.kind);
        const QPointF last = series->at(series->count() - 1);
        const double height = y_.logarithmic ? std::pow(10.0, last.y()) : last.y();
        ends.emplace_back(map_.x.toPixel(last.x()), map_.y.toPixel(height));
    }
    for (const auto& name : names_) {
        name.text->hide();
        name.leader->hide();
    }
    std::vector<double> wanted;
    wanted.reserve(ends.size());
    for (const auto& end : ends)
        wanted.push_back(end.y());
    const double height = std::ceil(QFontMetricsF(nameFont(LineKind::tiering)).height()) + 2;
    const QRectF plot = view_->plot();
    const auto places = spreadLabels(wanted, height, plot.top() - height / 2, plot.bottom() + height / 2);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (!places[i]) continue;
        const auto& name = names_[index(kinds[i])];
        const QPointF to(ends[i].x() + leader_width - 5, *places[i]);
        QPainterPath path(ends[i]);
        path.lineTo(ends[i].x() + 3, ends[i].y());
        path.lineTo(to.x() - 6, to.y());
        path.lineTo(to);
        name.leader->setPath(path);
        name.leader->show();
        name.text->setFont(nameFont(kinds[i]));
        const double textHeight = name.text->boundingRect().height();
        name.text->setPos(std::round(ends[i].x() + leader_width), std::round(*places[i] - textHeight / 2));
        name.text->show();
    }
}

void FrontierPlot::drawHighlight() {
    QPainterPath path;
    for (const auto& [from, to] : stepsOfType(lines_, map_, highlighted_)) {
        path.moveTo(from);
        path.lineTo(to);
    }
    highlight_->setPath(path);
}

void FrontierPlot::drawEmptyText() {
    QString text = empty_text_;
    const auto* cheapest = cheapestStep(lines_);
    if (cheapest != nullptr && cheapest->hourly_price.usd() >= window_)
        text = QStringLiteral("The cheapest cluster costs %1").arg(planPrice(*cheapest));
    else if (cheapest != nullptr)
        text.clear();
    empty_text_item_->setText(text);
    empty_text_item_->setFont(plotFont(*view_, text_px));
    const QRectF written = empty_text_item_->boundingRect();
    empty_->setRect(written.adjusted(-8, -4, 8, 4));
    empty_->setVisible(!text.isEmpty());
    const QPointF middle = view_->plot().center() - written.center();
    empty_->setPos(std::round(middle.x()), std::round(middle.y()));
}

void FrontierPlot::setBudget(base::Money budget) {
    budget_ = budget;
    marker_.setVisible(budget.usd() > 0);
    if (!(budget.usd() > 0)) return;
    // A budget beyond the axis stands at its end and points further.
    const bool beyond = budget.usd() > window_;
    const double x = map_.x.toPixel(std::min(budget.usd(), window_));
    marker_.place(view_->plot(), x, 0, view_->width(),
                  beyond ? money(budget) + QStringLiteral(" →") : money(budget));
    const auto found = best();
    if (found && !beyond)
        marker_.placeRing(map_.at(budget.usd(), found->plan->objective), colour(found->kind));
    else
        marker_.placeRing(std::nullopt, {});
}

void FrontierPlot::setHighlightedType(const QString& type) {
    highlighted_ = type;
    drawHighlight();
}

std::optional<StepHit> FrontierPlot::hit(QPointF at) const {
    constexpr double reach = 8;
    if (!view_->plot().adjusted(-reach, -reach, reach, reach).contains(at)) return std::nullopt;
    return nearestStep(lines_, map_, at);
}

void FrontierPlot::showHover(const StepHit& hit, QPointF pointer) {
    const auto& line = lines_[hit.line];
    const auto* next = hit.step + 1 < line.steps.size() ? &line.steps[hit.step + 1] : nullptr;
    const QColor mark = colour(line.kind);
    hover_step_->setPen(QPen(mark, pen(line.kind).widthF() + 2.5, Qt::SolidLine, Qt::FlatCap));
    hover_step_->setLine(QLineF(hit.start, hit.end));
    hover_step_->show();
    hover_dot_->setBrush(mark);
    hover_dot_->setPen(QPen(palette_.surface, 1.5));
    hover_dot_->setPos(hit.start);
    hover_dot_->show();
    constexpr double trail = 60;  // on a long step the callout stays near the pointer
    const double x = std::clamp(pointer.x() - trail, hit.start.x(), std::max(hit.start.x(), hit.end.x()));
    const QRectF bounds(0, view_->plot().top(), view_->width(), view_->height() - view_->plot().top());
    callout_->show(planText(line.steps[hit.step], next, frontier_->to, objective_), QPointF(x, hit.start.y()),
                   bounds, mark);
}

void FrontierPlot::hideHover() {
    callout_->hide();
    hover_step_->hide();
    hover_dot_->hide();
}

}  // namespace deepvm::ui::charts
