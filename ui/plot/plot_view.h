// SPDX-License-Identifier: GPL-3.0-or-later
// A bare graphics view whose pointer, frame, grid and labels are ours.
#pragma once

#include <QGraphicsSimpleTextItem>
#include <QGraphicsView>
#include <functional>
#include <vector>

#include "plot/chart_scale.h"
#include "theme/palette.h"

namespace deepvm::ui::plot {

/// Font of all that is written inside a plot; `px` is its height in pixels, where the person's own font is
/// not larger than usual.
QFont plotFont(const QWidget& widget, int px, QFont::Weight weight = QFont::Normal);

inline constexpr int label_px = 12;
inline constexpr int text_px = 13;

// Of charts with a named row for each thing: left of the names is room for the ring of focus.
inline constexpr double row_inset = 8;
inline constexpr double row_gap = 16;  // right of the names

/// The order of what lies on the ground of a plot.
enum Layer {
    below_series = 1,
    series = 10,  ///< those of Qt Charts
    highlights = 50,
    names = 60,
    budget_line = 70,
    hover_mark = 80,
    callouts = 90
};

/// No frame, no scroll bars; one pixel of the scene is one of the view. Pointer events are signals in pixels
/// of the view; no item of the scene gets any.
class PlotView : public QGraphicsView {
    Q_OBJECT
  public:
    explicit PlotView(QWidget* parent);

    /// What everything on the plot is a child of.
    QGraphicsItem* ground() const { return ground_; }
    /// All of the view.
    QRectF all() const { return QRectF(0, 0, width(), height()); }

    /// Where the data is, inside of its axes.
    void setPlot(const QRectF& plot) { plot_ = plot; }
    QRectF plot() const { return plot_; }

  signals:
    void resized();
    void pointerMoved(QPointF at);
    void pointerPressed(QPointF at);
    void pointerReleased(QPointF at);
    void pointerLeft();
    void doubleClicked();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    /// The frame's, and where it has no use for it, the page's.
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    QGraphicsItem* ground_;
    QRectF plot_;
};

/// Plain texts on a plot, of which each lay-out uses as many as it needs.
class TextPool {
  public:
    explicit TextPool(QGraphicsItem* ground, double z = names) : ground_(ground), z_(z) {}

    /// All texts between these two are written anew; those of before that are not needed are hidden.
    void begin() { used_ = 0; }
    void end();
    void write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft);

  private:
    QGraphicsItem* ground_;
    double z_;
    std::vector<QGraphicsSimpleTextItem*> texts_;
    std::size_t used_ = 0;
};

/// Thin horizontal grid and tick labels; on a low plot the upright axis has every other one, or fewer. Those
/// of Qt Charts are shortened to "..." where it thinks they do not fit, and its logarithmic axis has ticks at
/// powers of ten only.
class PlotAxes {
  public:
    explicit PlotAxes(QGraphicsItem* parent);

    struct Label {
        double at = 0;  ///< pixels along the axis
        QString text;
    };
    void draw(const QRectF& plot, const std::vector<Label>& x, const std::vector<Label>& y,
              const QFont& font);
    /// The labels follow with the next draw().
    void setColours(const theme::Palette& palette);

    using TickText = std::function<QString(double tick, double step)>;
    static std::vector<Label> labelsOf(const Scale& scale, const PixelMap& map, const TickText& text);

    /// What a view has left for a plot above the labels of the lower axis when `taken` is not free, too;
    /// never less than one can see.
    static QRectF plotOn(const QSizeF& view, const QMarginsF& taken, const QFont& font);
    /// The same right of the labels of an upright axis, with the axis.
    struct Upright {
        QRectF plot;
        PixelMap map;
        std::vector<Label> labels;
    };
    static Upright plotBeside(const Scale& y, const TickText& text, const QSizeF& view, QMarginsF taken,
                              const QFont& font);

    /// Room that `labels` need left of a plot, and that any label needs below it.
    static double widthOf(const std::vector<Label>& labels, const QFont& font);
    static double heightBelow(const QFont& font);

  private:
    class Grid;
    Grid* grid_;
    TextPool texts_;
    QColor muted_;
};

}  // namespace deepvm::ui::plot
