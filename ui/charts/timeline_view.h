// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: the timeline with its names, axes and the revocation, without its interaction.
#pragma once

#include <QGraphicsLineItem>
#include <QGraphicsRectItem>
#include <QGraphicsSimpleTextItem>
#include <memory>
#include <optional>
#include <vector>

#include "charts/overlay_items.h"
#include "charts/plot_view.h"
#include "charts/timeline_item.h"

namespace deepvm::ui::charts {

class TimelineView {
  public:
    explicit TimelineView(PlotView* view);
    ~TimelineView();

    void setColours(const theme::Palette& palette);
    /// Null: nothing to draw.
    void setTimeline(std::shared_ptr<const TimelinePlot> plot);
    /// After a change of size or font.
    void layOut();

    const TimelinePlot* plot() const { return plot_.get(); }

    /// The span under a point; nothing where nothing happens.
    std::optional<std::size_t> hit(QPointF at) const;
    /// The callout of a span; with a ring around its bar when `ring`.
    void show(std::size_t span, bool ring);
    void hide();

    static double minimumHeight();

  private:
    double nameColumn() const;
    TimelineLayout layout() const;
    void drawNames();
    void drawAxes();
    void drawLosses();
    void write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft);

    PlotView* view_;
    TimelineItem* item_;
    PlotAxes axes_;
    QGraphicsLineItem* revocation_;
    QGraphicsRectItem* plate_;  // under what the revocation loses
    QGraphicsRectItem* ring_;
    Callout* callout_;
    std::vector<Tag*> tags_;
    std::vector<QGraphicsSimpleTextItem*> texts_;
    std::size_t written_ = 0;

    theme::Palette palette_;
    std::shared_ptr<const TimelinePlot> plot_;
    TimelineLayout layout_;
};

}  // namespace deepvm::ui::charts
