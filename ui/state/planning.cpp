// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/planning.h"

namespace deepvm::ui::state {

using jobs::Ending;

Planning::Planning(CatalogFiles files, std::unique_ptr<jobs::Executor> worker, QObject* parent)
    : AnswerSource(parent),
      files_(std::move(files)),
      desk_(std::make_shared<Desk>(files_)),
      worker_(worker ? std::move(worker) : std::make_unique<jobs::ThreadExecutor>()),
      job_(std::make_unique<jobs::BackgroundJob<Answer>>(
          *worker_, home(), [this](const jobs::Outcome<Answer>& outcome) { report(outcome); })) {}

Planning::~Planning() {
    job_.reset();     // asks the running work to stop ...
    worker_.reset();  // ... and waits for it, while home() and desk_ are still there
}

void Planning::explore(const session::Exploration& exploration) {
    const SceneKey key(exploration);
    // What could not be answered is tried once more: the reason may be gone.
    if (wanted_ == key && wantedBudget_ == exploration.budget && !error_) return;
    // A scene that is being made is needed by every budget on it; anything else that runs is out of date.
    const bool making = wanted_ == key && !(scene_ && scene_->key == key);
    wanted_ = key;
    wantedBudget_ = exploration.budget;
    asked_ = exploration;
    job_->request(
        [desk = desk_, exploration](const std::stop_token& stop) { return desk->answer(exploration, stop); },
        making ? jobs::Running::finish : jobs::Running::stop);
}

void Planning::reopen(CatalogFiles files) {
    files_ = std::move(files);
    // What runs at the old desk keeps it until it has stopped.
    desk_ = std::make_shared<Desk>(files_);
    opened_ = false;
    wanted_.reset();
    if (const auto again = asked_) explore(*again);
}

std::optional<Answer> Planning::answer() const {
    if (!scene_ || !decision_) return std::nullopt;
    return Answer{scene_, decision_};
}

void Planning::report(const jobs::Outcome<Answer>& outcome) {
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
    emit answerChanged();
}

}  // namespace deepvm::ui::state
