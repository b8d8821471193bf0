// SPDX-License-Identifier: GPL-3.0-or-later
// Over the candidates of one architecture: bound each in closed form, let lp_solve decide in order of bound,
// stop where no bound beats what was found. Internal to the planner.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/error.h"
#include "planner/linear_program.h"
#include "planner/plan.h"
#include "planner/problem.h"

namespace deepvm::planner {

/// One line of enquiry: counts its programs and remembers the first doubt. Not shared between threads.
class Search {
  public:
    Search(const Problem& problem, std::stop_token stop) : problem_(problem), stop_(std::move(stop)) {}

    /// The `top` best plans at `budget`, best first. Distinct in worker and remote type.
    std::vector<Plan> best(Architecture architecture, base::Money budget, int top);

    /// The cheapest plan that is worth more than `objective`, and of those at its price the best. Prices rise
    /// with counts, so the step is a closed form; lp_solve confirms its price and decides what is best at it.
    std::optional<Plan> cheapest_above(Architecture architecture, double objective);

    /// Solves a program of one's own, counted like the others.
    Solution solve_counted(const LinearProgram& program);

    bool cancelled() const { return cancelled_; }
    const Proof& proof() const { return proof_; }

  private:
    std::optional<Plan> best_of(const Candidate& candidate, std::span<const int> counts, base::Money budget);
    bool cheapest_confirmed(const Candidate& candidate, std::span<const int> counts, base::Money price);
    void doubt(const Candidate& candidate, int solver_code);

    const Problem& problem_;
    std::stop_token stop_;
    Proof proof_;
    bool cancelled_ = false;
};

}  // namespace deepvm::planner
