// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/flopp_chart.h"

#include <QFontMetricsF>
#include <QLogValueAxis>
#include <QPen>
#include <QScatterSeries>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "charts/chart_text.h"
#include "plot/label_placement.h"
#include "plot/series_ground.h"

namespace deepvm::ui::charts {
namespace {

constexpr double marker_px = 10;
constexpr double half_label = 24;  // right of and above the plot: half of a tick label
constexpr double type_reach = 32;  // of the pointer

}  // namespace

/// Markers, names and rings. A mark is a point, as its column.
class FloppDrawing : public Drawing {
  public:
    explicit FloppDrawing(PlotView* view);

    void setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                    FloppScope scope);
    void setHighlightedType(const QString& type);
    QString idOf(std::size_t point) const;  ///< model::type_id()

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF pointer) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    CalloutText words(const Mark& mark) const override;
    QColor colourOf(const Mark& mark) const override;
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { ring_->hide(); }
    QString summary() const override;
    QString caption() const override;
    Table data() const override;
    QSize leastSize() const override { return {420, 220}; }

  private:
    static std::size_t index(const Mark& mark) { return static_cast<std::size_t>(mark.column); }
    static Mark markOf(std::size_t point) { return {0, static_cast<int>(point), 0}; }
    const problem::FloppEntry& entry(std::size_t point) const { return entries_[points_[point].entry]; }
    QString typeOf(std::size_t point) const { return QString::fromStdString(entry(point).instance_type); }
    QPointF at(std::size_t point) const {
        return {x_.toPixel(points_[point].value.x()), y_.toPixel(points_[point].value.y())};
    }
    QString rateName() const {
        return scope_.publishedUnits ? QStringLiteral("published rate") : QStringLiteral("effective TFLOP/s");
    }
    void fillSeries();
    std::vector<std::size_t> named() const;
    void drawNames();
    void drawHighlight();
    QString sourceText(const problem::FloppEntry& entry) const;

    PlotAxes axes_;
    QChart* chart_;
    QGraphicsPathItem* highlight_;
    QGraphicsEllipseItem* ring_;
    std::array<QScatterSeries*, 3> series_{};  // by FloppMark
    QLogValueAxis* x_axis_;
    QLogValueAxis* y_axis_;

    std::vector<problem::FloppEntry> entries_;
    std::vector<model::Source> sources_;
    FloppScope scope_;
    std::vector<FloppPoint> points_;
    bool filled_ = false;  // the series have the points
    QString highlighted_;
    QString cursor_;  // type of the keyboard
    PixelMap x_;
    PixelMap y_;
};

FloppDrawing::FloppDrawing(PlotView* view)
    : Drawing(view),
      axes_(view->ground()),
      chart_(seriesGround(*view)),
      highlight_(new QGraphicsPathItem(view->ground())),
      ring_(new QGraphicsEllipseItem(view->ground())),
      x_axis_(new QLogValueAxis(chart_)),
      y_axis_(new QLogValueAxis(chart_)) {
    addAxes(*chart_, x_axis_, y_axis_);
    for (auto*& series : series_) {
        addSeries(*chart_, series = new QScatterSeries(chart_));
        series->setMarkerSize(marker_px);
    }
    highlight_->setZValue(highlights);
    ring_->setZValue(hover_mark);
    constexpr double radius = marker_px / 2 + 2.5;
    ring_->setRect(-radius, -radius, 2 * radius, 2 * radius);
}

void FloppDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    axes_.setColours(palette);
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
}

void FloppDrawing::setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                              FloppScope scope) {
    entries_ = std::move(entries);
    sources_ = std::move(sources);
    scope_ = scope;
    points_ = floppPoints(entries_);
    filled_ = false;
}

void FloppDrawing::fillSeries() {
    if (std::exchange(filled_, true)) return;
    for (std::size_t i = 0; i < series_.size(); ++i) {
        QList<QPointF> values;
        for (const auto& point : points_)
            if (static_cast<std::size_t>(point.mark) == i) values.append(point.value);
        if (!values.isEmpty() || series_[i]->count() > 0) series_[i]->replace(values);
    }
}

void FloppDrawing::layOut() {
    const QFont font = fontOf();
    constexpr double top = 10;
    const QMarginsF taken(0, top, half_label, 0);
    const QRectF room = PlotAxes::plotOn(view_->size(), taken, font);
    const auto scales = floppScales(points_, std::max(2, static_cast<int>(room.right() / 70)),
                                    std::max(2, static_cast<int>(room.height() / 28)));
    auto [plot, map, y] = PlotAxes::plotBeside(
        scales.y, [](double tick, double) { return numberTick(tick, tick); }, view_->size(), taken, font);
    x_ = pixelMap(scales.x, plot.left(), plot.right());
    y_ = map;
    auto x = PlotAxes::labelsOf(scales.x, x_, [](double tick, double) { return moneyTick(tick, tick); });
    if (points_.empty()) {
        x.clear();
        y.clear();
    }
    view_->setPlot(plot);
    fitSeries(*chart_, *view_);
    x_axis_->setRange(scales.x.from, scales.x.to);
    y_axis_->setRange(scales.y.from, scales.y.to);
    fillSeries();  // after the axes: no point is ever drawn on those of other points
    axes_.draw(plot, x, y, font);
    drawNames();
    drawHighlight();
}

