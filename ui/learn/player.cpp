// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/player.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "wording/format.h"

namespace deepvm::ui::learn {
namespace {

namespace core = deepvm::lessons;

// The exploration that an answer is of; what no plan depends on is as it is on show.
session::Exploration exploration_of(const state::Answer& answer, const session::Exploration& now) {
    auto exploration = answer.scene->key.exploration;
    exploration.budget = answer.decision->budget;
    exploration.what_if_percent = now.what_if_percent;
    exploration.future_runs = now.future_runs;
    exploration.future_seed = now.future_seed;
    return exploration;
}

bool is_of(const state::Answer& answer, const session::Exploration& exploration) {
    return answer.decision->budget == exploration.budget && answer.scene->key == state::SceneKey(exploration);
}

// The steps up to the first that is not done.
base::Result<std::vector<core::Walked>> walked(const core::Lesson& lesson, const core::Attempt& attempt,
                                               core::Worlds& worlds, const std::stop_token& stop) {
    const auto open = std::ranges::find(attempt.answers, false, &core::StepAnswer::done);
    const auto done = static_cast<std::size_t>(open - attempt.answers.begin());
    return core::walk(lesson, attempt, std::min(done + 1, lesson.steps.size()), worlds, stop);
}

}  // namespace

Player::Player(state::ExplorationState& state, state::Planning& planning, const QString& folder,
               QObject* parent)
    : QObject(parent),
      state_(state),
      planning_(planning),
      progress_(folder, [this](const QString& problem) { emit notKept(problem); }),
      study_(new Study(planning, Question{}, &Player::work, std::chrono::milliseconds{0}, this)),
      opening_(worker_, planning.home(), [this](const jobs::Outcome<Opened>& outcome) { take(outcome); }) {
    connect(study_, &jobs::Study::changed, this, &Player::look);
    connect(&state_, &state::ExplorationState::changed, this, &Player::followExploration);
    connect(&planning_, &state::Planning::catalogOpened, this, [this] {
        if (stage_ == Stage::staging && !opening_.busy()) stageIt();
    });
}

base::Result<Player::Told> Player::work(const state::Answer& answer, const Question& question,
                                        const std::stop_token& stop) {
    const auto& step = question.lesson->steps[question.step];
    const auto world = core::World(exploration_of(answer, question.now), answer.scene->problem,
                                   answer.scene->frontier, answer.decision, stop)
                           .with_widget({.solved = question.solved});
    Told told;
    if (question.phase != Phase::on) {
        auto go = core::assigned(world, question.kept,
                                 question.phase == Phase::entering ? step.set : step.solution);
        if (!go) return tl::unexpected(std::move(go.error()));
        told.go = std::move(*go);
        return told;
    }
    auto view = core::view_of(step, question.begin, world, question.kept, words::Style::typographic);
    if (!view) return tl::unexpected(std::move(view.error()));
    told.view = std::move(*view);
    auto after = core::remembered(step, world, question.kept);
    if (!after) return tl::unexpected(std::move(after.error()));
    told.after = std::move(*after);
    return told;
}

base::Result<Player::Opened> Player::open(const std::filesystem::path& catalog,
                                          const Shelf::LessonPtr& lesson, std::optional<std::uint64_t> seed,
                                          std::optional<core::Attempt> before, const std::stop_token& stop) {
    const auto opened = catalog::Catalog::open(catalog);
    if (!opened) return tl::unexpected(opened.error());
    core::Worlds worlds(*opened);
    Opened result;
    if (before && !before->answers.empty()) {
        result.attempt = std::move(*before);
        auto places = walked(*lesson, result.attempt, worlds, stop);
        if (places) {
            result.places = std::move(*places);
            return result;
        }
        if (places.error().code == base::ErrorCode::cancelled)
            return tl::unexpected(std::move(places.error()));
        // With other prices, or when the lesson is another one, nobody gets to where it was left.
        result.notes.emplace_back(
            "What you had done cannot be gone through with today's prices. It begins again");
    }
    const auto staged = core::stage(*lesson, seed, worlds, stop);
    if (!staged) return tl::unexpected(staged.error());
    result.attempt = {};
    result.attempt.lesson = lesson->id;
    result.attempt.seed = seed;
    result.attempt.start = staged->start;
    for (const auto& each : staged->passed_over)
        result.notes.push_back(fmt::format("It is not played in {}, whose prices have no such case",
                                           core::place_of(each.market)));
    const auto market = worlds.market(result.attempt.start.selection, stop);
    if (!market) return tl::unexpected(market.error());
    result.attempt.prices_as_of = model::prices_as_of(**market);
    auto places = walked(*lesson, result.attempt, worlds, stop);
    if (!places) return tl::unexpected(std::move(places.error()));
    result.places = std::move(*places);
    return result;
}

void Player::begin(Shelf::LessonPtr lesson, std::optional<std::uint64_t> seed, bool anew) {
    leave();
    lesson_ = std::move(lesson);
    problem_.clear();
    note_.clear();
    attempt_ = {};
    stage_ = Stage::staging;
    anew_ = anew;
    seed_ = seed;
    // At the start of the window the catalog may still be on its way.
    if (!planning_.notes().file.empty()) stageIt();
    emit changed();
}

void Player::stageIt() {
    std::optional<core::Attempt> before;
    if (!anew_) before = progress_.of(lesson_->id, seed_);
    // One that was finished begins again.
    if (before && before->answers.size() == lesson_->steps.size() && before->answers.back().done)
        before.reset();
    opening_.request([file = planning_.notes().file, lesson = lesson_, seed = seed_,
                      before = std::move(before)](const std::stop_token& stop) mutable {
        return open(file, lesson, seed, std::move(before), stop);
    });
}

void Player::take(const jobs::Outcome<Opened>& outcome) {
    // What was cancelled was left: something else may be on its way by now.
    const bool over = outcome.ending == jobs::Ending::superseded || outcome.ending == jobs::Ending::cancelled;
    if (over || stage_ != Stage::staging) return;
    if (!outcome.value) {
        end();
        problem_ = QString::fromStdString(outcome.error.message);
        emit changed();
        return;
    }
    attempt_ = outcome.value->attempt;
    note_ = QString::fromStdString(fmt::format("{}", fmt::join(outcome.value->notes, ". ")));
    places_.clear();
    for (const auto& each : outcome.value->places)
        places_.push_back({each.begin, each.kept});
    stage_ = Stage::playing;
    state_.setAside();
    enter(places_.size() - 1, true);
}

void Player::enter(std::size_t index, bool set) {
    index_ = index;
    solved_ = false;
    view_.reset();
    problem_.clear();
    attempt_.answers.resize(std::max(attempt_.answers.size(), index + 1));
    goTo(places_[index].begin);
    ask(set || answer().done || step().set.empty() ? Phase::on : Phase::entering);
    study_->setWatched(true);
    emit stepBegan();
    emit changed();
}

// Without this being the student's own hand.
void Player::goTo(const session::Exploration& exploration) {
    moving_ = true;
    state_.endGesture();
    state_.set(exploration, tr("step of a lesson"));
    moving_ = false;
}

void Player::ask(Phase phase) {
    phase_ = phase;
    const auto& place = places_[index_];
    study_->setQuestion({lesson_, index_, phase, state_.value(), place.begin, place.kept, solved_});
    // A question that was asked before has its answer already, of which nobody is told once more.
    QMetaObject::invokeMethod(this, &Player::look, Qt::QueuedConnection);
}

// An answer to another exploration than the one on show says nothing about the step.
void Player::look() {
    if (stage_ != Stage::playing || study_->busy() || planning_.busy()) return;
    if (const auto* error = study_->error(); error != nullptr) return fail(error->message);
    const auto* told = study_->value();
    if (told == nullptr) {
        if (planning_.error()) fail(planning_.error()->message);
        return;
    }
    const auto& finding = *study_->finding();
    if (finding.question.lesson != lesson_ || finding.question.step != index_ ||
        finding.question.phase != phase_ || !is_of(finding.answer, state_.value()))
        return;
    if (told->go) {
        if (phase_ == Phase::entering) places_[index_].begin = *told->go;
        goTo(*told->go);
        return ask(Phase::on);
    }
    const bool perform = step().kind == core::StepKind::perform;
    // What is guessed and explained is judged where the step began, as it is graded.
    if (!perform && state_.value() != places_[index_].begin) return;
    problem_.clear();
    view_ = told->view;
    if (!perform || view_->reached) earn(told->after);
    emit changed();
}

// The way to the next step is open: it begins where this one's goal was reached.
void Player::earn(const core::Kept& kept) {
    const bool perform = step().kind == core::StepKind::perform;
    const Place next{perform ? state_.value() : places_[index_].begin, kept};
    if (places_.size() <= index_ + 1)
        places_.push_back(next);
    else
        places_[index_ + 1] = next;
    if (!perform) return;
    auto& mine = attempt_.answers[index_];
    mine.exploration = state_.value();
    mine.widget_solved = solved_;
    // A drag that stays at the goal is written when the step is left, not at each answer.
    if (!std::exchange(mine.done, true)) progress_.keep(attempt_);
}

void Player::followExploration() {
    if (stage_ != Stage::playing || moving_) return;
    // Another session was opened: that is the person's own now.
    if (!state_.isAside()) {
        end();
        emit changed();
        return;
    }
    if (phase_ != Phase::on) return;
    if (step().kind == core::StepKind::perform)
        ask(Phase::on);
    else if (!view_)
        goTo(places_[index_].begin);  // what a step says has to be known before anybody plays on
}

bool Player::mayGoOn() const {
    if (stage_ != Stage::playing || !view_ || (!last() && places_.size() <= index_ + 1)) return false;
    const auto& mine = answer();
    switch (step().kind) {
        case core::StepKind::say:
        case core::StepKind::see:
            return true;
        case core::StepKind::predict:
            return view_->choices.empty() ? !view_->answer.known || mine.guess.has_value()
                                          : !mine.chosen.empty();
        case core::StepKind::perform:
            return mine.done;
        case core::StepKind::explain:
            return std::ranges::any_of(mine.chosen, [this](int each) {
                const auto choice = static_cast<std::size_t>(each);
                return choice < view_->choices.size() && view_->choices[choice].right;
            });
    }
    return false;
}

void Player::next() {
    if (!mayGoOn()) return;
    attempt_.answers[index_].done = true;
    progress_.keep(attempt_);
    if (last()) return leave();
    enter(index_ + 1, false);
}

void Player::back() {
    if (stage_ == Stage::playing && index_ > 0) enter(index_ - 1, true);
}

void Player::guess(double value) {
    if (stage_ != Stage::playing) return;
    attempt_.answers[index_].guess = value;
    progress_.keep(attempt_);
    emit changed();
}

void Player::choose(int choice) {
    if (stage_ != Stage::playing || !view_) return;
    auto& chosen = attempt_.answers[index_].chosen;
    if (std::ranges::find(chosen, choice) == chosen.end()) chosen.push_back(choice);
    progress_.keep(attempt_);
    emit changed();
}

void Player::hint() {
    if (stage_ != Stage::playing) return;
    auto& mine = attempt_.answers[index_];
    mine.hints = std::min(mine.hints + 1, static_cast<int>(step().hints.size()));
    progress_.keep(attempt_);
    emit changed();
}

void Player::showMe() {
    if (stage_ != Stage::playing || !view_) return;
    auto& mine = attempt_.answers[index_];
    if (!mine.done) mine.given_up = true;
    if (step().kind == core::StepKind::perform) {
        if (step().solution.empty())
            emit widgetAsked();
        else {
            goTo(places_[index_].begin);
            ask(Phase::showing);
        }
    } else if (step().kind == core::StepKind::predict && view_->answer.known) {
        guess(view_->answer.number);
    } else if (!view_->choices.empty()) {
        for (std::size_t i = 0; i < view_->choices.size(); ++i)
            if (view_->choices[i].right) choose(static_cast<int>(i));
    }
    progress_.keep(attempt_);
    emit changed();
}

void Player::setWidgetSolved(bool solved) {
    if (stage_ != Stage::playing || solved_ == solved) return;
    solved_ = solved;
    if (phase_ == Phase::on) ask(Phase::on);
}

std::string Player::answers(const QString& student) const {
    auto attempt = attempt_;
    attempt.student = student.toStdString();
    return core::attempt_json(attempt);
}

void Player::leave() {
    if (stage_ == Stage::idle) return;
    opening_.cancel();
    const bool played = stage_ == Stage::playing;
    if (played) progress_.keep(attempt_);
    end();
    if (played) state_.putBack(tr("own question"));
    emit changed();
}

void Player::end() {
    stage_ = Stage::idle;
    study_->setWatched(false);
    view_.reset();
}

void Player::fail(const std::string& problem) {
    const auto said = QString::fromStdString(problem);
    if (problem_ == said) return;
    problem_ = said;
    emit changed();
}

}  // namespace deepvm::ui::learn
