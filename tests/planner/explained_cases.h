// SPDX-License-Identifier: GPL-3.0-or-later
// Random requests with what the planner decided and why, so that its reasons can be judged.
#pragma once

#include <QString>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/money.h"
#include "cases.h"
#include "model/market.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/problem.h"
#include "problem/request.h"

namespace deepvm::tests::explained {

/// The world of a request, to be changed and judged again.
struct World {
    model::Market market;
    problem::Request request;
    base::Money budget;
};

struct Case {
    unsigned seed = 0;
    World world;
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

inline Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    auto market = random_market(random);
    const auto request = random_request(random, *market);
    if (seed % 4 == 0) market = with_twins(*market);
    Case result{seed, {*market, request, random_budget(random, *market)}, {}, {}};
    result.problem = problem::make_problem(market, request).value();
    result.decision = planner::decide(*result.problem, result.world.budget).value();
    return result;
}

struct Cases {
    std::vector<Case> answers;  ///< those that have a winner
    std::vector<Case> refusals;
};

inline Cases make_cases() {
    Cases made;
    for (unsigned seed = 1; std::cmp_less(made.answers.size(), cases(1'000)); ++seed) {
        Case c = make_case(seed);
        (c.decision.ranked.empty() ? made.refusals : made.answers).push_back(std::move(c));
    }
    return made;
}

inline QString message(const Case& c, const std::string& wrong) {
    return QString("seed %1: %2").arg(c.seed).arg(wrong.c_str());
}

}  // namespace deepvm::tests::explained
