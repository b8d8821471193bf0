// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/world.h"

#include "catalog/locations.h"

namespace deepvm::lessons {

World::World(session::Exploration exploration, std::shared_ptr<const problem::Problem> problem,
             std::shared_ptr<const planner::Frontier> frontier,
             std::shared_ptr<const planner::Decision> decision, std::stop_token stop)
    : exploration_(std::move(exploration)),
      problem_(std::move(problem)),
      frontier_(std::move(frontier)),
      decision_(std::move(decision)),
      stop_(std::move(stop)),
      worked_(std::make_shared<Worked>()) {}

const problem::Plan* World::plan() const {
    return decision_->ranked.empty() ? nullptr : &decision_->ranked.front();
}

base::Result<World> World::at_budget(base::Money budget) const {
    auto decision = planner::decide(*problem_, budget, stop_);
    if (!decision) return tl::unexpected(std::move(decision.error()));
    auto exploration = exploration_;
    exploration.budget = budget;
    World there(std::move(exploration), problem_, frontier_,
                std::make_shared<const planner::Decision>(std::move(*decision)), stop_);
    there.widget_ = widget_;
    return there;
}

World World::with_widget(WidgetState widget) const {
    World same = *this;
    same.widget_ = widget;
    return same;
}

const std::optional<problem::PlanRun>& World::run() const {
    const std::lock_guard lock(worked_->mutex);
    if (!worked_->run) worked_->run = plan() == nullptr ? std::nullopt : problem::job_run(*problem_, *plan());
    return *worked_->run;
}

base::Result<std::optional<explain::SimulatedPlan>> World::futures() const {
    if (plan() == nullptr) return std::nullopt;
    const std::lock_guard lock(worked_->mutex);
    if (!worked_->futures) {
        explain::SimulationRequest request;
        // Every student sees the same futures, whatever else was simulated.
        request.runs = session::Exploration{}.future_runs;
        request.seed = static_cast<std::uint64_t>(session::Exploration{}.future_seed);
        auto simulated = explain::simulate_plan(*problem_, *plan(), request, stop_);
        if (!simulated) return tl::unexpected(std::move(simulated.error()));
        worked_->futures = std::move(*simulated);
    }
    return worked_->futures;
}

base::Result<std::optional<explain::SolvedProgram>> World::program() const {
    if (plan() == nullptr) return std::nullopt;
    const std::lock_guard lock(worked_->mutex);
    if (!worked_->program) {
        auto solved = explain::solve_program(*problem_, *plan(), decision_->budget, stop_);
        if (!solved) return tl::unexpected(std::move(solved.error()));
        worked_->program = std::move(*solved);
    }
    return worked_->program;
}

base::Result<std::vector<validation::Replay>> World::replays() const {
    if (problem_->market->name != "deepvm-paper") return std::vector<validation::Replay>{};
    const std::lock_guard lock(worked_->mutex);
    if (!worked_->replays) {
        const auto folder = catalog::default_validation_folder();
        if (!folder) return tl::unexpected(folder.error());
        auto replays = validation::replays(problem_->market, *folder, stop_);
        if (!replays) return tl::unexpected(std::move(replays.error()));
        worked_->replays = std::move(*replays);
    }
    return *worked_->replays;
}

base::Result<std::shared_ptr<const model::Market>> Worlds::market(const catalog::Selection& selection,
                                                                  const std::stop_token& stop) {
    return preparation_.market(catalog_, selection, stop);
}

base::Result<World> Worlds::of(const session::Exploration& exploration, const std::stop_token& stop) {
    auto asked = exploration;
    asked.budget = {};
    if (!prepared_ || asked_ != asked) {
        auto prepared = preparation_.of(catalog_, asked, stop);
        if (!prepared) return tl::unexpected(std::move(prepared.error()));
        prepared_ = std::move(*prepared);
        asked_ = std::move(asked);
    }
    auto decision = planner::decide(*prepared_->problem, exploration.budget, programs_, stop);
    if (!decision) return tl::unexpected(std::move(decision.error()));
    return World(exploration, prepared_->problem, prepared_->frontier,
                 std::make_shared<const planner::Decision>(std::move(*decision)), stop);
}

}  // namespace deepvm::lessons
