// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/notebook.h"

#include <fmt/format.h>

#include <QPointer>
#include <algorithm>
#include <chrono>

#include "base/dates.h"

namespace deepvm::ui::state {
namespace {

const problem::Plan* planOf(const Planning& planning, int rank) {
    const auto& decision = planning.decision();
    if (!decision || !planning.scene() || rank < 1) return nullptr;
    const auto index = static_cast<std::size_t>(rank - 1);
    return index < decision->ranked.size() ? &decision->ranked[index] : nullptr;
}

session::Kept questionOf(const Planning& planning) {
    session::Kept kept;
    kept.at = base::iso_utc(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    // That of the answer on show, which may be a moment older than the controls.
    kept.question = planning.scene()->key.exploration;
    kept.question.budget = planning.decision()->budget;
    // What no plan depends on is the window's, not the question's.
    const session::Exploration usual;
    kept.question.what_if_percent = usual.what_if_percent;
    kept.question.future_runs = usual.future_runs;
    kept.question.future_seed = usual.future_seed;
    return kept;
}

session::Kept keptOf(const Planning& planning, const problem::Plan& plan) {
    session::Kept kept = questionOf(planning);
    kept.answer = session::answer_of(*planning.scene()->problem, plan);
    return kept;
}

bool sameAnswer(const session::Kept& a, const session::Kept& b) {
    if (!(a.question == b.question) || a.answer.has_value() != b.answer.has_value()) return false;
    return !a.answer || session::same_cluster(a.answer->plan, b.answer->plan);
}

}  // namespace

class Notebook::Step : public QUndoCommand {
  public:
    Step(Notebook& notebook, std::vector<Kept> next, const QString& text)
        : QUndoCommand(text), notebook_(&notebook), before_(notebook.pins_), after_(std::move(next)) {}

    void undo() override { put(before_); }
    void redo() override { put(after_); }

  private:
    void put(const std::vector<Kept>& pins) {
        if (!notebook_) return;
        notebook_->pins_ = pins;
        emit notebook_->pinsChanged();
    }

    QPointer<Notebook> notebook_;  // the stack may live longer
    std::vector<Kept> before_;
    std::vector<Kept> after_;
};

Notebook::Notebook(QUndoStack& undo, QObject* parent) : QObject(parent), undo_(undo) {}

void Notebook::change(std::vector<Kept> next, const QString& text) {
    if (next == pins_) return;
    undo_.push(new Step(*this, std::move(next), text));
}

base::Result<void> Notebook::pin(const Planning& planning, int rank) {
    const auto* plan = planOf(planning, rank);
    if (plan == nullptr)
        return base::fail(base::ErrorCode::invalid_input, "there is no plan to pin; raise the budget first");
    return add(keptOf(planning, *plan));
}

// A step of a line costs what it costs; machines of a "What if" are told at the prices of the catalog, which
// are the ones that the question is asked about again.
base::Result<void> Notebook::pin(const Planning& planning, const problem::Plan& plan) {
    const auto& scene = planning.scene();
    const auto& decision = planning.decision();
    if (!scene || !decision)
        return base::fail(base::ErrorCode::invalid_input,
                          "there is no answer yet; wait for it to pin a plan");
    const auto& problem = *scene->problem;
    const auto known =
        session::reopened(session::answer_of(problem, plan), problem, decision->budget, decision->ranked);
    if (!known.then_today)
        return base::fail(
            base::ErrorCode::invalid_input,
            "at the figures of the catalog no budget makes these machines an answer, so there is "
            "nothing to compare them by");
    Kept kept = keptOf(planning, *known.then_today);
    if (known.then_today->hourly_price > kept.question.budget)
        kept.question.budget = known.then_today->hourly_price;
    return add(std::move(kept));
}

base::Result<void> Notebook::add(Kept kept) {
    if (pins_.size() >= session::most_pins)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("{} plans are pinned, which is as many as can be compared; unpin one first",
                        pins_.size()));
    if (std::ranges::any_of(pins_, [&](const auto& each) { return sameAnswer(each, kept); }))
        return base::fail(base::ErrorCode::invalid_input, "this plan is pinned already");
    auto next = pins_;
    next.push_back(std::move(kept));
    change(std::move(next), tr("pin"));
    return {};
}

void Notebook::unpin(std::size_t index) {
    if (index >= pins_.size()) return;
    auto next = pins_;
    next.erase(next.begin() + static_cast<std::ptrdiff_t>(index));
    change(std::move(next), tr("unpin"));
}

void Notebook::annotate(std::size_t index, const QString& name, const QString& note) {
    if (index >= pins_.size()) return;
    auto next = pins_;
    next[index].name = name.simplified().toStdString();
    next[index].note = note.trimmed().toStdString();
    change(std::move(next), tr("words on a pin"));
}

std::optional<std::size_t> Notebook::pinOf(const Planning& planning, int rank) const {
    const auto* plan = pins_.empty() ? nullptr : planOf(planning, rank);
    if (plan == nullptr) return std::nullopt;
    const auto kept = keptOf(planning, *plan);
    const auto found = std::ranges::find_if(pins_, [&](const auto& each) { return sameAnswer(each, kept); });
    if (found == pins_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - pins_.begin());
}

void Notebook::visit(const Planning& planning) {
    const auto& decision = planning.decision();
    if (!decision || !planning.scene()) return;
    const auto* first = planOf(planning, 1);
    Kept kept = first != nullptr ? keptOf(planning, *first) : questionOf(planning);
    if (!visits_.empty() && sameAnswer(visits_.back(), kept)) return;
    visits_.push_back(std::move(kept));
    if (visits_.size() > most_visits) {
        const auto idle = std::ranges::find_if(visits_, [](const Kept& each) { return each.note.empty(); });
        visits_.erase(idle == visits_.end() ? visits_.begin() : idle);
    }
    emit visitsChanged();
}

void Notebook::setVisitNote(std::size_t index, const QString& note) {
    if (index >= visits_.size() || visits_[index].note == note.trimmed().toStdString()) return;
    visits_[index].note = note.trimmed().toStdString();
    emit visitsChanged();
}

void Notebook::begin(std::vector<Kept> pins, std::vector<Kept> visits) {
    pins_ = std::move(pins);
    visits_ = std::move(visits);
    emit pinsChanged();
    emit visitsChanged();
}

}  // namespace deepvm::ui::state
