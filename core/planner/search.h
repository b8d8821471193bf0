// SPDX-License-Identifier: GPL-3.0-or-later
// Over the candidates of some architectures: bound each in closed form, let lp_solve decide on the whole
// program of those that the bounds do not exclude, in order of bound. Internal to the planner.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "planner/decision.h"
#include "planner/kept_programs.h"
#include "problem/plan.h"
#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::planner {

using Architectures = std::span<const problem::Architecture>;

/// A candidate with the closed-form bound on what it can be worth: the last of its choices within the budget.
struct Bounded {
    const problem::Candidate* candidate = nullptr;
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
    /// What it solves stays in `programs`, which outlive it.
    Search(const problem::Problem& problem, KeptPrograms& programs, std::stop_token stop)
        : problem_(problem), stop_(std::move(stop)), programs_(programs) {}

    /// The `top` best plans of `architectures` (one, or all that the request asks for) at `budget`: first the
    /// answer (see Step), then the others by what they are worth. Distinct in architecture and worker types,
    /// in a published data set also in the remote type.
    std::vector<problem::Plan> best(Architectures architectures, base::Money budget, int top);

    /// The answer alone.
    std::optional<problem::Plan> best(Architectures architectures, base::Money budget);

    /// The answer from the next budget above `budget` on at which it changes.
    std::optional<problem::Plan> next(Architectures architectures, base::Money budget);

    /// Solves a linear program of one's own, counted like the others.
    solver::Solution solve_counted(const solver::LinearProgram& program);

    bool cancelled() const { return cancelled_; }
    const Proof& proof() const { return proof_; }

  private:
    std::vector<problem::Plan> others(std::vector<Bounded> bounded, const problem::Plan& winner,
                                      base::Money budget, std::size_t wanted);
    std::optional<problem::Plan> plan_of(const problem::Step& step, base::Money budget);
    std::optional<problem::Counts> solved(const problem::Candidate& candidate, base::Money budget);
    std::optional<problem::Counts> with_fewest_remotes(const problem::Candidate& candidate,
                                                       base::Money budget, std::size_t choice);
    solver::Solution counted(solver::Solution solution);
    void doubt(const problem::Candidate& candidate, const solver::Solution& solution);

    const problem::Problem& problem_;
    std::stop_token stop_;
    KeptPrograms& programs_;
    Proof proof_;
    bool cancelled_ = false;
};

}  // namespace deepvm::planner
