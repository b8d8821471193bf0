// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/planning.h"

namespace deepvm::ui::state {

Planning::Planning(CatalogFiles files, std::unique_ptr<Executor> worker, QObject* parent)
    : QObject(parent),
      desk_(std::make_shared<Desk>(std::move(files))),
      worker_(worker ? std::move(worker) : std::make_unique<ThreadExecutor>()),
      job_(std::make_unique<PlanningJob<Answer>>(
          *worker_, home_, [this](const Outcome<Answer>& outcome) { report(outcome); })) {}

Planning::~Planning() {
    job_.reset();     // asks the running work to stop ...
    worker_.reset();  // ... and waits for it, while home_ and desk_ are still there
}

void Planning::explore(const Exploration& exploration) {
    const SceneKey key(exploration);
    // A scene that is being made is needed by every budget on it; anything else that runs is out of date.
    const bool making = wanted_ == key && !(scene_ && scene_->key == key);
    wanted_ = key;
    job_->request(
        [desk = desk_, exploration](const std::stop_token& stop) { return desk->answer(exploration, stop); },
        making ? Running::finish : Running::stop);
}

void Planning::report(const Outcome<Answer>& outcome) {
    if (const bool open = notes().markets != nullptr; open && !opened_) {
        opened_ = true;
        emit catalogOpened();
    }
    switch (outcome.ending) {
        case Ending::done:
            error_.reset();
            decision_ = outcome.value->decision;
            show(outcome.value->scene);
            emit decisionChanged();
            break;
        case Ending::failed:
            error_ = outcome.error;
            decision_.reset();
            show(nullptr);
            emit decisionChanged();
            break;
        case Ending::superseded:
            // Its budget is out of date and never shown, but the scene may be the one that is waited for.
            if (outcome.value && outcome.value->scene->key == wanted_) {
                error_.reset();
                show(outcome.value->scene);
            }
            break;
        case Ending::cancelled:
            break;
    }
    if (outcome.ending != Ending::superseded) emit settled();
}

void Planning::show(std::shared_ptr<const Scene> scene) {
    if (scene == scene_) return;
    scene_ = std::move(scene);
    emit sceneChanged();
}

}  // namespace deepvm::ui::state
