// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart frame frames: a drawing that knows what it shows, and the line on it that a person drags.
#pragma once

#include <QSize>
#include <optional>

#include "plot/label_placement.h"
#include "plot/plot_view.h"
#include "plot/words.h"

namespace deepvm::ui::plot {

/// What one points at, in the drawing's own numbers: a row and a place in it, or a point of a curve.
struct Mark {
    int row = 0;
    int column = 0;
    double at = 0;  ///< where on it

    bool operator==(const Mark&) const = default;
    /// Another place on the same thing.
    bool isPartOf(const Mark& other) const { return row == other.row && column == other.column; }
};

enum class Step { left, right, up, down, first, last };

/// A line that a person drags, or moves by keys.
class Handle {
  public:
    virtual ~Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    virtual bool grabs(QPointF at) const = 0;
    virtual void press(QPointF /*at*/) {}
    /// Whether it moved.
    virtual bool drag(QPointF at) = 0;
    virtual void release() = 0;
    /// Whether a key is the handle's; the other keys are the drawing's.
    virtual bool takes(Step step) const = 0;
    /// Whether it moved.
    virtual bool step(Step step) = 0;
    virtual void setFocused(bool focused) = 0;

    struct Value {
        double now = 0;
        double least = 0;
        double most = 0;
        double step = 0;
        QString text;  ///< of `now`, with its unit
    };
    virtual Value value() const = 0;
    /// Whether it moved.
    virtual bool setValue(double value) = 0;

  protected:
    Handle() = default;
};

/// Draws on a view and knows what it drew; receives no events and emits nothing.
class Drawing {
  public:
    explicit Drawing(PlotView* view) : view_(view), texts_(view->ground()) {}
    virtual ~Drawing() = default;
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;

    /// layOut() follows.
    virtual void setColours(const theme::Palette& palette) { palette_ = palette; }
    /// Draws all anew: after a change of size, font, colours or data.
    virtual void layOut() = 0;

    virtual std::optional<Mark> markAt(QPointF at) const = 0;
    /// Where a key leads from a mark; without one, where the keyboard begins.
    virtual std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const = 0;
    /// The mark after other data came, as near to what it was as there is.
    virtual std::optional<Mark> kept(const Mark& mark) const = 0;
    /// What Return picks whatever is marked.
    virtual std::optional<Mark> chosen() const { return std::nullopt; }
    /// Whether a click on a mark does something.
    virtual bool canPick() const { return false; }

    /// What the callout and the screen reader say.
    virtual CalloutText words(const Mark& mark) const = 0;
    virtual QColor colourOf(const Mark& mark) const = 0;
    /// Marks it, `focused` when by the keyboard; says where its callout goes.
    virtual Spot show(const Mark& mark, bool focused) = 0;
    virtual void hide() = 0;

    /// The chart in words.
    virtual QString summary() const = 0;
    /// How to read it; below the drawing.
    virtual QString caption() const { return {}; }
    virtual Table data() const = 0;
    /// Of the whole chart.
    virtual QSize leastSize() const = 0;
    virtual Handle* handle() { return nullptr; }

  protected:
    QFont fontOf(int px = label_px, QFont::Weight weight = QFont::Normal) const {
        return plotFont(*view_, px, weight);
    }

    PlotView* view_;
    TextPool texts_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::plot
