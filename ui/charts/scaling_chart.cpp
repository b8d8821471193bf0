// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/scaling_chart.h"

#include <QFontMetricsF>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <array>
#include <cmath>

#include "plot/chart_scale.h"
#include "plot/end_names.h"
#include "plot/series_ground.h"

namespace deepvm::ui::charts {

using namespace plot;

namespace {

constexpr std::size_t bases = 3;
constexpr double dot_radius = 4.5;

QString scalingName(problem::ScalingBasis basis) {
    const auto name = problem::name(basis);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

double highestIn(const ScalingPicture& picture) {
    double highest = 1;
    for (const auto& line : picture.lines)
        highest = std::max(highest, *std::ranges::max_element(line.effective));
    if (picture.fit)
        for (const auto& point : picture.fit->points)
            highest = std::max(highest, picture.fit->law.epoch_seconds / point.measured_seconds);
    return highest;
}

int nodesIn(const ScalingPicture& picture) {
    std::size_t most = 2;
    for (const auto& line : picture.lines)
        most = std::max(most, line.effective.size());
    return static_cast<int>(most);
}

// A tick at every quarter of the nodes, which are a power of two.
Scale nodeScale(int nodes) {
    Scale scale{0, static_cast<double>(nodes), false, std::max(1.0, nodes / 4.0), {}};
    for (int i = 0; i * scale.step <= scale.to; ++i)
        scale.ticks.push_back(i * scale.step);
    return scale;
}

double effectiveAt(const ScalingLine& line, int nodes) {
    return line.effective[static_cast<std::size_t>(nodes) - 1];
}

}  // namespace

ScalingPicture scalingPicture(const problem::Problem& problem, const problem::Worker& worker,
                              const std::optional<model::ScalingFit>& fit, int most_nodes) {
    const auto& type = problem.market->types[worker.type];
    ScalingPicture picture;
    picture.type = QString::fromStdString(type.name);
    picture.fit = fit;
    const auto add = [&](problem::ScalingBasis basis, const model::ScalingLaw& law) {
        picture.lines.push_back({basis, basis == worker.scaling_basis, model::tabulate(law, most_nodes)});
    };
    if (fit) add(problem::ScalingBasis::measured, fit->law);
    if (type.scaling) add(problem::ScalingBasis::published, *type.scaling);
    if (type.accelerator && !type.published_rate && type.network_known())
        add(problem::ScalingBasis::assumed, problem::assumed_law(problem, worker));
    return picture;
}

class ScalingDrawing : public Drawing {
  public:
    explicit ScalingDrawing(PlotView* view);

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override { return markOf(mark.column); }
    CalloutText words(const Mark& mark) const override;
    QColor colourOf(const Mark&) const override { return palette_.accent; }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { dot_->hide(); }
    QString summary() const override;
    Table data() const override;
    QSize leastSize() const override { return {200, 160}; }

    ScalingPicture picture;

  private:
    std::optional<Mark> markOf(int nodes) const {
        if (picture.lines.empty()) return std::nullopt;
        return Mark{0, std::clamp(nodes, 1, nodesIn(picture)), 0};
    }
    std::vector<EndNames::Name> lineNames() const;
    void drawLines(double ceiling);
    void drawAxes(const Scale& x, const Scale& y, double names_width);

