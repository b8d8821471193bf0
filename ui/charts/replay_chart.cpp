// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/replay_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "charts/replay_text.h"
#include "plot/chart_scale.h"
#include "plot/painted_item.h"

namespace deepvm::ui::charts {

using namespace plot;

namespace {

constexpr double replay_radius = 4.5;
constexpr double reach_of_mark = 28;
constexpr int tick_pixels = 44;  // from one tick of the upright axis to the next

QString textOf(const std::string& from) {
    return QString::fromStdString(from);
}

// Told apart without colour, too: a square for the published rules, a diamond for the corrected ones.
QPainterPath signPath(validation::Rules rules, QPointF at) {
    QPainterPath path;
    if (rules == validation::Rules::published) {
        path.addRect(
            QRectF(at - QPointF(replay_radius, replay_radius), QSizeF(2 * replay_radius, 2 * replay_radius)));
        return path;
    }
    const double reach = replay_radius * 1.3;
    path.addPolygon(QPolygonF({at + QPointF(0, -reach), at + QPointF(reach, 0), at + QPointF(0, reach),
                               at + QPointF(-reach, 0), at + QPointF(0, -reach)}));
    return path;
}

}  // namespace

/// A mark is a point: its index is the column.
class ReplayDrawing : public Drawing {
  public:
    explicit ReplayDrawing(PlotView* view)
        : Drawing(view),
          axes_(view->ground()),
          item_(new PaintedItem(view->ground())),
          ring_(new QGraphicsEllipseItem(-replay_radius - 4, -replay_radius - 4, 2 * replay_radius + 8,
                                         2 * replay_radius + 8, view->ground())) {
        ring_->setZValue(hover_mark);
    }

    std::shared_ptr<const validation::Replay> replay;
    validation::Rules rules = validation::Rules::corrected;

    bool any() const { return replay && !replay->points.empty(); }

    void setColours(const theme::Palette& palette) override {
        Drawing::setColours(palette);
        axes_.setColours(palette);
        ring_->setPen(QPen(palette.text, 1.75));
        item_->update();
    }
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override { return markAt(mark.column); }
    CalloutText words(const Mark& mark) const override { return pointText(*replay, indexOf(mark), rules); }
    QColor colourOf(const Mark&) const override { return colour(); }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { ring_->hide(); }
    QString summary() const override;
    QString caption() const override;
    Table data() const override { return any() ? replayTable(*replay) : Table{}; }
    QSize leastSize() const override { return {280, 220}; }

  private:
    static std::size_t indexOf(const Mark& mark) { return static_cast<std::size_t>(mark.column); }
    std::optional<Mark> markAt(int point) const {
        if (!any()) return std::nullopt;
        return Mark{0, std::clamp(point, 0, static_cast<int>(replay->points.size()) - 1), 0};
    }
    QColor colour() const {
        return rules == validation::Rules::published ? palette_.parameter_server : palette_.accent;
    }
    double highest() const;
    double last() const;
    std::vector<PlotAxes::Label> placeLabels() const;
    QPointF measuredAt(std::size_t point) const;
    std::optional<QPointF> oursAt(std::size_t point) const;
    void paint(QPainter& painter) const;

