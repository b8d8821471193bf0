// SPDX-License-Identifier: GPL-3.0-or-later
// A longer look at the answer on show, for a view that is mostly hidden: worked out in the background, and
// only while somebody looks.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <utility>
#include <variant>

#include "state/planning.h"

namespace deepvm::ui::state {

/// What all studies have in common: when to ask. Templates cannot have signals.
class Study : public QObject {
    Q_OBJECT

  public:
    ~Study() override;

    /// Whether a view of it is on show. What is not watched is not worked out.
    void setWatched(bool watched);
    bool watched() const { return watched_; }
    /// Whether a newer finding is on its way.
    virtual bool busy() const = 0;

    /// Ends what is under way: the finding stays as it is until the next answer or question, or again().
    void stop();
    bool stopped() const { return stopped_; }
    /// Takes up what was stopped, and tries once more what could not be worked out.
    void again();

  signals:
    void changed();  ///< finding() is another one, or what was on its way has ended without one

  protected:
    /// Asks once answer and question have stayed the same for `quiet`: a short study follows a drag, a long
    /// one waits for its end.
    Study(Planning& planning, std::chrono::milliseconds quiet, QObject* parent);

    /// What the window shows, or the question, is another one.
    void follow();
    bool pausing() const { return pause_.isActive(); }
    Planning& planning() const { return planning_; }

    virtual void ask(const Answer& answer) = 0;
    virtual void drop() = 0;
    virtual void cancel() = 0;
    /// Whether the finding speaks of `answer` and of the question.
    virtual bool found(const Answer& answer) const = 0;
    virtual void forgetFailure() = 0;

  private:
    void aim();
    Answer answer() const { return {planning_.scene(), planning_.decision()}; }

    Planning& planning_;
    QTimer pause_;
    bool watched_ = false;
    bool stopped_ = false;
};

/// The question of a study that looks at nothing but the answer.
using NoQuestion = std::monostate;

/// What a question finds out about one answer; the newest pair of both wins. GUI thread; the work runs on the
/// thread that all studies share, only reads what it is given, and may outlive the study, but not `planning`.
template <typename Question, typename Value>
class StudyOf final : public Study {
  public:
    using Work = std::function<base::Result<Value>(const Answer&, const Question&, const std::stop_token&)>;
    /// With the answer and the question that it speaks of: they may be older than those on show while the
    /// next finding is on its way. `value` says why where there is none.
    struct Finding {
        Answer answer;
        Question question;
        base::Result<Value> value;
    };

    StudyOf(Planning& planning, Question question, Work work, std::chrono::milliseconds quiet = {},
            QObject* parent = nullptr)
        : Study(planning, quiet, parent),
          question_(std::move(question)),
          work_(std::move(work)),
          job_(planning.studyWorker(), planning.home(),
               [this](const Outcome<Value>& outcome) { report(outcome); }) {}

    const Question& question() const { return question_; }
    void setQuestion(Question question) {
        if (question == question_) return;
        question_ = std::move(question);
        follow();
    }

    /// Null until the first one, and when there is no answer to study.
    const std::shared_ptr<const Finding>& finding() const { return finding_; }
    /// The value of the finding; null where there is none.
    const Value* value() const { return finding_ && finding_->value ? &*finding_->value : nullptr; }
    /// Why the finding, which is of what is on show, has no value; else null.
    const base::Error* error() const {
        return finding_ && !finding_->value && !busy() ? &finding_->value.error() : nullptr;
    }
    bool busy() const override { return pausing() || job_.busy(); }

  protected:
    void ask(const Answer& answer) override {
        asked_ = {answer, question_};
        job_.request([work = work_, asked = asked_](const std::stop_token& stop) {
            return work(asked.first, asked.second, stop);
        });
    }
    void cancel() override { job_.cancel(); }
    void drop() override { set(nullptr); }
    bool found(const Answer& answer) const override {
        return finding_ && finding_->answer.decision == answer.decision && finding_->question == question_;
    }
    void forgetFailure() override {
        if (finding_ && !finding_->value) set(nullptr);
    }

  private:
    void report(const Outcome<Value>& outcome) {
        if (outcome.ending == Ending::superseded) return;
        if (outcome.ending == Ending::cancelled) {
            emit changed();
            return;
        }
        // Nothing but the newest request ends like this, and it is the one that `asked_` says.
        base::Result<Value> value = outcome.value ? base::Result<Value>(*outcome.value)
                                                  : base::Result<Value>(tl::unexpected(outcome.error));
        set(std::make_shared<const Finding>(Finding{asked_.first, asked_.second, std::move(value)}));
    }
    void set(std::shared_ptr<const Finding> finding) {
        if (!finding && !finding_) return;
        finding_ = std::move(finding);
        emit changed();
    }

    Question question_;
    Work work_;
    std::pair<Answer, Question> asked_;
    std::shared_ptr<const Finding> finding_;
    PlanningJob<Value> job_;  // last: what it reports to must be there
};

}  // namespace deepvm::ui::state
