// SPDX-License-Identifier: GPL-3.0-or-later
// From an exploration to what is asked of the planner: market, problem and frontier, made ready once for all
// budgets.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "base/error.h"
#include "catalog/catalog.h"
#include "planner/planner.h"
#include "problem/kept_parts.h"
#include "session/exploration.h"

namespace deepvm::session {

/// All that does not depend on the budget.
struct Prepared {
    std::shared_ptr<const model::Market> market;
    std::shared_ptr<const problem::Problem> problem;
    std::shared_ptr<const planner::Frontier> frontier;  ///< least_budget to most_budget
};

/// Prepares one exploration after the other, of one catalog, and keeps what the next can use. For one thread.
class Preparation {
  public:
    /// The last one is kept. Errors of the catalog, `cancelled`.
    base::Result<std::shared_ptr<const model::Market>> market(const catalog::Catalog& catalog,
                                                              const catalog::Selection& selection,
                                                              const std::stop_token& stop);
    /// Refuses what the planner refuses.
    base::Result<Prepared> of(const catalog::Catalog& catalog, const Exploration& exploration,
                              const std::stop_token& stop);

  private:
    problem::KeptParts kept_;
    catalog::Selection selection_;
    std::shared_ptr<const model::Market> market_;
};

}  // namespace deepvm::session
