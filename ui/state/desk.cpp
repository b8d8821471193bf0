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
    const auto market = preparation_.market(*catalog_, key.exploration.selection, stop);
    if (!market) return tl::unexpected(market.error());
    auto asked = key.exploration;
    // One that was remembered from another catalog; without this no choice in the window led out of it.
    if (!problem::find_workload(**market, session::to_request(asked, **market)))
        asked.workload = session::Exploration{}.workload;
    auto prepared = preparation_.of(*catalog_, asked, stop);
    if (!prepared) return tl::unexpected(std::move(prepared.error()));
    scene_ = std::make_shared<const Scene>(
        Scene{key, prepared->market, prepared->problem, prepared->frontier,
              problem::cheapest_offers(problem::flopp_ranking(*prepared->problem))});
    return scene_;
}

}  // namespace deepvm::ui::state
