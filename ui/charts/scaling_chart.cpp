// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/scaling_chart.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLineSeries>
#include <QScatterSeries>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <array>
#include <cmath>

#include "plot/chart_scale.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"
#include "plot/series_ground.h"

namespace deepvm::ui::charts {

using namespace plot;

namespace {

constexpr std::size_t bases = 3;
constexpr double top_margin = 24;
constexpr double right_margin = 88;  // names stand at the ends of the lines

// What the law says of 1 to `most` nodes.
model::EffectiveNodes table(const model::ScalingLaw& law, int most) {
    return model::tabulate(law, most);
}

double highestIn(const ScalingPicture& picture) {
    double highest = 1;
    for (const auto& line : picture.lines)
        highest = std::max(highest, *std::max_element(line.effective.begin(), line.effective.end()));
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

}  // namespace

QString scalingName(problem::ScalingBasis basis) {
    const auto name = problem::name(basis);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

ScalingPicture scalingPicture(const problem::Problem& problem, const problem::Worker& worker,
                              const std::optional<model::ScalingFit>& fit, int most_nodes) {
    const auto& type = problem.market->types[worker.type];
    ScalingPicture picture;
    picture.type = QString::fromStdString(type.name);
    picture.fit = fit;
    const auto add = [&](problem::ScalingBasis basis, const model::ScalingLaw& law) {
        picture.lines.push_back({basis, basis == worker.scaling_basis, table(law, most_nodes)});
    };
    if (fit) add(problem::ScalingBasis::measured, fit->law);
    if (type.scaling) add(problem::ScalingBasis::published, *type.scaling);
    if (type.accelerator && !type.published_rate && type.network_known())
        add(problem::ScalingBasis::assumed, problem::assumed_law(problem, worker));
    return picture;
}

struct ScalingChart::Private {
    explicit Private(ScalingChart* frame)
        : view(new PlotView(frame)),
          axes(view->ground()),
          chart(seriesGround(*view)),
          x_axis(new QValueAxis(chart)),
          y_axis(new QValueAxis(chart)),
          ideal(new QLineSeries(chart)),
          points(new QScatterSeries(chart)),
          callout(new Callout(view->ground())) {
        addAxes(*chart, x_axis, y_axis);
        addSeries(*chart, ideal);
        for (auto*& line : lines)
            addSeries(*chart, line = new QLineSeries(chart));
        addSeries(*chart, points);
        points->setMarkerSize(9);
        for (auto*& name : names)
            name = new Tag(view->ground());
        callout->hide();
    }

    PlotView* view;
    PlotAxes axes;
    QChart* chart;
    QValueAxis* x_axis;
    QValueAxis* y_axis;
    QLineSeries* ideal;
    std::array<QLineSeries*, bases> lines{};
    QScatterSeries* points;
    std::array<Tag*, bases + 1> names{};  // the last is the ideal's
    Callout* callout;
    theme::Palette palette;
    ScalingPicture picture;
    PixelMap x;
    PixelMap y;

    void style();
    void layOut();
    void fill();
    void placeNames();
    void hover(QPointF at);
};

void ScalingChart::Private::style() {
    view->setBackgroundBrush(palette.surface);
    axes.setColours(palette);
    callout->setColours(palette);
    ideal->setPen(QPen(palette.baseline, 1.2, Qt::DotLine));
    for (std::size_t i = 0; i < bases; ++i) {
        const bool used = i < picture.lines.size() && picture.lines[i].used;
        QPen pen(used ? palette.accent : palette.muted, used ? 2.75 : 1.4);
        if (!used) pen.setDashPattern({5, 3});
        lines[i]->setPen(pen);
    }
    points->setBrush(palette.surface);
    points->setBorderColor(palette.accent);
    points->setPen(QPen(palette.accent, 2));
    for (auto* name : names)
        name->setColours(palette);
}

void ScalingChart::Private::layOut() {
    callout->hide();
    const QFont font = plotFont(*view, label_px);
    const double width = view->width();
    const double height = view->height();
    const int nodes = nodesIn(picture);
    const double ceiling = std::min<double>(nodes, highestIn(picture) * 1.25);
    const Scale yScale = linearScale(ceiling, std::max(2, static_cast<int>(height / 48)));
    const Scale xScale = nodeScale(nodes);
    std::vector<PlotAxes::Label> yLabels;
    for (const double tick : yScale.ticks)
        yLabels.push_back({0, numberTick(tick, yScale.step)});
    const QRectF plot(QPointF(PlotAxes::widthOf(yLabels, font), top_margin),
                      QPointF(std::max(80.0, width - right_margin),
                              std::max(top_margin + 40, height - PlotAxes::heightBelow(font) - 4)));
    view->setPlot(plot);
    fitSeries(*chart, *view);
    x = pixelMap(xScale, plot.left(), plot.right());
    y = pixelMap(yScale, plot.bottom(), plot.top());
    x_axis->setRange(xScale.from, xScale.to);
    y_axis->setRange(yScale.from, yScale.to);
    std::vector<PlotAxes::Label> xLabels;
    for (const double tick : xScale.ticks)
        xLabels.push_back({x.toPixel(tick), numberTick(tick, xScale.step)});
    for (std::size_t i = 0; i < yLabels.size(); ++i)
        yLabels[i].at = y.toPixel(yScale.ticks[i]);
    axes.draw(plot, xLabels, yLabels, font);
    callout->setFonts(plotFont(*view, text_px, QFont::DemiBold), plotFont(*view, label_px));
    ideal->replace(
        QList<QPointF>{{1, 1}, {std::min<double>(nodes, yScale.to), std::min<double>(nodes, yScale.to)}});
    placeNames();
}

void ScalingChart::Private::fill() {
    for (std::size_t i = 0; i < bases; ++i) {
        QList<QPointF> corners;
        if (i < picture.lines.size())
            for (std::size_t n = 0; n < picture.lines[i].effective.size(); ++n)
                corners.append({static_cast<double>(n + 1), picture.lines[i].effective[n]});
        lines[i]->replace(corners);
    }
    QList<QPointF> measured;
    if (picture.fit)
        for (const auto& point : picture.fit->points)
            measured.append(
                {static_cast<double>(point.nodes), picture.fit->law.epoch_seconds / point.measured_seconds});
    points->replace(measured);
}

// At the ends of the lines, pushed apart where these lie close to each other.
void ScalingChart::Private::placeNames() {
    const QFont font = plotFont(*view, label_px);
    struct Wanted {
        Tag* tag;
        QPointF at;
    };
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i <= bases; ++i)
        names[i]->hide();
    for (std::size_t i = 0; i < picture.lines.size(); ++i) {
        const auto& line = picture.lines[i];
        const double last = static_cast<double>(line.effective.size());
        QFont own = font;
        own.setWeight(line.used ? QFont::DemiBold : QFont::Normal);
        names[i]->setText(scalingName(line.basis), own);
        wanted.push_back({names[i], {x.toPixel(last) + 6, y.toPixel(line.effective.back())}});
    }
    if (!picture.lines.empty()) {
        names[bases]->setText(QStringLiteral("ideal"), font);
        const QPointF end = ideal->at(ideal->count() - 1);
        wanted.push_back({names[bases], {x.toPixel(end.x()) + 6, y.toPixel(end.y())}});
    }
    std::sort(wanted.begin(), wanted.end(),
              [](const Wanted& a, const Wanted& b) { return a.at.y() < b.at.y(); });
    double free = 0;
    for (const auto& [tag, at] : wanted) {
        const double height = tag->size().height();
        const double top = std::max(free, at.y() - height / 2);
        tag->setPos(std::round(at.x()), std::round(top));
        tag->show();
        if (at.x() > view->plot().right() - 4) free = top + height;
    }
}

void ScalingChart::Private::hover(QPointF at) {
    if (picture.lines.empty() || !view->plot().contains(at)) {
        callout->hide();
        return;
    }
    const int nodes = std::clamp(static_cast<int>(std::lround(x.toValue(at.x()))), 1, nodesIn(picture));
    QStringList rows;
    double height = at.y();
    for (const auto& line : picture.lines) {
        const double effective = line.effective[static_cast<std::size_t>(nodes) - 1];
        rows << QStringLiteral("%1: %2 ideal nodes (%3 %)")
                    .arg(scalingName(line.basis), QString::number(effective, 'f', 2),
                         QString::number(100 * effective / nodes, 'f', 0));
        if (line.used) height = y.toPixel(effective);
    }
    if (picture.fit)
        for (const auto& point : picture.fit->points)
            if (point.nodes == nodes)
                rows << QStringLiteral("an epoch took %1 s, the law says %2 s")
                            .arg(QString::number(point.measured_seconds, 'f', 2),
                                 QString::number(point.fitted_seconds, 'f', 2));
    callout->show({QStringLiteral("%1 × %2").arg(nodes).arg(picture.type), rows.join(QLatin1Char('\n'))},
                  {x.toPixel(nodes), height}, QRectF(QPointF(0, 0), view->size()), palette.accent);
}

ScalingChart::ScalingChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(d->view);
    connect(d->view, &PlotView::resized, this, [this] { d->layOut(); });
    connect(d->view, &PlotView::pointerMoved, this, [this](QPointF at) { d->hover(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->callout->hide(); });
    setColours(theme::palette(theme::Mode::light));
}

ScalingChart::~ScalingChart() = default;

void ScalingChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->style();
    d->layOut();
}

void ScalingChart::setPicture(ScalingPicture picture) {
    d->picture = std::move(picture);
    setAccessibleDescription(
        QStringLiteral("Effective nodes of %1 over the number of nodes").arg(d->picture.type));
    d->style();
    d->fill();
    d->layOut();
}

const ScalingPicture& ScalingChart::picture() const {
    return d->picture;
}

QSize ScalingChart::sizeHint() const {
    return {640, 300};
}

QSize ScalingChart::minimumSizeHint() const {
    return {200, 160};
}

void ScalingChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) d->layOut();
}

}  // namespace deepvm::ui::charts
