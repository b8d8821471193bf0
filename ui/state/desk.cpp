// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/desk.h"
#include "planner/decision.h"

namespace deepvm::ui::state {

base::Result<Answer> Desk::answer(const session::Exploration& exploration, const std::stop_token& stop) {
    if (!catalog_)
        if (auto error = openCatalog()) return tl::unexpected(std::move(*error));
    auto scene = sceneFor(SceneKey(exploration), stop);
    if (!scene) return tl::unexpected(std::move(scene.error()));
    auto decision = planner::decide(*(*scene)->problem, exploration.budget, programs_, stop);
    if (!decision) return tl::unexpected(std::move(decision.error()));
    return Answer{*scene, std::make_shared<const planner::Decision>(std::move(*decision))};
}

Desk::Notes Desk::notes() const {
    const std::lock_guard lock(notesMutex_);
    return notes_;
}

std::optional<base::Error> Desk::openCatalog() {
    std::string notice;
    if (!files_.chosen.empty()) {
        auto opened = catalog::Catalog::open(files_.chosen);
        if (opened)
            catalog_ = std::move(*opened);
        else
            notice = opened.error().message + ". Showing the shipped catalog instead";
    }
    if (!catalog_) {
        auto opened = catalog::Catalog::open(files_.shipped);
        if (!opened) return std::move(opened.error());
        catalog_ = std::move(*opened);
    }
    const std::lock_guard lock(notesMutex_);
    notes_ = Notes{std::make_shared<const Markets>(catalog_->markets()),
                   std::make_shared<const std::vector<model::Source>>(catalog_->sources()), catalog_->file(),
                   std::move(notice)};
    return std::nullopt;
}

base::Result<std::shared_ptr<const Scene>> Desk::sceneFor(const SceneKey& key, const std::stop_token& stop) {
    if (scene_ && scene_->key == key) return scene_;
    auto market = scene_ && scene_->key.exploration.selection == key.exploration.selection
                      ? base::Result<std::shared_ptr<const model::Market>>(scene_->market)
                      : catalog_->load(key.exploration.selection, stop);
    if (!market) return tl::unexpected(std::move(market.error()));
    auto request = session::to_request(key.exploration, **market);
    // One that was remembered from another catalog; without this no choice in the window led out of it.
    if (!problem::find_workload(**market, request)) request.workload = session::Exploration{}.workload;
    auto problem = problem::make_problem(*market, request, stop, &kept_);
    if (!problem) return tl::unexpected(std::move(problem.error()));
    auto frontier = planner::frontier(**problem, session::least_budget, session::most_budget, stop);
    if (!frontier) return tl::unexpected(std::move(frontier.error()));
    scene_ = std::make_shared<const Scene>(
        Scene{key, *market, *problem, std::make_shared<const planner::Frontier>(std::move(*frontier)),
              problem::cheapest_offers(problem::flopp_ranking(**problem))});
    return scene_;
}

}  // namespace deepvm::ui::state
