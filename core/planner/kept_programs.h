// SPDX-License-Identifier: GPL-3.0-or-later
// The programs that were solved last, with their models in lp_solve: a budget that is dragged asks the same
// few candidates again and again, so who asks for it keeps them from one decision to the next.
#pragma once

#include <cstdint>
#include <list>
#include <stop_token>

#include "problem/problem.h"
#include "solver/linear_program.h"

namespace deepvm::planner {

/// For one thread at a time.
class KeptPrograms {
  public:
    /// Solves whole_program(problem, candidate, budget). Of its choices those before `first` and from `end`
    /// on are held at 0: with (0, all) it is the program to the letter. The candidate must be one of the
    /// problem.
    solver::Solution solve(const problem::Problem& problem, const problem::Candidate& candidate,
                           base::Money budget, std::size_t first, std::size_t end,
                           const std::stop_token& stop);

  private:
    struct Kept {
        std::uint64_t problem = 0;  // its identity
        const problem::Candidate* candidate = nullptr;
        base::Money budget;
        solver::LinearProgram program;
        solver::KeptModel model;
    };
    Kept& find(const problem::Problem& problem, const problem::Candidate& candidate, base::Money budget);

    std::list<Kept> kept_;  // the one asked last in front
};

}  // namespace deepvm::planner
