// SPDX-License-Identifier: GPL-3.0-or-later
// A longer look at the answer on show, for a view that is mostly hidden: worked out in the background, and
// only while somebody looks.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>

#include "state/planning.h"

namespace deepvm::ui::state {

/// What all studies have in common: when to ask. Templates cannot have signals.
class Study : public QObject {
    Q_OBJECT

  public:
    /// Whether a view of it is on show. What is not watched is not worked out.
    void setWatched(bool watched);
    bool watched() const { return watched_; }
    /// Whether a newer finding is on its way.
    virtual bool busy() const = 0;

    /// Ends what is under way: the finding stays as it is until the next answer, or again().
    void stop();
    /// Takes up what was stopped.
    void again() { follow(); }

  signals:
    void changed();  ///< value() is another one

  protected:
    /// Asks once the answer has stayed the same for `quiet`: a short study follows a drag, a long one waits
    /// for its end.
    Study(Planning& planning, std::chrono::milliseconds quiet, QObject* parent);

    /// What the window shows now is `answer`; null while it shows none.
    virtual void ask(const Answer& answer) = 0;
    virtual void drop() = 0;
    virtual void cancel() = 0;
    bool pausing() const { return pause_.isActive(); }

  private:
    void follow();

    Planning& planning_;
    QTimer pause_;
    bool watched_ = false;
};

/// One value about one answer, newest answer wins. GUI thread; the work runs on a thread of its own and only
/// reads what it is given.
template <typename Value>
class StudyOf final : public Study {
  public:
    using Work = std::function<base::Result<Value>(const Answer&, const std::stop_token&)>;
    /// A value with the answer that it speaks of: it may be older than the one on show while the next is on
    /// its way.
    struct Finding {
        Answer answer;
        Value value;
    };

    /// `worker` is given by tests that drive it by hand.
    StudyOf(Planning& planning, Work work, std::chrono::milliseconds quiet = {},
            std::unique_ptr<Executor> worker = nullptr, QObject* parent = nullptr)
        : Study(planning, quiet, parent),
          work_(std::move(work)),
          worker_(worker ? std::move(worker) : std::make_unique<ThreadExecutor>()),
          job_(std::make_unique<PlanningJob<Finding>>(
              *worker_, home_, [this](const Outcome<Finding>& outcome) { report(outcome); })) {}
    ~StudyOf() override {
        job_.reset();     // asks the running work to stop ...
        worker_.reset();  // ... and waits for it
    }

    /// Null until the first one, and when there is no answer to study.
    const std::shared_ptr<const Finding>& finding() const { return finding_; }
    bool busy() const override { return pausing() || job_->busy(); }

  protected:
    void ask(const Answer& answer) override {
        if (finding_ && finding_->answer.decision == answer.decision) return;
        job_->request([work = work_, answer](const std::stop_token& stop) -> base::Result<Finding> {
            return work(answer, stop).map([&](Value value) { return Finding{answer, std::move(value)}; });
        });
    }
    void cancel() override { job_->cancel(); }
    void drop() override {
        cancel();
        set(nullptr);
    }

  private:
    void report(const Outcome<Finding>& outcome) {
        if (outcome.ending == Ending::done) set(std::make_shared<const Finding>(*outcome.value));
        if (outcome.ending == Ending::failed) set(nullptr);
    }
    void set(std::shared_ptr<const Finding> finding) {
        if (!finding && !finding_) return;
        finding_ = std::move(finding);
        emit changed();
    }

    Work work_;
    GuiExecutor home_;
    std::unique_ptr<Executor> worker_;
    std::unique_ptr<PlanningJob<Finding>> job_;
    std::shared_ptr<const Finding> finding_;
};

}  // namespace deepvm::ui::state
