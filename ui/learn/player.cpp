// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/player.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "wording/format.h"

namespace deepvm::ui::learn {
namespace {

namespace core = deepvm::lessons;

// The exploration that an answer is of, as far as plans depend on it; futures are always the same ones, so
// that every student sees the same.
session::Exploration exploration_of(const state::Answer& answer) {
    auto exploration = answer.scene->key.exploration;
    exploration.budget = answer.decision->budget;
    exploration.future_runs = session::Exploration{}.future_runs;
    exploration.future_seed = session::Exploration{}.future_seed;
    return exploration;
}

bool is_of(const state::Answer& answer, const session::Exploration& exploration) {
    return answer.decision->budget == exploration.budget && answer.scene->key == state::SceneKey(exploration);
}

}  // namespace

Player::Player(state::ExplorationState& state, state::Planning& planning, const QString& folder,
               QObject* parent)
    : QObject(parent),
      state_(state),
      planning_(planning),
      progress_(folder),
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
    const auto world = core::World(exploration_of(answer), answer.scene->problem, answer.scene->frontier,
                                   answer.decision, stop)
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
    } else {
        const auto staged = core::stage(*lesson, seed, worlds, stop);
        if (!staged) return tl::unexpected(staged.error());
        result.attempt.lesson = lesson->id;
        result.attempt.seed = seed;
        result.attempt.start = staged->start;
        for (const auto& each : staged->passed_over)
            result.passedOver.push_back(fmt::format("{}: {}", core::place_of(each.market), each.why));
    }
    const auto market = worlds.market(result.attempt.start.selection, stop);
    if (!market) return tl::unexpected(market.error());
    result.attempt.prices_as_of = model::prices_as_of(**market);
    const auto done = std::ranges::find(result.attempt.answers, false, &core::StepAnswer::done);
    const auto steps = static_cast<std::size_t>(done - result.attempt.answers.begin());
    auto places =
        core::walk(*lesson, result.attempt, std::min(steps + 1, lesson->steps.size()), worlds, stop);
    if (!places) return tl::unexpected(std::move(places.error()));
    result.places = std::move(*places);
    return result;
}

void Player::begin(Shelf::LessonPtr lesson, std::optional<std::uint64_t> seed, bool anew) {
    leave();
    lesson_ = std::move(lesson);
    problem_.clear();
    passedOver_.clear();
    stage_ = Stage::staging;
    anew_ = anew;
    seed_ = seed;
    // At the start of the window the catalog may still be on its way.
    if (!planning_.notes().file.empty()) stageIt();
    emit changed();
}

void Player::stageIt() {
    auto before = anew_ ? std::nullopt : progress_.of(lesson_->id, seed_);
    // One that was finished begins again.
    if (before && before->answers.size() == lesson_->steps.size() && before->answers.back().done)
        before.reset();
    opening_.request([file = planning_.notes().file, lesson = lesson_, seed = seed_,
                      before = std::move(before)](const std::stop_token& stop) mutable {
        return open(file, lesson, seed, std::move(before), stop);
    });
}

void Player::take(const jobs::Outcome<Opened>& outcome) {
    if (outcome.ending == jobs::Ending::superseded || stage_ != Stage::staging) return;
    if (!outcome.value) {
        end();
        if (outcome.ending == jobs::Ending::failed) problem_ = QString::fromStdString(outcome.error.message);
        emit changed();
        return;
    }
    attempt_ = outcome.value->attempt;
    passedOver_ = QString::fromStdString(fmt::format("{}", fmt::join(outcome.value->passedOver, "; ")));
    places_.clear();
    for (const auto& each : outcome.value->places)
        places_.push_back({each.begin, each.kept});
    stage_ = Stage::playing;
    state_.setAside();
    if (places_.size() <= 1) places_ = {{attempt_.start, {}}};
    enter(places_.size() - 1);
}

void Player::enter(std::size_t index) {
    index_ = index;
    solved_ = false;
    view_.reset();
    problem_.clear();
    attempt_.answers.resize(std::max(attempt_.answers.size(), index + 1));
    moving_ = true;
    state_.endGesture();
    state_.set(places_[index].begin, tr("step of a lesson"));
    moving_ = false;
    study_->setWatched(true);
    ask(answer().done || step().set.empty() ? Phase::on : Phase::entering);
    emit stepBegan();
    emit changed();
}

void Player::ask(Phase phase) {
    phase_ = phase;
    study_->setQuestion(
        {lesson_, index_, phase, state_.value(), places_[index_].begin, places_[index_].kept, solved_});
}

// An answer to another exploration than the one on show says nothing about the step.
void Player::look() {
    if (stage_ != Stage::playing || study_->busy()) return;
    if (const auto* error = study_->error(); error != nullptr)
        return fail(QString::fromStdString(error->message));
    const auto* told = study_->value();
    const auto& finding = study_->finding();
    if (told == nullptr || finding->question.step != index_ || finding->question.phase != phase_ ||
        !is_of(finding->answer, state_.value()))
        return;
    if (told->go) {
        if (phase_ == Phase::entering) places_[index_].begin = *told->go;
        moving_ = true;
        state_.endGesture();
        state_.set(*told->go, tr("step of a lesson"));
        moving_ = false;
        return ask(Phase::on);
    }
    view_ = told->view;
    after_ = told->after;
    auto& mine = attempt_.answers[index_];
    if (step().kind == core::StepKind::perform && view_->reached) {
        mine.exploration = state_.value();
        mine.widget_solved = solved_;
        if (!mine.done) {
            mine.done = true;
            progress_.keep(attempt_);
        }
    }
    emit changed();
}

void Player::followExploration() {
    if (stage_ != Stage::playing || moving_) return;
    // Another session was opened: that is the person's own now.
    if (!state_.isAside()) {
        end();
        emit changed();
        return;
    }
    if (phase_ == Phase::on) ask(Phase::on);
}

void Player::next() {
    if (stage_ != Stage::playing || !view_) return;
    auto& mine = attempt_.answers[index_];
    const bool must = step().kind == core::StepKind::perform;
    if (must && !mine.done) return;
    mine.done = true;
    progress_.keep(attempt_);
    if (last()) return finish();
    // The next step begins where this one's goal was reached, whatever was played with since.
    places_.resize(index_ + 1);
    places_.push_back({must && mine.exploration ? *mine.exploration : places_[index_].begin, after_});
    enter(index_ + 1);
}

void Player::back() {
    if (stage_ == Stage::playing && index_ > 0) enter(index_ - 1);
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
            moving_ = true;
            state_.endGesture();
            state_.set(places_[index_].begin, tr("step of a lesson"));
            moving_ = false;
            ask(Phase::showing);
        }
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

void Player::finish() {
    leave();
}

void Player::leave() {
    if (stage_ == Stage::idle) return;
    opening_.cancel();
    const bool played = stage_ == Stage::playing;
    end();
    if (played) state_.putBack(tr("own question"));
    emit changed();
}

void Player::end() {
    stage_ = Stage::idle;
    study_->setWatched(false);
    view_.reset();
}

void Player::fail(const QString& problem) {
    if (problem_ == problem) return;
    problem_ = problem;
    emit changed();
}

}  // namespace deepvm::ui::learn
