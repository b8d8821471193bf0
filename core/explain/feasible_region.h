// SPDX-License-Identifier: GPL-3.0-or-later
// What one tiering candidate chooses from: the lattice of n workers and m remote nodes, the edges that fence
// it in, the best of its points, and the corner that the LP relaxation prefers. All but the corner is in
// closed form and takes microseconds.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "base/error.h"
#include "problem/bounds.h"
#include "problem/problem.h"

namespace deepvm::explain {

/// Whole numbers from `first` to `last`, both included.
struct CountRange {
    int first = 0;
    int last = 0;

    bool operator==(const CountRange&) const = default;
};
int length(CountRange range);

/// The points that are looked at: columns n >= 1 of workers, rows m >= 0 of remote nodes.
struct Lattice {
    CountRange nodes;
    CountRange remotes;

    bool operator==(const Lattice&) const = default;
};

/// fixed + n per_node + m per_remote <= budget, all a price an hour.
struct BudgetEdge {
    base::Money fixed;
    base::Money per_node;
    base::Money per_remote;
    base::Money budget;

    bool operator==(const BudgetEdge&) const = default;
};

/// The limits as the relaxed program has them, so that its corners lie on them.
struct RegionEdges {
    BudgetEdge budget;
    double saturation = 0;             ///< workers a remote node; n < m saturation
    double network_margin = 0;         ///< n <= m saturation - network_margin is the same for whole n and m
    int least_remotes = 1;             ///< memory rule in whole nodes, at least 1
    double least_remotes_relaxed = 1;  ///< the same in parts of nodes, at most least_remotes
    std::vector<problem::MachineLimit> node_limits;    ///< n <= machines
    std::vector<problem::MachineLimit> remote_limits;  ///< m <= machines
    int worth_up_to = 0;                               ///< more workers than this are worth nothing more
};

struct FeasibleRegion {
    Lattice lattice;
    RegionEdges edges;
    std::vector<double> values;           ///< one a column: the objective of that many workers
    std::vector<bool> worth_more;         ///< one a column: whether it is worth more than any smaller count
    std::vector<bool> feasible;           ///< row by row from the first, each from the first column on; exact
    std::optional<problem::Counts> best;  ///< the candidate's plan at the budget, also where the lattice does
                                          ///< not reach; nothing when none fits
};

/// Whether a point of the lattice keeps every limit.
bool is_feasible(const FeasibleRegion& region, problem::Counts point);

/// `candidate` must be a tiering candidate of `problem`.
FeasibleRegion feasible_region(const problem::Problem& problem, const problem::Candidate& candidate,
                               base::Money budget, const Lattice& lattice);

/// The part of the lattice worth looking at: the best point (the least one when none fits), the edges around
/// it and a little of what lies beyond them, at most `most_columns` x `most_rows` points (at least 8 x 4).
/// Keeps `previous` while it still shows that well, so that a moving budget does not move everything else.
Lattice lattice_around(const problem::Candidate& candidate, base::Money budget, int most_columns,
                       int most_rows, const std::optional<Lattice>& previous = std::nullopt);

/// The limits that a point breaks, with negative slack.
std::vector<problem::LimitState> broken_limits(const problem::Problem& problem,
                                               const problem::Candidate& candidate, problem::Counts point,
                                               base::Money budget);

/// Prices of best points: the lowest above `budget`, from which on more is bought, and the highest below it.
/// Nothing where there is none.
std::optional<base::Money> next_price(const problem::Candidate& candidate, base::Money budget);
std::optional<base::Money> previous_price(const problem::Candidate& candidate, base::Money budget);

/// A Relaxation as a point of the region.
struct RelaxationCorner {
    base::Money budget;
    double nodes = 0;
    double remotes = 0;    ///< as few as the rows allow: the cheapest of equally good corners
    double objective = 0;  ///< no plan of the candidate is worth more

    bool operator==(const RelaxationCorner&) const = default;
};

/// Solved by lp_solve; nothing where not even parts of machines fit or the solver gives no proof. The only
/// error is `cancelled`. Thread-safe.
base::Result<std::optional<RelaxationCorner>> relaxation_corner(const problem::Problem& problem,
                                                                const problem::Candidate& candidate,
                                                                base::Money budget,
                                                                const std::stop_token& stop);

}  // namespace deepvm::explain
