// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/checkpoint_chart.h"

#include <QFocusEvent>
#include <QFontMetricsF>
#include <QGraphicsEllipseItem>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPen>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "plot/chart_scale.h"
#include "plot/label_placement.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {
namespace {

constexpr double radius = 5;       // of a mark
constexpr double right_edge = 32;  // right of the plot: half of a tick label
constexpr double above = 12;       // the plot
constexpr double interval_width = 64;
constexpr double tick_height = 28;
constexpr double reach_px = 48;

}  // namespace

struct CheckpointChart::Private {
    explicit Private(CheckpointChart* chart)
        : q(chart),
          view(new PlotView(chart)),
          caption(new QLabel(chart)),
          axes(view->ground()),
          curve(new QGraphicsPathItem(view->ground())),
          ring(new QGraphicsEllipseItem(view->ground())),
          callout(new Callout(view->ground())) {
        curve->setZValue(highlights);
        ring->setZValue(hover_mark);
        ring->setRect(-radius - 3, -radius - 3, 2 * radius + 6, 2 * radius + 6);
        for (auto*& mark : marks) {
            mark = new QGraphicsEllipseItem(view->ground());
            mark->setZValue(highlights + 1);
            mark->setRect(-radius, -radius, 2 * radius, 2 * radius);
        }
        for (auto*& name : names) {
            name = new Tag(view->ground());
            name->setZValue(charts::names);
        }
    }

    CheckpointChart* q;
    PlotView* view;
    QLabel* caption;
    PlotAxes axes;
    QGraphicsPathItem* curve;
    QGraphicsEllipseItem* ring;
    Callout* callout;
    std::array<QGraphicsEllipseItem*, 2> marks{};  // best, Young and Daly
    std::array<Tag*, 2> names{};
    theme::Palette palette;
    CheckpointLine line;
    problem::Architecture architecture = problem::Architecture::tiering;
    PixelMap x;
    PixelMap y;
    std::optional<std::size_t> shown;
    std::optional<std::size_t> cursor;  // of the keyboard; kept while the pointer is elsewhere

    QPointF at(std::size_t point) const {
        return {x.toPixel(line.points[point].interval_seconds),
                y.toPixel(line.points[point].overhead_percent)};
    }

    void layOut() {
        let();
        const QFont font = plotFont(*view, label_px);
        callout->setFonts(plotFont(*view, text_px, QFont::DemiBold), plotFont(*view, label_px));
        curve->setVisible(!line.points.empty());
        caption->setVisible(!line.points.empty());
        if (line.points.empty()) {
            axes.draw({}, {}, {}, font);
            for (std::size_t i = 0; i < marks.size(); ++i) {
                marks[i]->hide();
                names[i]->hide();
            }
            return;
        }
        drawAxes(font);
        QPainterPath path(at(0));
        for (std::size_t i = 1; i < line.points.size(); ++i)
            path.lineTo(at(i));
        curve->setPath(path);
        drawMarks();
        rest();
    }

    void drawAxes(const QFont& font) {
        double least = line.points.front().overhead_percent;
        double most = least;
        for (const auto& point : line.points) {
            least = std::min(least, point.overhead_percent);
            most = std::max(most, point.overhead_percent);
        }
        const double below = PlotAxes::heightBelow(font);
        const double height = std::max(40.0, view->height() - below - above);
        constexpr double below_least = 2.5;  // room for the name of the least one
        const auto yScale =
            logScale(least / below_least, most, std::max(2, static_cast<int>(height / tick_height)));
        std::vector<PlotAxes::Label> yLabels;
        for (const double tick : yScale.ticks)
            yLabels.push_back({0, numberTick(tick, tick) + QStringLiteral("\u00A0%")});
        const double left = PlotAxes::widthOf(yLabels, font) + 8;
        const QRectF plot(left, above, std::max(60.0, view->width() - left - right_edge), height);
        y = pixelMap(yScale, plot.bottom(), plot.top());
        for (std::size_t i = 0; i < yLabels.size(); ++i)
            yLabels[i].at = y.toPixel(yScale.ticks[i]);
        const auto xScale =
            logScale(line.points.front().interval_seconds, line.points.back().interval_seconds, 2);
        x = pixelMap(xScale, plot.left(), plot.right());
        std::vector<PlotAxes::Label> xLabels;
        for (const auto& tick :
             intervalTicks(xScale.from, xScale.to, static_cast<int>(plot.width() / interval_width)))
            xLabels.push_back({x.toPixel(tick.at), tick.text});
        view->setPlot(plot);
        axes.draw(plot, xLabels, yLabels, font);
    }

    void drawMarks() {
        const std::array points{line.best, line.young_daly == line.best ? std::nullopt : line.young_daly};
        const std::array texts{line.best_name, line.young_daly_name};
        std::vector<PointLabel> labels;
        std::vector<QPointF> obstacles;
        for (std::size_t i = 0; i < marks.size(); ++i) {
            marks[i]->setVisible(points[i].has_value());
            names[i]->hide();
            if (!points[i]) continue;
            marks[i]->setPos(at(*points[i]));
            names[i]->setText(texts[i], plotFont(*view, label_px, i == 0 ? QFont::DemiBold : QFont::Normal));
            labels.push_back({at(*points[i]), names[i]->size(), 6});
        }
        for (std::size_t i = 0; i < line.points.size(); ++i)
            obstacles.push_back(at(i));
        const QRectF bounds(view->plot().left(), 0, view->width() - view->plot().left(),
                            view->plot().bottom());
        const auto places = placeBesidePoints(labels, obstacles, radius, bounds);
        std::size_t label = 0;
        QRectF taken;
        for (std::size_t i = 0; i < marks.size(); ++i) {
            if (!points[i]) continue;
            QRectF box = places[label].value_or(QRectF());
            if (!places[label]) {  // over the curve then; its plate keeps it legible
                box = QRectF(labels[label].point - QPointF(names[i]->size().width() / 2, 32),
                             labels[label].size);
                box.moveLeft(std::clamp(box.left(), bounds.left(), bounds.right() - box.width()));
                box.moveTop(std::max(box.top(), bounds.top()));
            }
            ++label;
            if (box.intersects(taken)) box.moveBottom(taken.top() - 2);
            taken = box;
            names[i]->setPos(std::round(box.left()), std::round(box.top()));
            names[i]->show();
        }
    }

