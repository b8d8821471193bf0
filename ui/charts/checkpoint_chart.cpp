// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/checkpoint_chart.h"

#include <QFontMetricsF>
#include <QGraphicsEllipseItem>
#include <QPen>
#include <algorithm>
#include <array>
#include <cmath>

#include "plot/chart_scale.h"
#include "plot/label_placement.h"
#include "plot/overlay_items.h"
#include "wording/architecture_colours.h"

namespace deepvm::ui::charts {
namespace {

constexpr double mark_radius = 5;
constexpr double right_edge = 32;  // right of the plot: half of a tick label
constexpr double above = 12;       // the plot
constexpr double interval_width = 64;
constexpr double tick_height = 28;
constexpr double reach_px = 48;

}  // namespace

/// The curve and its two marks. A mark of the frame is a point of the curve, as its column.
class CheckpointDrawing : public Drawing {
  public:
    explicit CheckpointDrawing(PlotView* view);

    void setLine(CheckpointLine line, problem::Architecture architecture) {
        line_ = std::move(line);
        architecture_ = architecture;
    }
    double secondsAt(const Mark& mark) const { return line_.points[index(mark)].interval_seconds; }

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF pointer) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    bool canPick() const override { return true; }
    CalloutText words(const Mark& mark) const override { return checkpointText(line_, index(mark)); }
    QColor colourOf(const Mark& /*mark*/) const override {
        return wording::colourOf(architecture_, palette_);
    }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { ring_->hide(); }
    QString summary() const override { return line_.summary; }
    QString caption() const override;
    Table data() const override { return checkpointTable(line_); }
    QSize leastSize() const override { return {320, 184}; }

  private:
    static std::size_t index(const Mark& mark) { return static_cast<std::size_t>(mark.column); }
    QPointF at(std::size_t point) const {
        return {x_.toPixel(line_.points[point].interval_seconds),
                y_.toPixel(line_.points[point].overhead_percent)};
    }
    void drawAxes();
    void drawCurve();
    void drawNames(const std::array<std::optional<std::size_t>, 2>& points);

    PlotAxes axes_;
    QGraphicsPathItem* curve_;
    QGraphicsEllipseItem* ring_;
    std::array<QGraphicsEllipseItem*, 2> marks_{};  // best, Young and Daly
    std::array<Tag*, 2> names_{};
    CheckpointLine line_;
    problem::Architecture architecture_ = problem::Architecture::tiering;
    PixelMap x_;
    PixelMap y_;
};

CheckpointDrawing::CheckpointDrawing(PlotView* view)
    : Drawing(view),
      axes_(view->ground()),
      curve_(new QGraphicsPathItem(view->ground())),
      ring_(new QGraphicsEllipseItem(view->ground())) {
    curve_->setZValue(highlights);
    ring_->setZValue(hover_mark);
    const auto round = [](QGraphicsEllipseItem* item, double radius) {
        item->setRect(-radius, -radius, 2 * radius, 2 * radius);
    };
    round(ring_, mark_radius + 3);
    for (std::size_t i = 0; i < marks_.size(); ++i) {
        marks_[i] = new QGraphicsEllipseItem(view->ground());
        marks_[i]->setZValue(highlights + 1);
        round(marks_[i], mark_radius);
        names_[i] = new Tag(view->ground());
    }
}

void CheckpointDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    axes_.setColours(palette);
    for (auto* name : names_)
        name->setColours(palette);
}

QString CheckpointDrawing::caption() const {
    return line_.points.empty()
               ? QString()
               : QStringLiteral("expected overhead of the useful time, against the interval");
}

void CheckpointDrawing::layOut() {
    for (QGraphicsItem* item :
         std::initializer_list<QGraphicsItem*>{curve_, marks_[0], marks_[1], names_[0], names_[1]})
        item->hide();
    if (line_.points.empty()) return axes_.draw({}, {}, {}, fontOf());
    drawAxes();
    drawCurve();
    drawNames({line_.best, line_.young_daly == line_.best ? std::nullopt : line_.young_daly});
}

void CheckpointDrawing::drawAxes() {
    const QFont font = fontOf();
    const auto [least, most] =
        std::ranges::minmax(line_.points, {}, &risk::CheckpointPoint::overhead_percent);
    const QMarginsF taken(8, above, right_edge, 0);
    const double height = PlotAxes::plotOn(view_->size(), taken, font).height();
    constexpr double below_least = 2.5;  // room for the name of the least one
    const auto up = logScale(least.overhead_percent / below_least, most.overhead_percent,
                             std::max(2, static_cast<int>(height / tick_height)));
    const auto [plot, map, y] = PlotAxes::plotBeside(
        up, [](double tick, double) { return numberTick(tick, tick) + QStringLiteral("\u00A0%"); },
        view_->size(), taken, font);
    y_ = map;
    const auto along =
        logScale(line_.points.front().interval_seconds, line_.points.back().interval_seconds, 2);
    x_ = pixelMap(along, plot.left(), plot.right());
    std::vector<PlotAxes::Label> x;
    for (const auto& tick :
         intervalTicks(along.from, along.to, static_cast<int>(plot.width() / interval_width)))
        x.push_back({x_.toPixel(tick.at), tick.text});
    view_->setPlot(plot);
    axes_.draw(plot, x, y, font);
}

