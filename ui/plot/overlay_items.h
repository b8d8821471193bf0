// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on a plot and moves with the pointer or the budget. Items of the chart,
// not series: moving one costs a repaint of its own rectangle (1 to 3 ms), replacing a series repaints them
// all.
#pragma once

#include <QFont>
#include <QGraphicsItem>
#include <QGraphicsPathItem>
#include <optional>

#include "plot/label_placement.h"
#include "plot/words.h"
#include "theme/palette.h"

namespace deepvm::ui::plot {

/// The budget: a line, a pill with the amount on top, a ring where it meets a curve.
class BudgetMarker {
  public:
    explicit BudgetMarker(QGraphicsItem* parent);

    void setColours(const theme::Palette& palette);
    void setFont(const QFont& font);
    void setFocused(bool focused);
    void setVisible(bool visible);

    /// The line runs at `x` down to the bottom of `plot`; the pill stays between `left` and `right`.
    void place(const QRectF& plot, double x, double left, double right, const QString& text);
    /// The line runs along `line`, a null one not at all; the middle of the pill's upper edge is at `pill`,
    /// as far as the pill then stays between `left` and `right`.
    void place(const QLineF& line, QPointF pill, double left, double right, const QString& text);
    void placeRing(const std::optional<QPointF>& at, const QColor& colour);

    QRectF pill() const;
    /// Whether a pointer at `at` takes hold of it.
    bool grabs(QPointF at) const;

    static double pillHeight() { return 22; }

  private:
    class Pill;
    QGraphicsLineItem* line_;
    Pill* pill_;
    QGraphicsEllipseItem* ring_;
    QColor surface_;
    QLineF along_;
};

/// Two or more lines of text in a box beside a point.
class Callout : public QGraphicsItem {
  public:
    explicit Callout(QGraphicsItem* parent);

    void setColours(const theme::Palette& palette);
    void setFonts(const QFont& title, const QFont& detail);

    /// Beside what it speaks of, which has `colour`; `all` is where anything may stand.
    void show(const CalloutText& text, const Spot& spot, const QRectF& all, const QColor& colour);
    void show(const CalloutText& text, const QPointF& at, const QRectF& all, const QColor& colour) {
        show(text, Spot{at, all, {}}, all, colour);
    }
    const CalloutText& text() const { return text_; }

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

  private:
    QSizeF sizeFor(double most);

    CalloutText text_;
    QFont title_font_;
    QFont detail_font_;
    QSizeF size_;
    QColor mark_;
    QColor surface_;
    QColor line_;
    QColor ink_;
    QColor muted_;
};

/// A name on the ground, legible over what lies below it.
class Tag : public QGraphicsItem {
  public:
    explicit Tag(QGraphicsItem* parent);

    void setColours(const theme::Palette& palette);
    void setText(const QString& text, const QFont& font);
    const QString& text() const { return text_; }
    QSizeF size() const { return size_; }

    QRectF boundingRect() const override { return {QPointF(0, 0), size_}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

  private:
    QString text_;
    QFont font_;
    QSizeF size_;
    QColor ink_;
    QColor plate_;
};

}  // namespace deepvm::ui::plot
