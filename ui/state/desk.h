// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's desk: the open catalog and the last scene. What it hands out is immutable and shared.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "catalog/catalog.h"
#include "planner/planner.h"
#include "problem/flopp.h"
#include "session/exploration.h"
#include "session/preparation.h"
#include "state/scene_key.h"

namespace deepvm::ui::state {

/// All that does not depend on the budget.
struct Scene {
    SceneKey key;
    std::shared_ptr<const model::Market> market;
    std::shared_ptr<const problem::Problem> problem;
    std::shared_ptr<const planner::Frontier> frontier;
    std::vector<problem::FloppEntry> types;  ///< the cheapest offer of each, by falling FLOPP
};

struct Answer {
    std::shared_ptr<const Scene> scene;
    std::shared_ptr<const planner::Decision> decision;  ///< carries its budget

    bool operator==(const Answer&) const = default;
};

struct CatalogFiles {
    std::filesystem::path chosen;    ///< what the person named; empty for none
    std::filesystem::path shipped;   ///< what is there when the chosen one cannot be used
    std::filesystem::path own = {};  ///< what imports change, there or not; empty: nothing can be imported
};

class Desk {
  public:
    using Markets = std::vector<catalog::MarketSummary>;
    /// What the window shows about the catalog itself.
    struct Notes {
        std::shared_ptr<const Markets> markets;                     ///< null until the catalog is open
        std::shared_ptr<const std::vector<model::Source>> sources;  ///< of its prices; null as markets
        std::filesystem::path file;  ///< of the catalog in use; empty until it is open
        std::string notice;          ///< why the chosen catalog is not the one in use; mostly empty
    };

    explicit Desk(CatalogFiles files) : files_(std::move(files)) {}

    /// One thread only. While only the budget changes, the scene of the last answer is used again.
    base::Result<Answer> answer(const session::Exploration& exploration, const std::stop_token& stop);

    /// Any thread.
    Notes notes() const;

  private:
    std::optional<base::Error> openCatalog();
    base::Result<std::shared_ptr<const Scene>> sceneFor(const SceneKey& key, const std::stop_token& stop);

    CatalogFiles files_;
    std::optional<catalog::Catalog> catalog_;
    std::shared_ptr<const Scene> scene_;
    planner::KeptPrograms programs_;
    session::Preparation preparation_;
    mutable std::mutex notesMutex_;
    Notes notes_;
};

}  // namespace deepvm::ui::state
