// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: the rows of futures with their axis and marks, without their interaction.
#pragma once

#include <QGraphicsItem>
#include <QGraphicsLineItem>
#include <QGraphicsRectItem>
#include <QGraphicsSimpleTextItem>
#include <optional>
#include <vector>

#include "charts/futures_rows.h"
#include "plot/chart_scale.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {

class FuturesView {
  public:
    explicit FuturesView(PlotView* view);
    ~FuturesView();

    void setColours(const theme::Palette& palette);
    void setPlot(FuturesPlot plot);
    /// After a change of size or font.
    void layOut();

    const FuturesPlot& plot() const { return plot_; }

    /// A row, and a figure on its axis.
    struct Place {
        std::size_t row = 0;
        double value = 0;
    };
    std::optional<Place> hit(QPointF at) const;
    /// The callout of a row, a line at the value; with a ring around the row when `ring`.
    void show(Place place, bool ring);
    void hide();

    static double heightFor(std::size_t rows);

  private:
    class Item;
    double pitch() const;
    double top(std::size_t row) const { return static_cast<double>(row) * pitch(); }
    double baseline(std::size_t row) const;
    void drawRow(std::size_t row);
    void drawMarks(std::size_t row);
    void write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft);

    PlotView* view_;
    PlotAxes axes_;
    Callout* callout_;
    QGraphicsLineItem* cursor_;
    QGraphicsRectItem* ring_;
    std::vector<Item*> items_;
    std::vector<QGraphicsSimpleTextItem*> texts_;
    std::size_t written_ = 0;

    theme::Palette palette_;
    FuturesPlot plot_;
    PixelMap x_;
};

}  // namespace deepvm::ui::charts
