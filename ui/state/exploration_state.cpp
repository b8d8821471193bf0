// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/exploration_state.h"

namespace deepvm::ui::state {

namespace {
constexpr int budget_step = 1;  // QUndoCommand::id of the steps that may merge
}

class ExplorationState::Step : public QUndoCommand {
  public:
    Step(ExplorationState& state, Exploration next, const QString& text, std::optional<int> gesture)
        : QUndoCommand(text),
          state_(state),
          before_(state.value()),
          after_(std::move(next)),
          gesture_(gesture) {}

    void undo() override { state_.assign(before_); }
    void redo() override { state_.assign(after_); }
    int id() const override { return gesture_ ? budget_step : -1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* later = static_cast<const Step*>(other);  // same id, so the same class
        if (later->gesture_ != gesture_) return false;
        after_ = later->after_;
        setObsolete(after_ == before_);
        return true;
    }

  private:
    ExplorationState& state_;
    Exploration before_;
    Exploration after_;
    std::optional<int> gesture_;
};

ExplorationState::ExplorationState(Exploration initial, QObject* parent)
    : QObject(parent), value_(std::move(initial)) {}

void ExplorationState::set(Exploration next, const QString& step) {
    if (next == value_) return;
    undo_.push(new Step(*this, std::move(next), step, std::nullopt));
}

void ExplorationState::setBudget(base::Money budget) {
    Exploration next = value_;
    next.budget = budget;
    if (next == value_) return;
    undo_.push(new Step(*this, std::move(next), tr("budget"), gesture_));
}

void ExplorationState::goTo(base::Money budget) {
    endGesture();
    setBudget(budget);
    endGesture();
}

void ExplorationState::assign(const Exploration& next) {
    value_ = next;
    emit changed();
}

}  // namespace deepvm::ui::state
