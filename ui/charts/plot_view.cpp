// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/plot_view.h"

#include <QChart>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QLegend>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

constexpr double label_gap = 10;  // between the plot and its labels

}  // namespace

QFont plotFont(const QWidget& widget, int px, QFont::Weight weight) {
    QFont font = widget.font();
    font.setPixelSize(px);
    font.setWeight(weight);
    return font;
}

PlotView::PlotView(QWidget* parent) : QChartView(new QChart, parent) {
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    chart()->setTheme(QChart::ChartThemeLight);  // first: a theme overwrites pens
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setDropShadowEnabled(false);
    chart()->setBackgroundVisible(false);
    chart()->setPlotAreaBackgroundVisible(false);
    chart()->setBackgroundRoundness(0);
    chart()->setMargins(QMargins());
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
}

void PlotView::setPlot(const QRectF& plot) {
    plot_ = plot;
    chart()->setPlotArea(plot);
}

void PlotView::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    emit resized();
}

void PlotView::mouseMoveEvent(QMouseEvent* event) {
    emit pointerMoved(event->position());
}

void PlotView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit pointerPressed(event->position());
}

void PlotView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit pointerReleased(event->position());
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
}

bool PlotView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) emit pointerLeft();
    return QChartView::viewportEvent(event);
}

// Level lines one pixel high, filled where they are exposed: stroking them as a path took most of the time of
// a moving budget line.
class PlotAxes::Grid : public QGraphicsItem {
  public:
    explicit Grid(QGraphicsItem* parent) : QGraphicsItem(parent) {
        setFlag(ItemUsesExtendedStyleOption);  // else paint() is not told what is exposed
        setZValue(below_series);
    }

    QRectF boundingRect() const override { return plot_.adjusted(0, -1, 0, 1); }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override {
        const QRectF exposed = option->exposedRect;
        const auto line = [&](double y, const QColor& colour) {
            const QRectF pixels(plot_.left(), std::floor(y), plot_.width(), 1);
            if (pixels.intersects(exposed)) painter->fillRect(pixels.intersected(exposed), colour);
        };
        for (const double y : lines_)
            line(y, colour_);
        line(plot_.bottom(), base_colour_);
    }

    void set(const QRectF& plot, std::vector<double> lines) {
        prepareGeometryChange();
        plot_ = plot;
        lines_ = std::move(lines);
        update();
    }

    void setColours(const QColor& lines, const QColor& base) {
        colour_ = lines;
        base_colour_ = base;
        update();
    }

  private:
    QRectF plot_;
    std::vector<double> lines_;
    QColor colour_;
    QColor base_colour_;
};

PlotAxes::PlotAxes(QGraphicsItem* parent) : grid_(new Grid(parent)) {}

void PlotAxes::setColours(const theme::Palette& palette) {
    grid_->setColours(palette.grid, palette.line);
    muted_ = palette.muted;
    for (auto* text : texts_)
        text->setBrush(muted_);
}

double PlotAxes::widthOf(const std::vector<Label>& labels, const QFont& font) {
    const QFontMetricsF metrics(font);
    double widest = 0;
    for (const auto& label : labels)
        widest = std::max(widest, metrics.horizontalAdvance(label.text));
    return std::ceil(widest + label_gap);
}

double PlotAxes::heightBelow(const QFont& font) {
    return std::ceil(QFontMetricsF(font).height() + label_gap);
}

void PlotAxes::draw(const QRectF& plot, const std::vector<Label>& x, const std::vector<Label>& y,
                    const QFont& font) {
    std::vector<double> lines;
    for (const auto& label : y)
        if (std::abs(label.at - plot.bottom()) >= 1) lines.push_back(label.at);
    grid_->set(plot, std::move(lines));

    const QFontMetricsF metrics(font);
    std::size_t used = 0;
    for (const auto& label : y)
        write(used++, label.text, font,
              {plot.left() - label_gap - metrics.horizontalAdvance(label.text),
               label.at - metrics.height() / 2});
    for (const auto& label : x)
        write(used++, label.text, font,
              {label.at - metrics.horizontalAdvance(label.text) / 2, plot.bottom() + label_gap});
    for (; used < texts_.size(); ++used)
        texts_[used]->setVisible(false);
}

void PlotAxes::write(std::size_t index, const QString& text, const QFont& font, const QPointF& topLeft) {
    if (index == texts_.size()) {
        texts_.push_back(new QGraphicsSimpleTextItem(grid_->parentItem()));
        texts_.back()->setZValue(below_series);
        texts_.back()->setBrush(muted_);
    }
    auto* item = texts_[index];
    item->setFont(font);
    item->setText(text);
    item->setPos(std::round(topLeft.x()), std::round(topLeft.y()));
    item->setVisible(true);
}

}  // namespace deepvm::ui::charts
