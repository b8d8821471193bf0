// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: bars and fill of the timeline. One item for all: a run may have tens of thousands.
#pragma once

#include <QFont>
#include <QGraphicsItem>
#include <memory>
#include <vector>

#include "charts/timeline_rows.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Where things are, in pixels of the chart.
struct TimelineLayout {
    QRectF lanes;  ///< of all rows together; as wide as the fill
    QRectF fill;
    double pixels_per_second = 1;
    double pitch = 1;  ///< height of a row

    double x(double seconds) const { return lanes.left() + seconds * pixels_per_second; }
    double y(double checkpoints, double top) const {
        return fill.bottom() - checkpoints / top * fill.height();
    }
    /// A slot's part of a row.
    QRectF bar(const TimelinePlot& plot, const risk::Span& span) const;

    bool operator==(const TimelineLayout&) const = default;
};

class TimelineItem : public QGraphicsItem {
  public:
    explicit TimelineItem(QGraphicsItem* parent);

    void setColours(const theme::Palette& palette);
    /// Null: nothing. `ticks` in seconds.
    void set(std::shared_ptr<const TimelinePlot> plot, const TimelineLayout& layout, const QFont& font,
             std::vector<TimelineTick> ticks);

    QColor fillOf(const risk::Span& span) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

  private:
    void paintBars(QPainter& painter, const QRectF& exposed) const;
    void paintMark(QPainter& painter, const risk::Span& span, const QRectF& box) const;
    void paintFill(QPainter& painter) const;

    std::shared_ptr<const TimelinePlot> plot_;
    TimelineLayout layout_;
    QFont font_;
    std::vector<TimelineTick> ticks_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::charts
