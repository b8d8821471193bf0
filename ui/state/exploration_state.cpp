// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/exploration_state.h"

namespace deepvm::ui::state {

namespace {
// QUndoCommand::id: only steps of one kind merge.
constexpr int plain_step = -1;
constexpr int budget_step = 1;
constexpr int what_if_step = 2;
constexpr int risk_step = 3;
}  // namespace

class ExplorationState::Step : public QUndoCommand {
  public:
    Step(ExplorationState& state, session::Exploration next, const QString& text, int kind)
        : QUndoCommand(text),
          state_(state),
          before_(state.value()),
          after_(std::move(next)),
          kind_(kind),
          gesture_(state.gesture_) {}

    void undo() override { state_.assign(before_); }
    void redo() override { state_.assign(after_); }
    int id() const override { return kind_; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* later = static_cast<const Step*>(other);  // same id, so the same class
        if (later->gesture_ != gesture_) return false;
        after_ = later->after_;
        setObsolete(after_ == before_);
        return true;
    }

  private:
    ExplorationState& state_;
    session::Exploration before_;
    session::Exploration after_;
    int kind_;
    int gesture_;
};

ExplorationState::ExplorationState(session::Exploration initial, QObject* parent)
    : QObject(parent), value_(std::move(initial)) {}

void ExplorationState::set(session::Exploration next, const QString& step) {
    push(std::move(next), step, plain_step);
}

void ExplorationState::begin(const session::Exploration& value) {
    undo_.clear();
    aside_.reset();
    assign(value);
}

void ExplorationState::setAside() {
    if (!aside_) aside_ = value_;
}

void ExplorationState::putBack(const QString& step) {
    if (!aside_) return;
    auto own = std::move(*aside_);
    aside_.reset();
    endGesture();
    set(std::move(own), step);
}

void ExplorationState::setBudget(base::Money budget) {
    session::Exploration next = value_;
    next.budget = budget;
    push(std::move(next), tr("budget"), budget_step);
}

void ExplorationState::setWhatIf(int percent) {
    session::Exploration next = value_;
    next.what_if_percent = percent;
    push(std::move(next), tr("what if"), what_if_step);
}

void ExplorationState::setRisk(const problem::Risk& risk) {
    session::Exploration next = value_;
    next.risk = risk;
    push(std::move(next), tr("risk"), risk_step);
}

void ExplorationState::push(session::Exploration next, const QString& step, int kind) {
    if (next == value_) return;
    undo_.push(new Step(*this, std::move(next), step, kind));
}

void ExplorationState::goTo(base::Money budget) {
    endGesture();
    setBudget(budget);
    endGesture();
}

void ExplorationState::assign(const session::Exploration& next) {
    value_ = next;
    emit changed();
}

}  // namespace deepvm::ui::state
