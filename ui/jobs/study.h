// SPDX-License-Identifier: GPL-3.0-or-later
// A longer look at the answer on show, for a view that is mostly hidden: worked out in the background, and
// only while somebody looks.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "jobs/background_job.h"
#include "jobs/gui_executor.h"

namespace deepvm::ui::jobs {

class Study;

/// Who has the answers that are studied, and where that is done.
class AnswerSource : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;

    /// Where studies run, all on one thread, which starts with the first piece of work. What runs there has
    /// ended when the source is gone.
    Executor& studyWorker() { return studyWorker_; }
    /// Where studies report.
    Executor& home() { return home_; }
    /// A study is known from its beginning to its end, which comes before that of the source.
    void enlist(const Study& study) { studies_.push_back(&study); }
    void dismiss(const Study& study) { std::erase(studies_, &study); }
    /// Whether a finding of a study is still on its way.
    bool studying() const;

  signals:
    void answerChanged();  ///< there is another answer on show, or none any more

  private:
    GuiExecutor home_;
    std::vector<const Study*> studies_;
    ThreadExecutor studyWorker_;  // last: what runs there reports to `home_`
};

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
    Study(AnswerSource& source, std::chrono::milliseconds quiet, QObject* parent);

    /// What the window shows, or the question, is another one.
    void follow();
    bool pausing() const { return pause_.isActive(); }

    virtual void ask() = 0;
    virtual void drop() = 0;
    virtual void cancel() = 0;
    /// Whether there is an answer on show.
    virtual bool answered() const = 0;
    /// Whether the finding speaks of the answer on show and of the question.
    virtual bool found() const = 0;
    virtual void forgetFailure() = 0;

  private:
    void aim();

    AnswerSource& source_;
    QTimer pause_;
    bool watched_ = false;
    bool stopped_ = false;
};

/// The question of a study that looks at nothing but the answer.
using NoQuestion = std::monostate;

/// What a question finds out about one answer; the newest pair of both wins. GUI thread; the work runs on the
/// thread that all studies share, only reads what it is given, and may outlive the study, but not `source`.
/// Source::answer() gives the answer on show, nullopt where there is none; equal answers are the same one.
template <typename Source, typename Question, typename Value>
class StudyOf final : public Study {
  public:
    using Answer = typename decltype(std::declval<const Source&>().answer())::value_type;
    using Work = std::function<base::Result<Value>(const Answer&, const Question&, const std::stop_token&)>;
    /// With the answer and the question that it speaks of: they may be older than those on show while the
    /// next finding is on its way. `value` says why where there is none.
    struct Finding {
        Answer answer;
        Question question;
        base::Result<Value> value;
    };

    StudyOf(Source& source, Question question, Work work, std::chrono::milliseconds quiet = {},
            QObject* parent = nullptr)
        : Study(source, quiet, parent),
          source_(source),
          question_(std::move(question)),
          work_(std::move(work)),
          job_(source.studyWorker(), source.home(),
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
    void ask() override {
        asked_ = {*source_.answer(), question_};
        job_.request([work = work_, asked = asked_](const std::stop_token& stop) {
            return work(asked.first, asked.second, stop);
        });
    }
    void cancel() override { job_.cancel(); }
    void drop() override { set(nullptr); }
    bool answered() const override { return source_.answer().has_value(); }
    bool found() const override {
        return finding_ && finding_->answer == source_.answer() && finding_->question == question_;
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

    const Source& source_;
    Question question_;
    Work work_;
    std::pair<Answer, Question> asked_;
    std::shared_ptr<const Finding> finding_;
    BackgroundJob<Value> job_;  // last: what it reports to must be there
};

}  // namespace deepvm::ui::jobs
