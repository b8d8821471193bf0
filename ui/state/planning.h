// SPDX-License-Identifier: GPL-3.0-or-later
// What the window knows about the exploration on show: the newest answer, or why there is none.
#pragma once

#include <memory>
#include <optional>

#include "jobs/background_job.h"
#include "jobs/study.h"
#include "state/desk.h"

namespace deepvm::ui::state {

class Planning : public jobs::AnswerSource {
    Q_OBJECT

  public:
    /// `worker` is given by tests that drive it by hand; otherwise it is a thread.
    explicit Planning(CatalogFiles files, std::unique_ptr<jobs::Executor> worker = nullptr,
                      QObject* parent = nullptr);
    ~Planning() override;

    /// Asks for the answer to `exploration`; what was asked before is no longer wanted. Nothing happens when
    /// that has the same answer, which is on show or on its way.
    void explore(const session::Exploration& exploration);

    const std::shared_ptr<const Scene>& scene() const { return scene_; }
    /// Null until the first answer and while the exploration cannot be answered.
    const std::shared_ptr<const planner::Decision>& decision() const { return decision_; }
    /// Both of them, or nullopt.
    std::optional<Answer> answer() const;
    const std::optional<base::Error>& error() const { return error_; }
    Desk::Notes notes() const { return desk_->notes(); }
    const CatalogFiles& files() const { return files_; }
    /// Reads the catalog anew, from these files, and asks once more what was asked last; until the answer is
    /// there the old one stays on show. catalogOpened() comes again.
    void reopen(CatalogFiles files);
    /// Whether the newest answer is still on its way.
    bool busy() const { return job_->busy(); }

  signals:
    void catalogOpened();  ///< notes() has the markets; another exploration may be asked for
    void sceneChanged();   ///< scene() is another one, or null after a failure; answerChanged() follows
    void settled();        ///< the newest request has ended

  private:
    void report(const jobs::Outcome<Answer>& outcome);
    void show(std::shared_ptr<const Scene> scene, std::shared_ptr<const planner::Decision> decision);

    CatalogFiles files_;
    std::shared_ptr<Desk> desk_;
    std::unique_ptr<jobs::Executor> worker_;
    std::unique_ptr<jobs::BackgroundJob<Answer>> job_;
    std::optional<SceneKey> wanted_;
    base::Money wantedBudget_;
    std::optional<session::Exploration> asked_;  ///< the last, whole
    std::shared_ptr<const Scene> scene_;
    std::shared_ptr<const planner::Decision> decision_;
    std::optional<base::Error> error_;
    bool opened_ = false;
};

template <typename Question, typename Value>
using StudyOf = jobs::StudyOf<Planning, Question, Value>;

}  // namespace deepvm::ui::state
