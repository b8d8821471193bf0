// SPDX-License-Identifier: GPL-3.0-or-later
// What is on show at one moment: an exploration with its answer, of which lessons ask.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "base/error.h"
#include "catalog/catalog.h"
#include "explain/simulation.h"
#include "explain/solved_program.h"
#include "lessons/expression.h"
#include "planner/planner.h"
#include "problem/plan_run.h"
#include "session/preparation.h"
#include "validation/replay.h"

namespace deepvm::lessons {

/// What the widget of a step says of itself.
struct WidgetState {
    bool solved = false;

    bool operator==(const WidgetState&) const = default;
};

/// Immutable but for what it works out when asked first. Copies share that. Thread-safe.
class World {
  public:
    World(session::Exploration exploration, std::shared_ptr<const problem::Problem> problem,
          std::shared_ptr<const planner::Frontier> frontier,
          std::shared_ptr<const planner::Decision> decision, std::stop_token stop = {});

    const session::Exploration& exploration() const { return exploration_; }
    const problem::Problem& problem() const { return *problem_; }
    const planner::Frontier& frontier() const { return *frontier_; }
    const planner::Decision& decision() const { return *decision_; }
    /// The first plan; null where nothing fits.
    const problem::Plan* plan() const;

    /// The same at another budget.
    base::Result<World> at_budget(base::Money budget) const;
    /// Seen from a step whose widget says so.
    World with_widget(WidgetState widget) const;
    const WidgetState& widget() const { return widget_; }

    /// Of the first plan; nothing where there is none or its job is not known.
    const std::optional<problem::PlanRun>& run() const;
    base::Result<std::optional<explain::SimulatedPlan>> futures() const;
    base::Result<std::optional<explain::SolvedProgram>> program() const;

    /// Of the published data set of the paper; none in any other market.
    base::Result<std::vector<validation::Replay>> replays() const;

  private:
    struct Worked {
        std::mutex mutex;
        std::optional<std::optional<problem::PlanRun>> run;
        std::optional<explain::SimulatedPlan> futures;
        std::optional<explain::SolvedProgram> program;
        std::optional<std::vector<validation::Replay>> replays;
    };
    session::Exploration exploration_;
    std::shared_ptr<const problem::Problem> problem_;
    std::shared_ptr<const planner::Frontier> frontier_;
    std::shared_ptr<const planner::Decision> decision_;
    std::stop_token stop_;
    WidgetState widget_;
    std::shared_ptr<Worked> worked_;
};

/// Makes worlds, and keeps what the next one can use of the last. For one thread.
class Worlds {
  public:
    /// `catalog` outlives this.
    explicit Worlds(const catalog::Catalog& catalog) : catalog_(catalog) {}

    const catalog::Catalog& catalog() const { return catalog_; }
    base::Result<std::shared_ptr<const model::Market>> market(const catalog::Selection& selection,
                                                              const std::stop_token& stop);
    /// Refuses what the planner refuses.
    base::Result<World> of(const session::Exploration& exploration, const std::stop_token& stop);

  private:
    const catalog::Catalog& catalog_;
    session::Preparation preparation_;
    planner::KeptPrograms programs_;
    session::Exploration asked_;                 ///< with a budget of 0
    std::optional<session::Prepared> prepared_;  ///< of that
};

}  // namespace deepvm::lessons