QString FloppDrawing::idOf(std::size_t point) const {
    return QString::fromStdString(model::type_id(entry(point).provider, entry(point).instance_type));
}

// The points that want a name, the most important first.
std::vector<std::size_t> FloppDrawing::named() const {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].mark == FloppMark::pareto || idOf(i) == highlighted_) wanted.push_back(i);
    std::ranges::stable_sort(wanted, [&](auto a, auto b) {
        const bool marked = idOf(a) == highlighted_;
        if (marked != (idOf(b) == highlighted_)) return marked;
        return points_[a].value.y() > points_[b].value.y();
    });
    return wanted;
}

void FloppDrawing::drawNames() {
    const auto wanted = named();
    const QFont font = fontOf();
    const QFontMetricsF metrics(font);
    std::vector<PointLabel> labels;
    std::vector<QPointF> obstacles;
    for (const auto i : wanted) {
        const QSizeF size(std::ceil(metrics.horizontalAdvance(typeOf(i))), metrics.height());
        labels.push_back({at(i), size, idOf(i) == highlighted_ ? 8.0 : 3.0});  // clear of its ring
    }
    for (std::size_t i = 0; i < points_.size(); ++i)
        obstacles.push_back(at(i));
    const QRectF bounds(view_->plot().left(), 0, view_->width() - view_->plot().left(),
                        view_->plot().bottom());
    const auto places = placeBesidePoints(labels, obstacles, marker_px / 2, bounds);
    texts_.begin();
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (places[i])
            texts_.write(typeOf(wanted[i]), font,
                         idOf(wanted[i]) == highlighted_ ? palette_.text : palette_.muted,
                         places[i]->topLeft());
    if (points_.empty()) {
        const QFont large = fontOf(text_px);
        const QRectF box = QFontMetricsF(large).boundingRect(summary());
        texts_.write(summary(), large, palette_.muted,
                     view_->plot().center() - QPointF(box.width(), box.height()) / 2);
    }
    texts_.end();
}

void FloppDrawing::drawHighlight() {
    constexpr double radius = marker_px / 2 + 3;
    QPainterPath path;
    for (std::size_t i = 0; i < points_.size() && !highlighted_.isEmpty(); ++i)
        if (idOf(i) == highlighted_) path.addEllipse(at(i), radius, radius);
    highlight_->setPath(path);
}

void FloppDrawing::setHighlightedType(const QString& type) {
    if (type == highlighted_) return;
    highlighted_ = type;
    drawNames();
    drawHighlight();
}

// The nearest; Pareto types, which are first, win among equals.
std::optional<Mark> FloppDrawing::markAt(QPointF pointer) const {
    std::optional<Mark> nearest;
    double least = type_reach;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double away = std::hypot(at(i).x() - pointer.x(), at(i).y() - pointer.y());
        if (nearest ? away >= least - 1e-6 : away > least) continue;
        nearest = markOf(i);
        least = away;
    }
    return nearest;
}

std::optional<Mark> FloppDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (points_.empty()) return std::nullopt;
    if (!from) return markOf(0);
    const bool by_rate = step == Step::up || step == Step::down;
    std::vector<std::size_t> order(points_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, {}, [&](std::size_t i) { return by_rate ? points_[i].value.y() : points_[i].value.x(); });
    if (step == Step::first) return markOf(order.front());
    if (step == Step::last) return markOf(order.back());
    auto now = std::ranges::find(order, index(*from));
    if (step == Step::right || step == Step::up)
        now = std::min(now + 1, order.end() - 1);
    else if (now != order.begin())
        --now;
    return markOf(*now);
}

std::optional<Mark> FloppDrawing::kept(const Mark& mark) const {
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (idOf(i) == cursor_) return markOf(i);
    if (points_.empty()) return std::nullopt;
    return markOf(std::min(index(mark), points_.size() - 1));
}

QString FloppDrawing::sourceText(const problem::FloppEntry& entry) const {
    const auto& id = entry.spot ? entry.spot_source : entry.on_demand_source;
    const auto found = std::ranges::find(sources_, id, &model::Source::id);
    if (found == sources_.end()) return QString::fromStdString(id);
    const auto description =
        QString::fromStdString(found->description.empty() ? found->id : found->description);
    const auto date = QString::fromStdString(found->as_of);
    return date.isEmpty() ? description
                          : date + QStringLiteral(" · ") + description;  // a date is never cut off
}

