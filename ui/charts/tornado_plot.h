// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: the bars and words of the tornado chart, without its interaction.
#pragma once

#include <QGraphicsLineItem>
#include <QGraphicsRectItem>
#include <QGraphicsSimpleTextItem>
#include <memory>
#include <optional>
#include <vector>

#include "charts/tornado_rows.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {

/// Which bar: a row, and its left (0) or right (1) side.
struct BarAt {
    std::size_t row = 0;
    std::size_t side = 0;

    bool operator==(const BarAt&) const = default;
};

class TornadoPlot {
  public:
    explicit TornadoPlot(PlotView* view);
    ~TornadoPlot();

    void setColours(const theme::Palette& palette);
    /// Null: nothing to draw.
    void setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity, bool publishedUnits);
    void setHighlightedType(const QString& type);
    /// After a change of size or font.
    void layOut();

    const TornadoRows& rows() const { return rows_; }
    const TornadoBar& bar(BarAt at) const { return rows_.rows[at.row].bars[at.side]; }
    /// Whether any bar has other machines, or a notch: what the caption has to explain.
    bool hasOtherMachines() const;
    bool hasNotch() const;

    std::optional<BarAt> hit(QPointF at) const;
    /// The callout of a bar; with a ring around the bar when `ring`.
    void show(BarAt at, bool ring);
    void hide();

    static double minimumHeight();

  private:
    class Bar;
    double nameColumn() const;
    double middle() const;
    double pitch() const;
    double pixelsPerPercent() const;
    QRectF cell(BarAt at) const;
    QRectF barBox(BarAt at) const;
    /// How much room a caption has: under the name, too.
    double captionRoom(std::size_t side) const;
    double notch(BarAt at) const;
    bool usesHighlighted(const TornadoBar& bar) const;
    void drawRow(std::size_t row);
    void drawBar(BarAt at);
    void drawNote(std::size_t note);
    void placeCallout(BarAt at, const CalloutText& text, const QColor& mark);
    void write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft);

    PlotView* view_;
    Callout* callout_;
    QGraphicsLineItem* base_;
    QGraphicsRectItem* ring_;
    std::vector<Bar*> bars_;
    std::vector<QGraphicsSimpleTextItem*> texts_;
    std::size_t written_ = 0;

    theme::Palette palette_;
    std::shared_ptr<const explain::Sensitivity> sensitivity_;
    TornadoRows rows_;
    QString highlighted_;
};

}  // namespace deepvm::ui::charts
