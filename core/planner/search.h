// SPDX-License-Identifier: GPL-3.0-or-later
// Over the candidates of some architectures: bound each in closed form, let lp_solve decide in order of
// bound, stop where no bound beats what was found. Internal to the planner.
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

using Architectures = std::span<const Architecture>;

/// One line of enquiry: counts its programs and remembers the first doubt. For one thread.
class Search {
  public:
    Search(const Problem& problem, std::stop_token stop)
        : problem_(problem), stop_(std::move(stop)), solver_(Solver::of_this_thread()) {}

    /// The `top` best plans of `architectures` at `budget`, best first. Distinct in architecture and worker
    /// types, in a published data set also in the remote type.
    std::vector<Plan> best(Architectures architectures, base::Money budget, int top);
    std::optional<Plan> best(Architectures architectures, base::Money budget);

    /// The cheapest plan that is worth more than `worth`, and of those at its price the best. Price and worth
    /// of a candidate's choices rise together, so the price of the step is a closed form; what is best at it
    /// lp_solve decides.
    std::optional<Plan> cheapest_above(Architectures architectures, double worth);

    /// Solves a linear program of one's own, counted like the others.
    Solution solve_counted(const LinearProgram& program);

    bool cancelled() const { return cancelled_; }
    const Proof& proof() const { return proof_; }

  private:
    std::optional<Plan> best_of(const Candidate& candidate, std::span<const Choice> choices,
                                base::Money budget);
    void doubt(const Candidate& candidate, const Solution& solution);

    const Problem& problem_;
    std::stop_token stop_;
    Solver& solver_;
    Proof proof_;
    bool cancelled_ = false;
};

}  // namespace deepvm::planner