    void show(std::size_t point, bool keyboard) {
        shown = point;
        ring->setPos(at(point));
        ring->setPen(QPen(keyboard ? palette.accent : palette.text, 2));
        ring->show();
        const auto text = checkpointText(line, point);
        callout->show(text, at(point), QRectF(0, 0, view->width(), view->height()),
                      palette.architecture(architecture));
        q->setAccessibleDescription(text.title + QStringLiteral(": ") +
                                    QString(text.detail).replace(QLatin1Char('\n'), QLatin1String("; ")));
    }

    void let() {
        shown.reset();
        ring->hide();
        callout->hide();
        q->setAccessibleDescription(line.summary);
    }

    // After the pointer, or another curve: back to where the keyboard is.
    void rest() {
        if (!cursor || !q->hasFocus() || line.points.empty()) return let();
        cursor = std::min(*cursor, line.points.size() - 1);
        show(*cursor, true);
    }

    void hover(QPointF pointer) {
        std::optional<std::size_t> nearest;
        for (std::size_t i = 0; i < line.points.size(); ++i)
            if (!nearest || std::abs(at(i).x() - pointer.x()) < std::abs(at(*nearest).x() - pointer.x()))
                nearest = i;
        // A mark near the pointer is what is meant.
        for (const auto& mark : {line.young_daly, line.best})
            if (mark && std::abs(at(*mark).x() - pointer.x()) <= radius) nearest = mark;
        const bool near = nearest && std::abs(at(*nearest).x() - pointer.x()) <= reach_px &&
                          view->plot().adjusted(-reach_px, -above, reach_px, 0).contains(pointer);
        view->viewport()->setCursor(near ? Qt::PointingHandCursor : Qt::ArrowCursor);
        if (near)
            show(*nearest, false);
        else
            rest();
    }

    void step(long by) {
        if (line.points.empty()) return;
        const auto last = static_cast<long>(line.points.size()) - 1;
        if (cursor)
            cursor = static_cast<std::size_t>(std::clamp(static_cast<long>(*cursor) + by, 0L, last));
        else
            cursor = line.best.value_or(0);
        show(*cursor, true);
    }

    void pick() {
        if (shown) emit q->intervalPicked(line.points[*shown].interval_seconds);
    }
};

CheckpointChart::CheckpointChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Overhead against the interval between checkpoints"));
    d->view->setObjectName(QStringLiteral("checkpointView"));
    d->caption->setObjectName(QStringLiteral("chartCaption"));
    d->caption->setContentsMargins(8, 0, 8, 0);
    d->caption->setAlignment(Qt::AlignRight | Qt::AlignTop);
    d->caption->setWordWrap(true);
    d->caption->setText(tr("expected overhead of the useful time, against the interval"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(d->view, 1);
    column->addWidget(d->caption);
    connect(d->view, &PlotView::resized, this, [this] { d->layOut(); });
    connect(d->view, &PlotView::pointerMoved, this, [this](QPointF at) { d->hover(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->rest(); });
    connect(d->view, &PlotView::pointerReleased, this, [this] { d->pick(); });
    setColours(theme::palette(theme::Mode::light));
}

CheckpointChart::~CheckpointChart() = default;

void CheckpointChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->view->setBackgroundBrush(palette.surface);
    d->caption->setStyleSheet(
        QStringLiteral("QLabel { color: %1; font-size: 12px; }").arg(palette.muted.name()));
    d->axes.setColours(palette);
    d->callout->setColours(palette);
    const QColor colour = palette.architecture(d->architecture);
    d->curve->setPen(QPen(colour, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    d->marks[0]->setPen(QPen(palette.surface, 1.5));
    d->marks[0]->setBrush(colour);
    d->marks[1]->setPen(QPen(colour, 2));
    d->marks[1]->setBrush(palette.surface);
    for (auto* name : d->names)
        name->setColours(palette);
    d->layOut();
    update();
}

void CheckpointChart::setLine(CheckpointLine line, problem::Architecture architecture) {
    d->let();
    d->line = std::move(line);
    d->architecture = architecture;
    setColours(d->palette);
}

QSize CheckpointChart::sizeHint() const {
    return {560, 260};
}

QSize CheckpointChart::minimumSizeHint() const {
    return {320, 184};
}

void CheckpointChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) d->layOut();
}

void CheckpointChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const auto reason = event->reason();
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason)
        d->step(0);
}

void CheckpointChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    d->cursor.reset();
    d->let();
}

void CheckpointChart::keyPressEvent(QKeyEvent* event) {
    constexpr long all = 1'000'000;
    switch (event->key()) {
        case Qt::Key_Left:
            return d->step(-1);
        case Qt::Key_Right:
            return d->step(1);
        case Qt::Key_Home:
            return d->step(-all);
        case Qt::Key_End:
            return d->step(all);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return d->pick();
        case Qt::Key_Escape:
            if (!d->cursor) break;
            d->cursor.reset();
            return d->let();
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void CheckpointChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

}  // namespace deepvm::ui::charts