    PlotAxes axes_;
    QChart* chart_;
    QValueAxis* x_axis_;
    QValueAxis* y_axis_;
    QLineSeries* ideal_;
    std::array<QLineSeries*, bases> lines_{};
    QScatterSeries* points_;
    EndNames names_;
    QGraphicsEllipseItem* dot_;
    PixelMap x_;
    PixelMap y_;
};

ScalingDrawing::ScalingDrawing(PlotView* view)
    : Drawing(view),
      axes_(view->ground()),
      chart_(seriesGround(*view)),
      x_axis_(new QValueAxis(chart_)),
      y_axis_(new QValueAxis(chart_)),
      ideal_(new QLineSeries(chart_)),
      points_(new QScatterSeries(chart_)),
      names_(view->ground()),
      dot_(new QGraphicsEllipseItem(-dot_radius, -dot_radius, 2 * dot_radius, 2 * dot_radius,
                                    view->ground())) {
    addAxes(*chart_, x_axis_, y_axis_);
    addSeries(*chart_, ideal_);
    for (auto*& line : lines_)
        addSeries(*chart_, line = new QLineSeries(chart_));
    addSeries(*chart_, points_);
    points_->setMarkerSize(9);
    dot_->setZValue(hover_mark);
}

void ScalingDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    axes_.setColours(palette);
    ideal_->setPen(QPen(palette.baseline, 1.2, Qt::DotLine));
    points_->setBrush(palette.surface);
    points_->setBorderColor(palette.accent);
    points_->setPen(QPen(palette.accent, 2));
    dot_->setBrush(palette.accent);
}

std::vector<EndNames::Name> ScalingDrawing::lineNames() const {
    std::vector<EndNames::Name> made;
    if (picture.lines.empty()) return made;
    for (const auto& line : picture.lines)
        made.push_back(
            {scalingName(line.basis), fontOf(label_px, line.used ? QFont::DemiBold : QFont::Normal),
             line.used ? palette_.text : palette_.muted, line.used ? palette_.accent : palette_.muted});
    made.push_back({QStringLiteral("ideal"), fontOf(), palette_.muted, palette_.baseline});
    return made;
}

void ScalingDrawing::layOut() {
    const int nodes = nodesIn(picture);
    const Scale y =
        linearScale(std::min<double>(nodes, highestIn(picture) * 1.25), std::max(2, view_->height() / 48));
    auto names = lineNames();
    drawAxes(nodeScale(nodes), y, EndNames::widthOf(names));
    drawLines(std::min<double>(nodes, y.to));
    for (std::size_t i = 0; i < names.size(); ++i) {
        const QPointF end =
            i < picture.lines.size() ? lines_[i]->points().constLast() : ideal_->points().constLast();
        names[i].end = {x_.toPixel(end.x()), y_.toPixel(end.y())};
    }
    names_.draw(view_->plot(), names);
}

void ScalingDrawing::drawAxes(const Scale& x, const Scale& y, double names_width) {
    const QFont font = fontOf();
    const double line = std::ceil(QFontMetricsF(font).height());
    const auto [plot, map, y_labels] =
        PlotAxes::plotBeside(y, numberTick, view_->size(), {0, line + 10, names_width, 4}, font);
    view_->setPlot(plot);
    fitSeries(*chart_, *view_);
    x_ = pixelMap(x, plot.left(), plot.right());
    y_ = map;
    x_axis_->setRange(x.from, x.to);
    y_axis_->setRange(y.from, y.to);
    const auto x_labels = PlotAxes::labelsOf(x, x_, numberTick);
    const bool any = !picture.lines.empty();
    axes_.draw(any ? plot : QRectF(), any ? x_labels : std::vector<PlotAxes::Label>{},
               any ? y_labels : std::vector<PlotAxes::Label>{}, font);
    texts_.begin();
    if (any) {
        texts_.write(QStringLiteral("ideal nodes"), font, palette_.muted, {0, 0});
        texts_.write(QStringLiteral("nodes n"), font, palette_.muted,
                     {plot.right() + EndNames::leader_width, plot.bottom() + 10});
    }
    texts_.end();
}

void ScalingDrawing::drawLines(double ceiling) {
    for (std::size_t i = 0; i < bases; ++i) {
        QList<QPointF> corners;
        const bool any = i < picture.lines.size();
        if (any)
            for (std::size_t n = 0; n < picture.lines[i].effective.size(); ++n)
                corners.append({static_cast<double>(n + 1), picture.lines[i].effective[n]});
        lines_[i]->replace(corners);
        const bool used = any && picture.lines[i].used;
        QPen pen(used ? palette_.accent : palette_.muted, used ? 2.75 : 1.4);
        if (!used) pen.setDashPattern({5, 3});
        lines_[i]->setPen(pen);
    }
    QList<QPointF> measured;
    if (picture.fit)
        for (const auto& point : picture.fit->points)
            measured.append(
                {static_cast<double>(point.nodes), picture.fit->law.epoch_seconds / point.measured_seconds});
    points_->replace(measured);
    ideal_->replace(picture.lines.empty() ? QList<QPointF>{} : QList<QPointF>{{1, 1}, {ceiling, ceiling}});
}

std::optional<Mark> ScalingDrawing::markAt(QPointF at) const {
    if (!view_->plot().contains(at)) return std::nullopt;
    return markOf(static_cast<int>(std::lround(x_.toValue(at.x()))));
}

std::optional<Mark> ScalingDrawing::moved(const std::optional<Mark>& from, Step step) const {
    const int by = step == Step::right || step == Step::up ? 1 : -1;
    if (step == Step::last) return markOf(nodesIn(picture));
    return markOf(from && step != Step::first ? from->column + by : 1);
}

CalloutText ScalingDrawing::words(const Mark& mark) const {
    QStringList rows;
    for (const auto& line : picture.lines) {
        const double effective = effectiveAt(line, mark.column);
        rows << QStringLiteral("%1: %2 ideal nodes (%3 %)")
                    .arg(scalingName(line.basis), QString::number(effective, 'f', 2),
                         QString::number(100 * effective / mark.column, 'f', 0));
    }
    if (picture.fit)
        for (const auto& point : picture.fit->points)
            if (point.nodes == mark.column)
                rows << QStringLiteral("an epoch took %1 s, the law says %2 s")
                            .arg(QString::number(point.measured_seconds, 'f', 2),
                                 QString::number(point.fitted_seconds, 'f', 2));
    return {QStringLiteral("%1 × %2").arg(mark.column).arg(picture.type), rows.join(QLatin1Char('\n'))};
}

Spot ScalingDrawing::show(const Mark& mark, bool focused) {
    const auto used = std::ranges::find_if(picture.lines, &ScalingLine::used);
    const auto& line = used == picture.lines.end() ? picture.lines.front() : *used;
    const QPointF at(x_.toPixel(mark.column), y_.toPixel(effectiveAt(line, mark.column)));
    dot_->setPen(QPen(focused ? palette_.text : palette_.surface, focused ? 2 : 1.5));
    dot_->setPos(at);
    dot_->show();
    return {at};
}

QString ScalingDrawing::summary() const {
    if (picture.lines.empty()) return QStringLiteral("No plan, so nothing to show");
    return QStringLiteral("What more nodes of one type are worth; ") +
           spoken(words(*markOf(nodesIn(picture))));
}

Table ScalingDrawing::data() const {
    Table table{{QStringLiteral("nodes")}, {}};
    for (const auto& line : picture.lines)
        table.head << scalingName(line.basis) + QStringLiteral(" (ideal nodes)");
    if (picture.lines.empty()) return table;
    for (int nodes = 1; nodes <= nodesIn(picture); ++nodes) {
        table.rows << QStringList{QString::number(nodes)};
        for (const auto& line : picture.lines)
            table.rows.back() << QString::number(effectiveAt(line, nodes), 'g', 6);
    }
    return table;
}

ScalingChart::ScalingChart(QWidget* parent)
    : ChartFrame({tr("Scaling"), QStringLiteral("scalingView"), {640, 300}, {}}, parent),
      scaling_(draw<ScalingDrawing>()) {}

void ScalingChart::setPicture(ScalingPicture picture) {
    redraw([&] { scaling_->picture = std::move(picture); });
}

const ScalingPicture& ScalingChart::picture() const {
    return scaling_->picture;
}

}  // namespace deepvm::ui::charts
