// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/kept_programs.h"

#include <algorithm>

#include "problem/programs.h"

namespace deepvm::planner {
namespace {

constexpr std::size_t most_kept = 48;  // a decision asks about two dozen; at most 0.3 MB each

}  // namespace

KeptPrograms::Kept& KeptPrograms::find(const problem::Problem& problem, const problem::Candidate& candidate,
                                       base::Money budget) {
    const auto known = std::ranges::find_if(kept_, [&](const Kept& kept) {
        return kept.candidate == &candidate && kept.problem == problem.identity.number();
    });
    if (known != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, known);
        if (known->budget != budget) set_budget(known->program, candidate, budget);
    } else {
        if (kept_.size() == most_kept) kept_.pop_back();
        kept_.push_front(
            {problem.identity.number(), &candidate, budget, whole_program(problem, candidate, budget), {}});
    }
    kept_.front().budget = budget;
    return kept_.front();
}

solver::Solution KeptPrograms::solve(const problem::Problem& problem, const problem::Candidate& candidate,
                                     base::Money budget, std::size_t first, std::size_t end,
                                     const std::stop_token& stop) {
    Kept& kept = find(problem, candidate, budget);
    const auto choices = columns_of(candidate).choices;
    for (std::size_t i = 0; i < candidate.choices.size(); ++i)
        kept.program.columns[choices + i].upper = i < first || i >= end ? 0 : 1;
    return kept.model.solve(kept.program, stop);
}

}  // namespace deepvm::planner
