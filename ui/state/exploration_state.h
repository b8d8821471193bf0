// SPDX-License-Identifier: GPL-3.0-or-later
// The one exploration of the window: one value, one signal, undo for everything.
#pragma once

#include <QObject>
#include <QUndoStack>
#include <optional>

#include "session/exploration.h"

namespace deepvm::ui::state {

class ExplorationState : public QObject {
    Q_OBJECT

  public:
    explicit ExplorationState(session::Exploration initial, QObject* parent = nullptr);

    const session::Exploration& value() const { return value_; }
    QUndoStack* undoStack() { return &undo_; }

    /// Makes `next` the value as one undoable step; nothing happens when it already is.
    void set(session::Exploration next, const QString& step);
    /// Begins anew with `value`: no step leads back, and nothing is set aside any more.
    void begin(const session::Exploration& value);

    /// What is on show from now on is a lesson's: own() stays the person's, which alone is kept.
    void setAside();
    bool isAside() const { return aside_.has_value(); }
    /// The person's own comes back as one step.
    void putBack(const QString& step);
    const session::Exploration& own() const { return aside_ ? *aside_ : value_; }
    /// As set(), but all budgets up to endGesture() make one undoable step.
    void setBudget(base::Money budget);
    /// As setBudget(), but a step of its own whatever came before and comes after.
    void goTo(base::Money budget);
    /// As setBudget() for the percentage of "What if".
    void setWhatIf(int percent);
    /// As setBudget() for the risk.
    void setRisk(const problem::Risk& risk);
    /// The slider was let go: the next budget, percentage, or risk, is a step of its own.
    void endGesture() { ++gesture_; }

  signals:
    void changed();

  private:
    class Step;
    void push(session::Exploration next, const QString& step, int kind);
    void assign(const session::Exploration& next);

    session::Exploration value_;
    std::optional<session::Exploration> aside_;
    QUndoStack undo_;
    int gesture_ = 0;
};

}  // namespace deepvm::ui::state
