// SPDX-License-Identifier: GPL-3.0-or-later
// A question put to the shipped catalog.
#pragma once

#include "catalog/catalog.h"
#include "planner/planner.h"

namespace deepvm::tests {

struct Answered {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

inline Answered ask(const char* budget, const catalog::Selection& selection, auto change) {
    auto market = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value().load(selection).value();
    auto request = problem::default_request(market->kind);
    change(request);
    auto problem = problem::make_problem(std::move(market), std::move(request)).value();
    auto decision = planner::decide(*problem, base::Money::parse(budget, "test").value()).value();
    return {std::move(problem), std::move(decision)};
}

}  // namespace deepvm::tests
