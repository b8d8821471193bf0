// SPDX-License-Identifier: GPL-3.0-or-later
// "What a budget buys": the frontier of every architecture over the budget.
#pragma once

#include <QWidget>
#include <memory>

#include "planner/decision.h"
#include "problem/plan.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Draws a frontier that it shares; GUI thread only. The budget can be dragged with the mouse, or taken from
/// step to step with the arrow keys; the pointer snaps to real plans. Fills itself with Palette::surface: the
/// border of the card around it belongs to who places it.
class FrontierChart : public QWidget {
    Q_OBJECT
  public:
    explicit FrontierChart(QWidget* parent = nullptr);
    ~FrontierChart() override;

    void setColours(const theme::Palette& palette);

    /// `publishedUnits`: rates are in the unit of a published data set, not in TFLOP/s. A frontier without
    /// plans is said to be empty in words; null clears the chart.
    void setFrontier(std::shared_ptr<const planner::Frontier> frontier, problem::Objective objective,
                     bool publishedUnits);
    /// Nothing but `text` in the middle ("Planning ..."), which may be empty.
    void clear(const QString& text = {});

    /// Cheap: moves overlay items, unless the budget leaves the axis. Emits nothing.
    void setBudget(base::Money budget);
    base::Money budget() const;

    /// Marks the steps that use machines of this type, a model::type_id(); empty marks none.
    void setHighlightedType(const QString& type);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// The person moved the budget; the chart shows it already.
    void budgetDragged(deepvm::base::Money budget);
    /// The line or the key was let go.
    void budgetReleased();
    void planHovered(const deepvm::problem::Plan& plan);
    /// The pointer left the plans.
    void planHoverEnded();
    void planClicked(const deepvm::problem::Plan& plan);

  protected:
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace deepvm::ui::charts
