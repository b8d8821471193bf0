// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/preparation.h"

namespace deepvm::session {

base::Result<std::shared_ptr<const model::Market>> Preparation::market(const catalog::Catalog& catalog,
                                                                       const catalog::Selection& selection,
                                                                       const std::stop_token& stop) {
    if (market_ && selection_ == selection) return market_;
    auto loaded = catalog.load(selection, stop);
    if (!loaded) return loaded;
    selection_ = selection;
    market_ = std::move(*loaded);
    return market_;
}

base::Result<Prepared> Preparation::of(const catalog::Catalog& catalog, const Exploration& exploration,
                                       const std::stop_token& stop) {
    const auto there = market(catalog, exploration.selection, stop);
    if (!there) return tl::unexpected(there.error());
    auto problem = problem::make_problem(*there, to_request(exploration, **there), stop, &kept_);
    if (!problem) return tl::unexpected(std::move(problem.error()));
    auto frontier = planner::frontier(**problem, least_budget, most_budget, stop);
    if (!frontier) return tl::unexpected(std::move(frontier.error()));
    return Prepared{*there, std::move(*problem),
                    std::make_shared<const planner::Frontier>(std::move(*frontier))};
}

}  // namespace deepvm::session
