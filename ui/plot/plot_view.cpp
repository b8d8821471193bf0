// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_view.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::plot {
namespace {

constexpr double label_gap = 10;  // between the plot and its labels

/// Paints nothing itself.
class Ground : public QGraphicsItem {
  public:
    Ground() { setFlag(ItemHasNoContents); }
    QRectF boundingRect() const override { return {}; }
    void paint(QPainter*, const QStyleOptionGraphicsItem*, QWidget*) override {}
};

}  // namespace

QFont plotFont(const QWidget& widget, int px, QFont::Weight weight) {
    QFont font = widget.font();
    const int own = QFontInfo(font).pixelSize();
    font.setPixelSize(own > text_px ? (px * own + text_px / 2) / text_px : px);
    font.setWeight(weight);
    return font;
}

PlotView::PlotView(QWidget* parent) : QGraphicsView(parent), ground_(new Ground) {
    setScene(new QGraphicsScene(this));
    scene()->addItem(ground_);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(1, 1);
    setFocusPolicy(Qt::NoFocus);
    setContextMenuPolicy(Qt::NoContextMenu);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
}

void PlotView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    setSceneRect(all());
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
    if (event->button() == Qt::LeftButton) emit doubleClicked();
}

void PlotView::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

bool PlotView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) emit pointerLeft();
    return QGraphicsView::viewportEvent(event);
}

void TextPool::write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft) {
    if (used_ == texts_.size()) {
        texts_.push_back(new QGraphicsSimpleTextItem(ground_));
        texts_.back()->setZValue(z_);
    }
    auto* item = texts_[used_++];
    item->setFont(font);
    item->setBrush(colour);
    item->setText(text);
    item->setPos(std::round(topLeft.x()), std::round(topLeft.y()));
    item->show();
}

void TextPool::end() {
    for (std::size_t i = used_; i < texts_.size(); ++i)
        texts_[i]->hide();
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

PlotAxes::PlotAxes(QGraphicsItem* parent) : grid_(new Grid(parent)), texts_(parent, below_series) {}

void PlotAxes::setColours(const theme::Palette& palette) {
    grid_->setColours(palette.grid, palette.line);
    muted_ = palette.muted;
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

std::vector<PlotAxes::Label> PlotAxes::labelsOf(const Scale& scale, const PixelMap& map,
                                                const TickText& text) {
    std::vector<Label> labels;
    for (const double tick : scale.ticks)
        labels.push_back({map.toPixel(tick), text(tick, scale.step)});
    return labels;
}

QRectF PlotAxes::plotOn(const QSizeF& view, const QMarginsF& taken, const QFont& font) {
    constexpr double least = 40;
    return {QPointF(taken.left(), taken.top()),
            QPointF(std::max(taken.left() + least, view.width() - taken.right()),
                    std::max(taken.top() + least, view.height() - heightBelow(font) - taken.bottom()))};
}

PlotAxes::Upright PlotAxes::plotBeside(const Scale& y, const TickText& text, const QSizeF& view,
                                       QMarginsF taken, const QFont& font) {
    const QRectF height = plotOn(view, taken, font);
    const PixelMap map = pixelMap(y, height.bottom(), height.top());
    auto labels = labelsOf(y, map, text);
    taken.setLeft(taken.left() + widthOf(labels, font));
    return {plotOn(view, taken, font), map, std::move(labels)};
}

// The least distance of labels on an upright axis, in labels, at which none lies on another.
static std::size_t strideOf(const std::vector<PlotAxes::Label>& labels, double height) {
    for (std::size_t stride = 1; stride < labels.size(); ++stride) {
        bool free = true;
        for (std::size_t i = stride; i < labels.size(); i += stride)
            free = free && std::abs(labels[i].at - labels[i - stride].at) >= height;
        if (free) return stride;
    }
    return std::max<std::size_t>(1, labels.size());
}

void PlotAxes::draw(const QRectF& plot, const std::vector<Label>& x, const std::vector<Label>& y,
                    const QFont& font) {
    const QFontMetricsF metrics(font);
    std::vector<double> lines;
    texts_.begin();
    const std::size_t stride = strideOf(y, metrics.ascent());
    for (std::size_t i = 0; i < y.size(); i += stride) {
        if (std::abs(y[i].at - plot.bottom()) >= 1) lines.push_back(y[i].at);
        texts_.write(
            y[i].text, font, muted_,
            {plot.left() - label_gap - metrics.horizontalAdvance(y[i].text), y[i].at - metrics.height() / 2});
    }
    for (const auto& label : x)
        texts_.write(label.text, font, muted_,
                     {label.at - metrics.horizontalAdvance(label.text) / 2, plot.bottom() + label_gap});
    texts_.end();
    grid_->set(plot, std::move(lines));
}

}  // namespace deepvm::ui::plot
