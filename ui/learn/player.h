// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "jobs/background_job.h"
#include "learn/progress.h"
#include "learn/shelf.h"
#include "lessons/staging.h"
#include "lessons/walk.h"
#include "state/exploration_state.h"
#include "state/planning.h"

namespace deepvm::ui::learn {

/// Plays one lesson in the window: it sets the exploration, looks at every answer whether the goal of the
/// step is reached, and puts the person's own exploration back in the end.
class Player : public QObject {
    Q_OBJECT

  public:
    enum class Stage {
        idle,
        staging,  ///< whether and where it can be played is being found out
        playing,
    };

    Player(state::ExplorationState& state, state::Planning& planning, const QString& folder,
           QObject* parent = nullptr);

    Progress& progress() { return progress_; }

    /// From where it was left, or from its beginning. Whatever was played is left first.
    void begin(Shelf::LessonPtr lesson, std::optional<std::uint64_t> seed, bool anew = false);
    /// The person's own exploration comes back; the place in the lesson stays known.
    void leave();

    Stage stage() const { return stage_; }
    /// Why a lesson could not be begun, or a step not be worked out; mostly empty.
    const QString& problem() const { return problem_; }
    const Shelf::LessonPtr& lesson() const { return lesson_; }
    const deepvm::lessons::Attempt& attempt() const { return attempt_; }
    /// What is to be known when it begins: where it is not played, and that it begins again; mostly empty.
    const QString& note() const { return note_; }

    /// From 0; only while playing.
    std::size_t index() const { return index_; }
    const deepvm::lessons::Step& step() const { return lesson_->steps[index_]; }
    bool last() const { return index_ + 1 == lesson_->steps.size(); }
    const deepvm::lessons::StepAnswer& answer() const { return attempt_.answers[index_]; }
    /// Null while the step is on its way.
    const deepvm::lessons::StepView* view() const { return view_ ? &*view_ : nullptr; }
    bool busy() const { return stage_ == Stage::staging || (stage_ == Stage::playing && study_->busy()); }

    /// Whether the step is done with.
    bool mayGoOn() const;
    void next();
    void back();
    void guess(double value);
    void choose(int choice);
    void hint();
    void showMe();
    void setWidgetSolved(bool solved);

    /// The answers as they are handed in.
    std::string answers(const QString& student) const;

  signals:
    void changed();
    void widgetAsked();                    ///< what the step shows of its own is to solve itself
    void stepBegan();                      ///< another step is on show: its page and its part of the window
    void notKept(const QString& problem);  ///< what was done is known until the window closes only

  private:
    enum class Phase {
        entering,  ///< what the step sets is on its way
        on,
        showing,  ///< what the solution sets is on its way
    };
    struct Question {
        Shelf::LessonPtr lesson;
        std::size_t step = 0;
        Phase phase = Phase::entering;
        session::Exploration now;  ///< that the answer has to be of
        session::Exploration begin;
        deepvm::lessons::Kept kept;
        bool solved = false;

        bool operator==(const Question&) const = default;
    };
    struct Told {
        std::optional<session::Exploration> go;
        deepvm::lessons::StepView view;
        deepvm::lessons::Kept after;
    };
    struct Opened {
        deepvm::lessons::Attempt attempt;
        std::vector<deepvm::lessons::Walked> places;  ///< of the steps before the one to go on with
        std::vector<std::string> notes;
    };
    using Study = state::StudyOf<Question, Told>;

    static base::Result<Told> work(const state::Answer& answer, const Question& question,
                                   const std::stop_token& stop);
    static base::Result<Opened> open(const std::filesystem::path& catalog, const Shelf::LessonPtr& lesson,
                                     std::optional<std::uint64_t> seed,
                                     std::optional<deepvm::lessons::Attempt> before,
                                     const std::stop_token& stop);
    void stageIt();
    void take(const jobs::Outcome<Opened>& outcome);
    /// `set`: what the step sets is in its place already.
    void enter(std::size_t index, bool set);
    void goTo(const session::Exploration& exploration);
    void earn(const deepvm::lessons::Kept& kept);
    void ask(Phase phase);
    void look();
    void followExploration();
    void end();
    void fail(const std::string& problem);

    state::ExplorationState& state_;
    state::Planning& planning_;
    Progress progress_;
    Stage stage_ = Stage::idle;
    QString problem_;
    QString note_;
    Shelf::LessonPtr lesson_;
    deepvm::lessons::Attempt attempt_;
    struct Place {
        session::Exploration begin;
        deepvm::lessons::Kept kept;
    };
    std::vector<Place> places_;  ///< of the steps up to this one, and of the next where it is earned
    std::optional<std::uint64_t> seed_;
    bool anew_ = false;
    std::size_t index_ = 0;
    Phase phase_ = Phase::entering;
    bool solved_ = false;
    bool moving_ = false;  ///< the exploration is being set by the lesson
    std::optional<deepvm::lessons::StepView> view_;
    Study* study_;
    jobs::ThreadExecutor worker_;
    jobs::BackgroundJob<Opened> opening_;  // last: what it reports to must be there
};

}  // namespace deepvm::ui::learn