void CheckpointDrawing::drawCurve() {
    QPainterPath path(at(0));
    for (std::size_t i = 1; i < line_.points.size(); ++i)
        path.lineTo(at(i));
    const QColor colour = wording::colourOf(architecture_, palette_);
    curve_->setPath(path);
    curve_->setPen(QPen(colour, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    curve_->show();
    marks_[0]->setPen(QPen(palette_.surface, 1.5));
    marks_[0]->setBrush(colour);
    marks_[1]->setPen(QPen(colour, 2));
    marks_[1]->setBrush(palette_.surface);
}

// The best first; the other keeps clear of it.
void CheckpointDrawing::drawNames(const std::array<std::optional<std::size_t>, 2>& points) {
    std::vector<QPointF> obstacles;
    for (std::size_t i = 0; i < line_.points.size(); ++i)
        obstacles.push_back(at(i));
    const QRectF bounds(view_->plot().left(), 0, view_->width() - view_->plot().left(),
                        view_->plot().bottom());
    const std::array texts{line_.best_name, line_.young_daly_name};
    std::vector<PointLabel> labels;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i]) continue;
        marks_[i]->setPos(at(*points[i]));
        marks_[i]->show();
        names_[i]->setText(texts[i], fontOf(label_px, i == 0 ? QFont::DemiBold : QFont::Normal));
        labels.push_back({at(*points[i]), names_[i]->size(), 6});
    }
    const auto places = placeBesidePoints(labels, obstacles, mark_radius, bounds);
    QRectF taken;
    std::size_t label = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i]) continue;
        QRectF box = places[label].value_or(QRectF());
        if (box.isNull()) {  // over the curve then; its plate keeps it legible
            box =
                QRectF(labels[label].point - QPointF(labels[label].size.width() / 2, 32), labels[label].size);
            box.moveLeft(std::clamp(box.left(), bounds.left(), bounds.right() - box.width()));
            box.moveTop(std::max(box.top(), bounds.top()));
        }
        if (box.intersects(taken)) box.moveBottom(taken.top() - 2);
        taken = box;
        names_[i]->setPos(std::round(box.left()), std::round(box.top()));
        names_[i]->show();
        ++label;
    }
}

std::optional<Mark> CheckpointDrawing::markAt(QPointF pointer) const {
    const auto away = [&](std::size_t point) { return std::abs(at(point).x() - pointer.x()); };
    std::optional<std::size_t> nearest;
    for (std::size_t i = 0; i < line_.points.size(); ++i)
        if (!nearest || away(i) < away(*nearest)) nearest = i;
    // A mark near the pointer is what is meant.
    for (const auto& mark : {line_.young_daly, line_.best})
        if (mark && away(*mark) <= mark_radius) nearest = mark;
    const QRectF around = view_->plot().adjusted(-reach_px, -above, reach_px, 0);
    if (!nearest || away(*nearest) > reach_px || !around.contains(pointer)) return std::nullopt;
    return Mark{0, static_cast<int>(*nearest), 0};
}

std::optional<Mark> CheckpointDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (line_.points.empty()) return std::nullopt;
    if (!from) return Mark{0, static_cast<int>(line_.best.value_or(0)), 0};
    const int last = static_cast<int>(line_.points.size()) - 1;
    switch (step) {
        case Step::left:
            return Mark{0, std::max(0, from->column - 1), 0};
        case Step::right:
            return Mark{0, std::min(last, from->column + 1), 0};
        case Step::first:
            return Mark{0, 0, 0};
        case Step::last:
            return Mark{0, last, 0};
        case Step::up:
        case Step::down:
            break;
    }
    return from;
}

std::optional<Mark> CheckpointDrawing::kept(const Mark& mark) const {
    if (line_.points.empty()) return std::nullopt;
    return Mark{0, std::min(mark.column, static_cast<int>(line_.points.size()) - 1), 0};
}

Spot CheckpointDrawing::show(const Mark& mark, bool focused) {
    ring_->setPos(at(index(mark)));
    ring_->setPen(QPen(focused ? palette_.accent : palette_.text, 2));
    ring_->show();
    return {at(index(mark))};
}

CheckpointChart::CheckpointChart(QWidget* parent)
    : ChartFrame({tr("Overhead against the interval between checkpoints"),
                  QStringLiteral("checkpointView"),
                  {560, 260},
                  {}},
                 parent),
      checkpoints_(draw<CheckpointDrawing>()) {
    connect(this, &ChartFrame::picked, this,
            [this](const Mark& mark) { emit intervalPicked(checkpoints_->secondsAt(mark)); });
}

void CheckpointChart::setLine(CheckpointLine line, problem::Architecture architecture) {
    redraw([&] { checkpoints_->setLine(std::move(line), architecture); });
}

}  // namespace deepvm::ui::charts
