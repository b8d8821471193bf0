// SPDX-License-Identifier: GPL-3.0-or-later
// Over the candidates of some architectures: bound each in closed form, let lp_solve decide in order of
// bound, stop where no bound beats what was found. Internal to the planner.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "planner/linear_program.h"
#include "planner/plan.h"
#include "planner/problem.h"

namespace deepvm::planner {

using Architectures = std::span<const Architecture>;

/// A candidate with the choices within the budget: the last is the closed-form bound on what it can be worth.
struct Bounded {
    const Candidate* candidate = nullptr;
    std::size_t choices = 0;  ///< how many of candidate->choices cost no more than the budget
    double worth = 0;
    base::Money price;

    // The most promising is the greatest, as the heap functions have it.
    bool operator<(const Bounded& other) const {
        return std::tuple(worth, other.price, other.candidate) < std::tuple(other.worth, price, candidate);
    }
};

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
    /// of a candidate's choices rise together, so the price of the step is a closed form, and at it nothing
    /// but the candidates that step there is worth as much; which of them is best lp_solve decides.
    std::optional<Plan> cheapest_above(Architectures architectures, double worth);

    /// Solves a linear program of one's own, counted like the others.
    Solution solve_counted(const LinearProgram& program);

    bool cancelled() const { return cancelled_; }
    const Proof& proof() const { return proof_; }

  private:
    std::vector<Plan> best_among(std::vector<Bounded> bounded, base::Money budget, std::size_t wanted);
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
