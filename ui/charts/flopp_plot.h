// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: the markers, names and overlays of the FLOPP chart, without its interaction.
#pragma once

#include <QLogValueAxis>
#include <QScatterSeries>
#include <array>
#include <optional>
#include <vector>

#include "charts/chart_text.h"
#include "charts/flopp_points.h"
#include "model/market.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"
#include "plot/series_ground.h"

namespace deepvm::ui::charts {

class FloppPlot {
  public:
    explicit FloppPlot(PlotView* view);

    void setColours(const theme::Palette& palette);
    void setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                    bool publishedUnits);
    void setHighlightedType(const QString& type);
    /// After a change of size or font.
    void layOut();

    bool hasHollow() const;
    /// Types for which there was no room, see floppPoints().
    std::size_t leftOut() const;
    std::optional<std::size_t> hit(QPointF at) const;
    QString idOf(std::size_t point) const;  ///< model::type_id()
    void showHover(std::size_t point);
    void hideHover();

  private:
    QString typeOf(std::size_t point) const;
    QPointF at(const FloppPoint& point) const;
    QRectF plotArea(const std::vector<PlotAxes::Label>& yLabels) const;
    std::vector<std::size_t> named() const;
    void drawNames();
    void drawHighlight();
    QString sourceText(const problem::FloppEntry& entry) const;

    PlotView* view_;
    PlotAxes axes_;
    QChart* chart_;
    Callout* callout_;
    QGraphicsPathItem* highlight_;
    QGraphicsEllipseItem* hover_ring_;
    QGraphicsSimpleTextItem* empty_;
    std::vector<QGraphicsSimpleTextItem*> names_;
    std::array<QScatterSeries*, 3> series_{};  // by FloppMark
    QLogValueAxis* x_axis_;
    QLogValueAxis* y_axis_;

    theme::Palette palette_;
    std::vector<problem::FloppEntry> entries_;
    std::vector<model::Source> sources_;
    std::vector<FloppPoint> points_;
    bool published_ = false;
    QString highlighted_;
    PixelMap x_;
    PixelMap y_;
};

}  // namespace deepvm::ui::charts
