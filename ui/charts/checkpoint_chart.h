// SPDX-License-Identifier: GPL-3.0-or-later
// What the interval between checkpoints costs: too short and the job writes, too long and it computes twice.
#pragma once

#include <QWidget>
#include <memory>

#include "charts/checkpoint_line.h"
#include "problem/request.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Expected overhead against the interval, both logarithmic, with the least and the formula's interval
/// marked. GUI thread only. Left, Right, Home and End go along the curve, Return picks, Escape lets go. Fills
/// itself with Palette::surface.
class CheckpointChart : public QWidget {
    Q_OBJECT
  public:
    explicit CheckpointChart(QWidget* parent = nullptr);
    ~CheckpointChart() override;

    void setColours(const theme::Palette& palette);
    /// In the colour of the architecture; an empty line clears the chart.
    void setLine(CheckpointLine line, problem::Architecture architecture);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// A click on the curve, or Return.
    void intervalPicked(double seconds);

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
