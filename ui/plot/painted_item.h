// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QPainter>
#include <functional>

#include "plot/plot_view.h"

namespace deepvm::ui::plot {

/// One item for what a function paints, where each piece of it would be an item of its own otherwise.
class PaintedItem : public QGraphicsItem {
  public:
    using Paint = std::function<void(QPainter&)>;

    explicit PaintedItem(QGraphicsItem* parent) : QGraphicsItem(parent) { setZValue(highlights); }

    /// `paint` stays inside of `all`, and is called until the next set(); a null one paints nothing.
    void set(const QRectF& all, Paint paint) {
        prepareGeometryChange();
        all_ = all;
        paint_ = std::move(paint);
        update();
    }

    QRectF boundingRect() const override { return all_; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/) override {
        painter->setRenderHint(QPainter::Antialiasing, false);
        if (paint_) paint_(*painter);
    }

  private:
    QRectF all_;
    Paint paint_;
};

}  // namespace deepvm::ui::plot
