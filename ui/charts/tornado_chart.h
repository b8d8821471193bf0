// SPDX-License-Identifier: GPL-3.0-or-later
// What would change the answer: how far each factor pulls the objective, a little less and a little more of
// it.
#pragma once

#include <QWidget>
#include <memory>

#include "explain/sensitivity.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Draws a sensitivity that it shares; GUI thread only. A row a factor, the largest effect on top: to the
/// left what makes the answer worse, to the right what makes it better. Bars of other machines are hatched
/// and framed, and say which. Up, Down, Left and Right move from bar to bar, Escape lets go. Fills itself
/// with Palette::surface.
class TornadoChart : public QWidget {
    Q_OBJECT
  public:
    explicit TornadoChart(QWidget* parent = nullptr);
    ~TornadoChart() override;

    void setColours(const theme::Palette& palette);

    /// `publishedUnits` as in FrontierChart; null clears the chart.
    void setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity, bool publishedUnits);

    /// Stresses what plans with this type, a model::type_id(), are called; empty stresses none. Emits
    /// nothing.
    void setHighlightedType(const QString& type);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void planHovered(const deepvm::problem::Plan& plan);
    /// The pointer, or the focus, left the bars.
    void planHoverEnded();

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
