// SPDX-License-Identifier: GPL-3.0-or-later
// "Feasible region": the points n x m that one tiering candidate chooses from, and what fences them in.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "charts/region_text.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::charts {

/// Draws a candidate at a budget; GUI thread only. The budget line can be dragged with the mouse, taken from
/// best point to best point with Left and Right, and by a small step with Up and Down; the pointer snaps to
/// points of the lattice. Fills itself with Palette::surface.
class FeasibleRegionChart : public QWidget, public theme::Coloured {
    Q_OBJECT
  public:
    explicit FeasibleRegionChart(QWidget* parent = nullptr);
    ~FeasibleRegionChart() override;

    void setColours(const theme::Palette& palette) override;

    /// A subject without a candidate clears the chart; another one ends a drag. The relaxation goes with the
    /// old subject.
    void setSubject(const RegionSubject& subject);
    const RegionSubject& subject() const;

    /// The budgets that a drag reaches.
    void setReach(base::Money from, base::Money to);

    /// Cheap: moves overlay items and repaints what changed sides, unless the axes have to follow. Emits
    /// nothing.
    void setBudget(base::Money budget);
    base::Money budget() const;

    /// Where lp_solve found the best parts of machines; nothing hides it.
    void setCorner(const std::optional<explain::RelaxationCorner>& corner);

    /// Follows the price under the title; `more` is for its tool tip.
    void setNote(const QString& note, const QString& more = {});
    /// Beside the title: who does more.
    void setAside(const QString& aside);

    /// Whether the person holds the line. The subject should stay then, or the line runs from the pointer.
    bool dragging() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// The person moved the budget; the chart shows it already.
    void budgetDragged(deepvm::base::Money budget);
    /// The line or the key was let go.
    void budgetReleased();

  protected:
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace deepvm::ui::charts
