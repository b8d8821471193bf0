// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/flopp_plot.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "plot/label_placement.h"

namespace deepvm::ui::charts {
namespace {

constexpr double marker_px = 10;
constexpr double half_label = 24;  // right of and above the plot: half of a tick label

// A Qt Charts axis warns about a range that is not positive, and draws nothing.
void setLogRange(QLogValueAxis* axis, const Scale& scale) {
    axis->setRange(scale.from, scale.to);
}

}  // namespace

FloppPlot::FloppPlot(PlotView* view)
    : view_(view),
      axes_(view->ground()),
      chart_(seriesGround(*view)),
      callout_(new Callout(view->ground())),
      highlight_(new QGraphicsPathItem(view->ground())),
      hover_ring_(new QGraphicsEllipseItem(view->ground())),
      empty_(new QGraphicsSimpleTextItem(view->ground())),
      x_axis_(new QLogValueAxis(chart_)),
      y_axis_(new QLogValueAxis(chart_)) {
    addAxes(*chart_, x_axis_, y_axis_);
    for (auto*& series : series_) {
        addSeries(*chart_, series = new QScatterSeries(chart_));
        series->setMarkerSize(marker_px);
    }
    highlight_->setZValue(highlights);
    hover_ring_->setZValue(hover_mark);
    constexpr double radius = marker_px / 2 + 2.5;
    hover_ring_->setRect(-radius, -radius, 2 * radius, 2 * radius);
    empty_->setZValue(names);
    empty_->setText(QStringLiteral("No instance type to show"));
    hideHover();
}

void FloppPlot::setColours(const theme::Palette& palette) {
    palette_ = palette;
    view_->setBackgroundBrush(palette.surface);
    axes_.setColours(palette);
    callout_->setColours(palette);
    empty_->setBrush(palette.muted);
    QColor faint = palette.baseline;
    faint.setAlphaF(0.55F);  // where markers lie on each other one sees that they do
    const auto style = [&](FloppMark mark, const QBrush& brush, const QPen& pen) {
        auto* series = series_[static_cast<std::size_t>(mark)];
        series->setBrush(brush);
        series->setPen(pen);
        series->setBorderColor(pen.color());
    };
    style(FloppMark::dominated, faint, QPen(palette.surface, 1));
    style(FloppMark::on_demand_only, palette.surface, QPen(palette.baseline, 1.5));
    style(FloppMark::pareto, palette.accent, QPen(palette.surface, 1));
    highlight_->setPen(QPen(palette.text, 2));
    hover_ring_->setPen(QPen(palette.text, 1.5));
    for (auto* name : names_)
        name->setBrush(palette.text);
    hideHover();
}

void FloppPlot::setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                           bool publishedUnits) {
    hideHover();
    entries_ = std::move(entries);
    sources_ = std::move(sources);
    published_ = publishedUnits;
    points_ = floppPoints(entries_);
    layOut();  // the axes first: no point is ever drawn on those of other points
    for (std::size_t i = 0; i < series_.size(); ++i) {
        QList<QPointF> values;
        for (const auto& point : points_)
            if (static_cast<std::size_t>(point.mark) == i) values.append(point.value);
        if (values.isEmpty() && series_[i]->count() == 0) continue;
        series_[i]->replace(values);
    }
}

QRectF FloppPlot::plotArea(const std::vector<PlotAxes::Label>& yLabels) const {
    const QFont font = plotFont(*view_, label_px);
    const double left = PlotAxes::widthOf(yLabels, font);
    const double top = 10;
    const QSizeF size = view_->size();
    return {QPointF(left, top), QPointF(std::max(left + 40, size.width() - half_label),
                                        std::max(top + 40, size.height() - PlotAxes::heightBelow(font)))};
}

void FloppPlot::layOut() {
    hideHover();
    const QFont font = plotFont(*view_, label_px);
    const QRectF room = plotArea({});
    const auto scales = floppScales(points_, std::max(2, static_cast<int>(room.width() / 70)),
                                    std::max(2, static_cast<int>(room.height() / 28)));
    std::vector<PlotAxes::Label> yLabels;
    for (const double tick : scales.y.ticks)
        yLabels.push_back({0, numberTick(tick, tick)});
    const QRectF plot = plotArea(yLabels);
    x_ = pixelMap(scales.x, plot.left(), plot.right());
    y_ = pixelMap(scales.y, plot.bottom(), plot.top());

    view_->setPlot(plot);
    fitSeries(*chart_, *view_);
    setLogRange(x_axis_, scales.x);
    setLogRange(y_axis_, scales.y);
    std::vector<PlotAxes::Label> xLabels;
    for (const double tick : scales.x.ticks)
        xLabels.push_back({x_.toPixel(tick), moneyTick(tick, tick)});
    for (std::size_t i = 0; i < yLabels.size(); ++i)
        yLabels[i].at = y_.toPixel(scales.y.ticks[i]);
    if (points_.empty()) {
        xLabels.clear();
        yLabels.clear();
    }
    axes_.draw(plot, xLabels, yLabels, font);
    callout_->setFonts(plotFont(*view_, text_px, QFont::DemiBold), plotFont(*view_, label_px));
    empty_->setFont(plotFont(*view_, text_px));
    empty_->setVisible(points_.empty());
    const QPointF middle = plot.center() - empty_->boundingRect().center();
    empty_->setPos(std::round(middle.x()), std::round(middle.y()));
    drawNames();
    drawHighlight();
}