CalloutText FloppDrawing::words(const Mark& mark) const {
    const auto& shown = entry(index(mark));
    return typeText(shown, sourceText(shown), scope_.publishedUnits);
}

QColor FloppDrawing::colourOf(const Mark& mark) const {
    return points_[index(mark)].mark == FloppMark::pareto ? palette_.accent : palette_.baseline;
}

Spot FloppDrawing::show(const Mark& mark, bool focused) {
    if (focused) cursor_ = idOf(index(mark));
    ring_->setPos(at(index(mark)));
    ring_->setPen(QPen(focused ? palette_.accent : palette_.text, focused ? 2 : 1.5));
    ring_->show();
    return {at(index(mark))};
}

QString FloppDrawing::summary() const {
    if (points_.empty()) return QStringLiteral("No instance type to show");
    QStringList best;
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].mark == FloppMark::pareto) best << typeOf(i);
    auto text = QStringLiteral("Hourly price of %1 instance types against their %2")
                    .arg(QString::number(points_.size()), rateName());
    if (!best.isEmpty())
        text += QStringLiteral("; none is as fast for less than ") + best.join(QStringLiteral(", "));
    return text;
}

QString FloppDrawing::caption() const {
    const bool hollow = std::ranges::any_of(
        points_, [](const auto& point) { return point.mark == FloppMark::on_demand_only; });
    QStringList parts{hollow ? QStringLiteral("spot price, $ per hour (hollow: on-demand)")
                             : QStringLiteral("spot price, $ per hour"),
                      rateName(), QStringLiteral("blue: none is as fast for less")};
    if (scope_.cheapestOfPlaces) parts << QStringLiteral("each type where it is cheapest");
    if (points_.size() == most_markers && entries_.size() > points_.size())
        parts << QStringLiteral("without the %1 types of least FLOPP").arg(entries_.size() - points_.size());
    return parts.join(QStringLiteral("\u00a0· "));
}

Table FloppDrawing::data() const {
    Table table{{QStringLiteral("type"), QStringLiteral("provider"), QStringLiteral("region"),
                 QStringLiteral("price ($/h)"), QStringLiteral("paid as"), rateName(),
                 QStringLiteral("none is as fast for less")},
                {}};
    for (const auto& point : points_) {
        const auto& of = entries_[point.entry];
        table.rows << QStringList{QString::fromStdString(of.instance_type),
                                  QString::fromStdString(of.provider),
                                  QString::fromStdString(of.region),
                                  QString::number(point.value.x(), 'g', 9),
                                  of.spot ? QStringLiteral("spot") : QStringLiteral("on-demand"),
                                  QString::number(point.value.y(), 'g', 9),
                                  of.pareto ? QStringLiteral("yes") : QStringLiteral("no")};
    }
    return table;
}

FloppChart::FloppChart(QWidget* parent)
    : ChartFrame({tr("Instance types"), QStringLiteral("floppView"), {740, 320}, {12, 12, 12, 12}}, parent),
      flopp_(draw<FloppDrawing>()) {
    connect(this, &ChartFrame::marked, this, [this](const Mark& mark) {
        emit typeHovered(flopp_->idOf(static_cast<std::size_t>(mark.column)));
    });
    connect(this, &ChartFrame::unmarked, this, &FloppChart::typeHoverEnded);
}

void FloppChart::setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                            FloppScope scope) {
    redraw([&] { flopp_->setEntries(std::move(entries), std::move(sources), scope); });
}

void FloppChart::setHighlightedType(const QString& type) {
    flopp_->setHighlightedType(type);
}

std::vector<FloppPoint> floppPoints(const std::vector<problem::FloppEntry>& entries) {
    std::vector<FloppPoint> points;
    for (const bool pareto : {true, false})
        for (std::size_t i = 0; i < entries.size() && points.size() < most_markers; ++i) {
            const auto& entry = entries[i];
            const double price = entry.spot.value_or(entry.on_demand).usd();
            const bool drawable = price > 0 && entry.rate_tflops > 0 && std::isfinite(entry.rate_tflops);
            if (entry.pareto != pareto || !drawable) continue;
            points.push_back({QPointF(price, entry.rate_tflops),
                              pareto       ? FloppMark::pareto
                              : entry.spot ? FloppMark::dominated
                                           : FloppMark::on_demand_only,
                              i});
        }
    return points;
}

FloppScales floppScales(const std::vector<FloppPoint>& points, int xLabels, int yLabels) {
    if (points.empty()) return {logScale(1, 1, xLabels), logScale(1, 1, yLabels)};
    const auto [left, right] = std::ranges::minmax(points, {}, [](const auto& p) { return p.value.x(); });
    const auto [low, high] = std::ranges::minmax(points, {}, [](const auto& p) { return p.value.y(); });
    return {logScale(left.value.x(), right.value.x(), xLabels),
            logScale(low.value.y(), high.value.y(), yLabels)};
}

}  // namespace deepvm::ui::charts
