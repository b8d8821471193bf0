// SPDX-License-Identifier: GPL-3.0-or-later
// What a person keeps beside the exploration: pinned plans, and answers that were looked at.
#pragma once

#include <QObject>
#include <QUndoStack>

#include "session/session.h"
#include "state/planning.h"

namespace deepvm::ui::state {

class Notebook : public QObject {
    Q_OBJECT

  public:
    using Kept = session::Kept;

    /// All are written with each change of the session.
    static constexpr std::size_t most_visits = 40;

    /// Each change of the pins becomes a step of `undo`, which outlives the notebook.
    explicit Notebook(QUndoStack& undo, QObject* parent = nullptr);

    const std::vector<Kept>& pins() const { return pins_; }
    /// Answers that were looked at, oldest first: the first plan of each.
    const std::vector<Kept>& visits() const { return visits_; }
    /// Adds the answer on show, unless it is the newest one. Of more than most_visits the oldest without a
    /// note is forgotten.
    void visit(const Planning& planning);
    void setVisitNote(std::size_t index, const QString& note);

    /// The plan of this rank of the answer on show, with its question. Refused where there is none, where it
    /// is pinned already, and beyond session::most_pins.
    base::Result<void> pin(const Planning& planning, int rank);
    /// Any cluster of the market on show under the same question, with the budget that it needs; refused,
    /// too, where no budget buys it at today's figures.
    base::Result<void> pin(const Planning& planning, const problem::Plan& plan);
    void unpin(std::size_t index);
    /// In the person's own words; either may be empty.
    void annotate(std::size_t index, const QString& name, const QString& note);
    /// Which pin is the plan of this rank of the answer on show, under the same question.
    std::optional<std::size_t> pinOf(const Planning& planning, int rank) const;

    /// Another document: no step leads back.
    void begin(std::vector<Kept> pins, std::vector<Kept> visits);

  signals:
    void pinsChanged();
    void visitsChanged();

  private:
    class Step;
    base::Result<void> add(Kept kept);
    void change(std::vector<Kept> next, const QString& text);

    QUndoStack& undo_;
    std::vector<Kept> pins_;
    std::vector<Kept> visits_;
};

}  // namespace deepvm::ui::state