bool FloppPlot::hasHollow() const {
    return std::any_of(points_.begin(), points_.end(),
                       [](const auto& point) { return point.mark == FloppMark::on_demand_only; });
}

QPointF FloppPlot::at(const FloppPoint& point) const {
    return {x_.toPixel(point.value.x()), y_.toPixel(point.value.y())};
}

QString FloppPlot::typeOf(std::size_t point) const {
    return QString::fromStdString(entries_[points_[point].entry].instance_type);
}

QString FloppPlot::idOf(std::size_t point) const {
    const auto& entry = entries_[points_[point].entry];
    return QString::fromStdString(model::type_id(entry.provider, entry.instance_type));
}

std::size_t FloppPlot::leftOut() const {
    return points_.size() < most_markers ? 0 : entries_.size() - points_.size();
}

// The points that want a name, the most important first.
std::vector<std::size_t> FloppPlot::named() const {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].mark == FloppMark::pareto || idOf(i) == highlighted_) wanted.push_back(i);
    std::stable_sort(wanted.begin(), wanted.end(), [&](auto a, auto b) {
        const bool marked = idOf(a) == highlighted_;
        if (marked != (idOf(b) == highlighted_)) return marked;
        return points_[a].value.y() > points_[b].value.y();
    });
    return wanted;
}

void FloppPlot::drawNames() {
    const auto wanted = named();
    const QFont font = plotFont(*view_, label_px);
    const QFontMetricsF metrics(font);
    std::vector<PointLabel> labels;
    std::vector<QPointF> obstacles;
    for (const auto i : wanted) {
        const QSizeF size(std::ceil(metrics.horizontalAdvance(typeOf(i))), metrics.height());
        labels.push_back({at(points_[i]), size, idOf(i) == highlighted_ ? 8.0 : 3.0});  // clear of its ring
    }
    for (const auto& point : points_)
        obstacles.push_back(at(point));
    const QRectF bounds(view_->plot().left(), 0, view_->width() - view_->plot().left(),
                        view_->plot().bottom());
    const auto places = placeBesidePoints(labels, obstacles, marker_px / 2, bounds);
    std::size_t used = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!places[i]) continue;
        if (used == names_.size()) {
            names_.push_back(new QGraphicsSimpleTextItem(view_->ground()));
            names_.back()->setZValue(names);
            names_.back()->setBrush(palette_.text);
        }
        auto* item = names_[used++];
        const bool marked = idOf(wanted[i]) == highlighted_;
        item->setFont(font);
        item->setBrush(marked ? palette_.text : palette_.muted);
        item->setText(typeOf(wanted[i]));
        item->setPos(std::round(places[i]->left()), std::round(places[i]->top()));
        item->show();
    }
    for (; used < names_.size(); ++used)
        names_[used]->hide();
}

void FloppPlot::drawHighlight() {
    constexpr double radius = marker_px / 2 + 3;
    QPainterPath path;
    for (std::size_t i = 0; i < points_.size() && !highlighted_.isEmpty(); ++i)
        if (idOf(i) == highlighted_) path.addEllipse(at(points_[i]), radius, radius);
    highlight_->setPath(path);
}

void FloppPlot::setHighlightedType(const QString& type) {
    if (type == highlighted_) return;
    highlighted_ = type;
    drawNames();
    drawHighlight();
}

std::optional<std::size_t> FloppPlot::hit(QPointF at) const {
    constexpr double reach = 32;
    return nearestPoint(points_, x_, y_, at, reach);
}

QString FloppPlot::sourceText(const problem::FloppEntry& entry) const {
    const auto& id = entry.spot ? entry.spot_source : entry.on_demand_source;
    const auto found =
        std::find_if(sources_.begin(), sources_.end(), [&](const auto& s) { return s.id == id; });
    if (found == sources_.end()) return QString::fromStdString(id);
    const auto description =
        QString::fromStdString(found->description.empty() ? found->id : found->description);
    const auto date = QString::fromStdString(found->as_of);
    return date.isEmpty() ? description
                          : date + QStringLiteral(" · ") + description;  // a date is never cut off
}

void FloppPlot::showHover(std::size_t point) {
    const auto& entry = entries_[points_[point].entry];
    hover_ring_->setPos(at(points_[point]));
    hover_ring_->show();
    const QColor mark = points_[point].mark == FloppMark::pareto ? palette_.accent : palette_.baseline;
    const QRectF bounds(0, 0, view_->width(), view_->height());
    callout_->show(typeText(entry, sourceText(entry), published_), at(points_[point]), bounds, mark);
}

void FloppPlot::hideHover() {
    callout_->hide();
    hover_ring_->hide();
}

}  // namespace deepvm::ui::charts
