// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: the ground of the feasible region. One item for all: a lattice of items would cost
// a thousand times what painting it does.
#pragma once

#include <QGraphicsItem>
#include <QPen>
#include <vector>

#include "charts/region_geometry.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// In pixels of the chart.
struct RegionPicture {
    QRectF plot;
    std::vector<QPolygonF> forbidden;  ///< one an edge: where several forbid, it gets darker
    std::vector<std::pair<EdgeKind, QLineF>> edges;
    std::vector<LatticeDot> dots;  ///< row by row
};

/// Forbidden sides, edges and points. Repaints no more than what changed.
class RegionItem : public QGraphicsItem {
  public:
    explicit RegionItem(QGraphicsItem* parent);

    void setColours(const theme::Palette& palette);
    /// Repaints only `changed`, if given: everything else must be as it was.
    void setPicture(RegionPicture picture, const QRectF& changed = {});

    const std::vector<LatticeDot>& dots() const { return picture_.dots; }

    QRectF boundingRect() const override { return picture_.plot; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

  private:
    void paintEdges(QPainter& painter) const;
    void paintDots(QPainter& painter, const QRectF& exposed) const;

    RegionPicture picture_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::charts
