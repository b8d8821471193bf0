// SPDX-License-Identifier: GPL-3.0-or-later
// Futures of a job on several plans: what it may cost, or how long it may take.
#pragma once

#include <QWidget>
#include <memory>

#include "charts/futures_rows.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Draws futures that it shares; GUI thread only. A row a plan on one axis: the shape of its futures in the
/// colour of its architecture, below it P5 to P95, the simulated mean's 99 % interval and the closed form's
/// mean. A hover says how many futures come to at most the figure under the pointer. Up and Down go from plan
/// to plan, Left and Right from one share of the futures to the next, Escape lets go. Fills itself with
/// Palette::surface.
class FuturesChart : public QWidget {
    Q_OBJECT
  public:
    explicit FuturesChart(QWidget* parent = nullptr);
    ~FuturesChart() override;

    void setColours(const theme::Palette& palette);

    /// Null clears the chart.
    void setFutures(SharedFutures futures, FutureFigure figure);

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
