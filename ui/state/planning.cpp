// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/planning.h"

#include <algorithm>

#include "state/study.h"

namespace deepvm::ui::state {

Planning::Planning(CatalogFiles files, std::unique_ptr<Executor> worker, QObject* parent)
    : QObject(parent),
      desk_(std::make_shared<Desk>(std::move(files))),
      worker_(worker ? std::move(worker) : std::make_unique<ThreadExecutor>()),
      studyWorker_(std::make_unique<ThreadExecutor>()),
      job_(std::make_unique<PlanningJob<Answer>>(
          *worker_, home_, [this](const Outcome<Answer>& outcome) { report(outcome); })) {}

Planning::~Planning() {
    job_.reset();          // asks the running work to stop ...
    worker_.reset();       // ... and waits for it, while home_ and desk_ are still there
    studyWorker_.reset();  // the studies have asked theirs to stop
}

void Planning::explore(const Exploration& exploration) {
    const SceneKey key(exploration);
    // What could not be answered is tried once more: the reason may be gone.
    if (wanted_ == key && wantedBudget_ == exploration.budget && !error_) return;
    // A scene that is being made is needed by every budget on it; anything else that runs is out of date.
    const bool making = wanted_ == key && !(scene_ && scene_->key == key);
    wanted_ = key;
    wantedBudget_ = exploration.budget;
    job_->request(
        [desk = desk_, exploration](const std::stop_token& stop) { return desk->answer(exploration, stop); },
        making ? Running::finish : Running::stop);
}

bool Planning::studying() const {
    return std::ranges::any_of(studies_, [](const Study* study) { return study->busy(); });
}

void Planning::report(const Outcome<Answer>& outcome) {
    if (const bool open = notes().markets != nullptr; open && !opened_) {
        opened_ = true;
        emit catalogOpened();
        // Who saw the catalog has asked for something that it has.
        if (outcome.ending == Ending::failed && job_->busy()) return;
    }
    switch (outcome.ending) {
        case Ending::done:
            error_.reset();
            show(outcome.value->scene, outcome.value->decision);
            break;
        case Ending::failed:
            error_ = outcome.error;
            show(nullptr, nullptr);
            break;
        case Ending::superseded:
            // Its budget is out of date, but the scene may be the one that is waited for. A scene is never
            // shown beside the decision of another one.
            if (outcome.value && outcome.value->scene->key == wanted_ && outcome.value->scene != scene_) {
                error_.reset();
                show(outcome.value->scene, outcome.value->decision);
            }
            break;
        case Ending::cancelled:
            break;
    }
    if (outcome.ending != Ending::superseded) emit settled();
}

void Planning::show(std::shared_ptr<const Scene> scene, std::shared_ptr<const planner::Decision> decision) {
    const bool other = scene != scene_;
    scene_ = std::move(scene);
    decision_ = std::move(decision);
    if (other) emit sceneChanged();
    emit decisionChanged();
}

}  // namespace deepvm::ui::state
