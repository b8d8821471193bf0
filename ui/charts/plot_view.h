// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: a bare Qt Charts view, whose pointer, frame, grid and labels are ours.
#pragma once

#include <QChartView>
#include <QGraphicsPathItem>
#include <QGraphicsSimpleTextItem>
#include <vector>

#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Font of all that is written inside a plot; `px` is its height in pixels.
QFont plotFont(const QWidget& widget, int px, QFont::Weight weight = QFont::Normal);

inline constexpr int label_px = 12;
inline constexpr int text_px = 13;

// Of charts with a named row for each thing: left of the names is room for the ring of focus.
inline constexpr double row_inset = 8;
inline constexpr double row_gap = 16;  // right of the names

/// Above all series of Qt Charts; the order of what lies on top.
enum Layer {
    below_series = 1,
    highlights = 50,
    names = 60,
    budget_line = 70,
    hover_mark = 80,
    callouts = 90
};

/// No frame, no animation, no shadow, no legend, no OpenGL; the plot area is where we say. Pointer events are
/// signals in pixels of the view, which are those of the chart; Qt Charts' own hovering is not used.
class PlotView : public QChartView {
    Q_OBJECT
  public:
    explicit PlotView(QWidget* parent);

    void setPlot(const QRectF& plot);
    QRectF plot() const { return plot_; }

  signals:
    void resized();
    void pointerMoved(QPointF at);
    void pointerPressed(QPointF at);
    void pointerReleased(QPointF at);
    void pointerLeft();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    QRectF plot_;
};

/// Thin horizontal grid and tick labels. Qt Charts' own labels are shortened to "..." where it thinks they do
/// not fit, and its logarithmic axis has ticks at powers of ten only.
class PlotAxes {
  public:
    explicit PlotAxes(QGraphicsItem* parent);

    struct Label {
        double at = 0;  ///< pixels along the axis
        QString text;
    };
    void draw(const QRectF& plot, const std::vector<Label>& x, const std::vector<Label>& y,
              const QFont& font);
    void setColours(const theme::Palette& palette);

    /// Room that `labels` need left of a plot, and that any label needs below it.
    static double widthOf(const std::vector<Label>& labels, const QFont& font);
    static double heightBelow(const QFont& font);

  private:
    class Grid;
    void write(std::size_t index, const QString& text, const QFont& font, const QPointF& topLeft);

    Grid* grid_;
    std::vector<QGraphicsSimpleTextItem*> texts_;
    QColor muted_;
};

}  // namespace deepvm::ui::charts
