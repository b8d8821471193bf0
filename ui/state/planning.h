// SPDX-License-Identifier: GPL-3.0-or-later
// What the window knows about the exploration on show: the newest answer, or why there is none.
#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "state/desk.h"
#include "state/gui_executor.h"
#include "state/planning_job.h"

namespace deepvm::ui::state {

class Planning : public QObject {
    Q_OBJECT

  public:
    /// `worker` is given by tests that drive it by hand; otherwise it is a thread.
    explicit Planning(CatalogFiles files, std::unique_ptr<Executor> worker = nullptr,
                      QObject* parent = nullptr);
    ~Planning() override;

    /// Asks for the answer to `exploration`; what was asked before is no longer wanted.
    void explore(const Exploration& exploration);

    const std::shared_ptr<const Scene>& scene() const { return scene_; }
    /// Null until the first answer and while the exploration cannot be answered.
    const std::shared_ptr<const planner::Decision>& decision() const { return decision_; }
    const std::optional<base::Error>& error() const { return error_; }
    Desk::Notes notes() const { return desk_->notes(); }
    /// Whether the newest answer is still on its way.
    bool busy() const { return job_->busy(); }

  signals:
    void catalogOpened();    ///< notes() has the markets
    void sceneChanged();     ///< scene() is another one, or null after a failure
    void decisionChanged();  ///< decision() or error() is another one
    void settled();          ///< the newest request has ended

  private:
    void report(const Outcome<Answer>& outcome);
    void show(std::shared_ptr<const Scene> scene);

    GuiExecutor home_;
    std::shared_ptr<Desk> desk_;
    std::unique_ptr<Executor> worker_;
    std::unique_ptr<PlanningJob<Answer>> job_;
    std::optional<SceneKey> wanted_;
    std::shared_ptr<const Scene> scene_;
    std::shared_ptr<const planner::Decision> decision_;
    std::optional<base::Error> error_;
    bool opened_ = false;
};

}  // namespace deepvm::ui::state
