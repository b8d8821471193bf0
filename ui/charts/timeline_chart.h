// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints on their way from the workers to storage: when training stands still, when remote memory is
// full, what a revocation loses.
#pragma once

#include <QWidget>
#include <memory>

#include "charts/timeline_rows.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Draws a timeline that it shares; GUI thread only. A row a lane, in time from left to right; what holds up
/// is hatched and says its cause; below, how full remote memory is; a revocation is an upright line with what
/// it loses beside it. Left, Right, Home and End go from span to span, Up and Down from row to row, Escape
/// lets go. Fills itself with Palette::surface.
class TimelineChart : public QWidget {
    Q_OBJECT
  public:
    explicit TimelineChart(QWidget* parent = nullptr);
    ~TimelineChart() override;

    void setColours(const theme::Palette& palette);

    /// Null clears the chart.
    void setTimeline(std::shared_ptr<const TimelinePlot> timeline);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace deepvm::ui::charts