    PlotAxes axes_;
    PaintedItem* item_;
    QGraphicsEllipseItem* ring_;
    PixelMap x_;
    PixelMap y_;
};

double ReplayDrawing::highest() const {
    double most = 0;
    for (const auto& point : replay->points)
        for (const double value :
             {point.published, point.by_published.value.value_or(0), point.by_corrected.value.value_or(0)})
            most = std::max(most, value);
    return most;
}

double ReplayDrawing::last() const {
    return replay->named ? static_cast<double>(replay->points.size()) - 0.5 : replay->points.back().x;
}

// Names where all of them have room, else their numbers, by which the list beside the chart has them.
std::vector<PlotAxes::Label> ReplayDrawing::placeLabels() const {
    const QFontMetricsF metrics(fontOf());
    const double slot = view_->plot().width() / static_cast<double>(replay->points.size());
    const bool fit = std::ranges::all_of(replay->points, [&](const validation::ReplayPoint& point) {
        return metrics.horizontalAdvance(textOf(point.label)) + 8 < slot;
    });
    std::vector<PlotAxes::Label> labels;
    double end = -1e9;
    for (std::size_t i = 0; i < replay->points.size(); ++i) {
        const auto& point = replay->points[i];
        const QString text =
            !replay->named || fit ? textOf(point.label) : QString::number(static_cast<int>(i) + 1);
        const double at = x_.toPixel(point.x);
        const double half = metrics.horizontalAdvance(text) / 2 + 3;
        if (at - half < end) continue;
        labels.push_back({at, text});
        end = at + half;
    }
    return labels;
}

QPointF ReplayDrawing::measuredAt(std::size_t point) const {
    const auto& own = replay->points[point];
    return {x_.toPixel(own.x), y_.toPixel(own.published)};
}

std::optional<QPointF> ReplayDrawing::oursAt(std::size_t point) const {
    const auto& own = replay->points[point];
    const auto& value = validation::replayed(own, rules).value;
    if (!value) return std::nullopt;
    return QPointF(x_.toPixel(own.x), y_.toPixel(*value));
}

void ReplayDrawing::layOut() {
    texts_.begin();
    if (!any()) {
        axes_.draw({}, {}, {}, fontOf());
        item_->set({}, {});
        return texts_.end();
    }
    const QFont font = fontOf();
    const double line = std::ceil(QFontMetricsF(font).height());
    const QString below = textOf(replay->x_axis);
    const double right = replay->named ? 8 : QFontMetricsF(font).horizontalAdvance(below) + 16;
    const auto y = linearScale(highest() * 1.02, std::max(2, view_->height() / tick_pixels));
    const auto [plot, map, labels] =
        PlotAxes::plotBeside(y, numberTick, view_->size(), {0, line + 10, right, 4}, font);
    view_->setPlot(plot);
    y_ = map;
    const double first = replay->named ? -0.5 : 0;
    x_ = PixelMap{first, last(), false, plot.left(), plot.right() - (replay->named ? 0 : replay_radius)};
    axes_.draw(plot, placeLabels(), labels, font);
    texts_.write(textOf(replay->y_axis), font, palette_.muted, {0, 0});
    if (!replay->named) texts_.write(below, font, palette_.muted, {plot.right() + 10, plot.bottom() + 10});
    texts_.end();
    item_->set(view_->all(), [this](QPainter& painter) { paint(painter); });
}

void ReplayDrawing::paint(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing, true);
    QPolygonF ours;
    for (std::size_t i = 0; i < replay->points.size(); ++i) {
        const auto at = oursAt(i);
        if (!at) continue;
        ours << *at;
        painter.setPen(QPen(palette_.baseline, 1));
        painter.drawLine(*at, measuredAt(i));
    }
    if (!replay->named) {
        painter.setPen(QPen(colour(), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(ours);
    }
    for (std::size_t i = 0; i < replay->points.size(); ++i) {
        const auto at = oursAt(i);
        if (!at) continue;
        const bool given = validation::replayed(replay->points[i], rules).given;
        painter.setPen(QPen(colour(), 1.5));
        painter.setBrush(given ? palette_.surface : colour());
        painter.drawPath(signPath(rules, *at));
    }
    painter.setPen(QPen(palette_.text, 1.75));
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < replay->points.size(); ++i)
        painter.drawEllipse(measuredAt(i), replay_radius, replay_radius);
}

std::optional<Mark> ReplayDrawing::markAt(QPointF at) const {
    if (!any()) return std::nullopt;
    std::optional<Mark> found;
    double least = reach_of_mark;
    for (std::size_t i = 0; i < replay->points.size(); ++i) {
        double away = distance(at, measuredAt(i));
        if (const auto ours = oursAt(i)) away = std::min(away, distance(at, *ours));
        if (away >= least) continue;
        least = away;
        found = markAt(static_cast<int>(i));
    }
    return found;
}

std::optional<Mark> ReplayDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (!any()) return std::nullopt;
    if (!from || step == Step::first) return markAt(0);
    if (step == Step::last) return markAt(static_cast<int>(replay->points.size()));
    return markAt(from->column + (step == Step::right || step == Step::up ? 1 : -1));
}

Spot ReplayDrawing::show(const Mark& mark, bool focused) {
    const QPointF at = measuredAt(indexOf(mark));
    ring_->setPos(at);
    ring_->setVisible(focused);
    return {at};
}

QString ReplayDrawing::summary() const {
    if (!any()) return QStringLiteral("No points, so nothing to show");
    QStringList parts{QStringLiteral("%1, %2: %3")
                          .arg(textOf(replay->title), rulesName(rules), errorsInAll(*replay, rules))};
    for (std::size_t i = 0; i < replay->points.size(); ++i)
        parts << errorLine(*replay, i, rules);
    return parts.join(QStringLiteral("; "));
}

QString ReplayDrawing::caption() const {
    if (!any()) return {};
    const auto sign = rules == validation::Rules::published ? QStringLiteral("■") : QStringLiteral("◆");
    const auto hollow = rules == validation::Rules::published ? QStringLiteral("□") : QStringLiteral("◇");
    return QStringLiteral("○ measured · %1 ours · %2 given to the rules").arg(sign, hollow);
}

ReplayChart::ReplayChart(QWidget* parent)
    : ChartFrame({tr("Replay of a figure"), QStringLiteral("replayView"), {560, 320}, {8, 8, 8, 4}}, parent),
      replay_(draw<ReplayDrawing>()) {}

void ReplayChart::setReplay(std::shared_ptr<const validation::Replay> replay) {
    redraw([&] { replay_->replay = std::move(replay); });
    write();
}

void ReplayChart::setRules(validation::Rules rules) {
    redraw([&] { replay_->rules = rules; });
    write();
}

validation::Rules ReplayChart::rules() const {
    return replay_->rules;
}

void ReplayChart::write() {
    const bool any = replay_->any();
    setTitle(any ? textOf(replay_->replay->title) : QString());
    setNote(any ? QStringLiteral("%1: %2").arg(rulesName(replay_->rules),
                                               errorsInAll(*replay_->replay, replay_->rules))
                : QString());
    describe();
}

}  // namespace deepvm::ui::charts
