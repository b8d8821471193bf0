// SPDX-License-Identifier: GPL-3.0-or-later
// What the window knows about the exploration on show: the newest answer, or why there is none.
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "state/desk.h"
#include "state/gui_executor.h"
#include "state/planning_job.h"

namespace deepvm::ui::state {

class Study;

class Planning : public QObject {
    Q_OBJECT

  public:
    /// `worker` is given by tests that drive it by hand; otherwise it is a thread.
    explicit Planning(CatalogFiles files, std::unique_ptr<Executor> worker = nullptr,
                      QObject* parent = nullptr);
    ~Planning() override;

    /// Asks for the answer to `exploration`; what was asked before is no longer wanted. Nothing happens when
    /// that has the same answer, which is on show or on its way.
    void explore(const Exploration& exploration);

    const std::shared_ptr<const Scene>& scene() const { return scene_; }
    /// Null until the first answer and while the exploration cannot be answered.
    const std::shared_ptr<const planner::Decision>& decision() const { return decision_; }
    const std::optional<base::Error>& error() const { return error_; }
    Desk::Notes notes() const { return desk_->notes(); }
    /// Whether the newest answer is still on its way.
    bool busy() const { return job_->busy(); }

    /// Where studies of the answers run, all on one thread, which starts with the first piece of work. What
    /// runs there has ended when the planning is gone.
    Executor& studyWorker() { return *studyWorker_; }
    /// Where studies report.
    Executor& home() { return home_; }
    /// A study is known from its beginning to its end, which comes before that of the planning.
    void enlist(const Study& study) { studies_.push_back(&study); }
    void dismiss(const Study& study) { std::erase(studies_, &study); }
    /// Whether a finding of a study is still on its way.
    bool studying() const;

  signals:
    void catalogOpened();    ///< notes() has the markets; another exploration may be asked for
    void sceneChanged();     ///< scene() is another one, or null after a failure
    void decisionChanged();  ///< decision() or error() is another one
    void settled();          ///< the newest request has ended

  private:
    void report(const Outcome<Answer>& outcome);
    void show(std::shared_ptr<const Scene> scene, std::shared_ptr<const planner::Decision> decision);

    GuiExecutor home_;
    std::shared_ptr<Desk> desk_;
    std::unique_ptr<Executor> worker_;
    std::unique_ptr<Executor> studyWorker_;
    std::unique_ptr<PlanningJob<Answer>> job_;
    std::vector<const Study*> studies_;
    std::optional<SceneKey> wanted_;
    base::Money wantedBudget_;
    std::shared_ptr<const Scene> scene_;
    std::shared_ptr<const planner::Decision> decision_;
    std::optional<base::Error> error_;
    bool opened_ = false;
};

}  // namespace deepvm::ui::state
