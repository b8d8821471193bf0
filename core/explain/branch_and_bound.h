// SPDX-License-Identifier: GPL-3.0-or-later
// Branch and bound by hand: the whole program of one candidate as a tree, which a person splits node by node
// and lp_solve bounds. Values only: each step gives another tree.
//
// What is solved in a node: the relaxed program of the candidate with the node's bounds on its columns
// "nodes" and "remotes", and without the choices (columns nodes_k) whose own counts lie outside of these
// bounds. That is a true relaxation: a whole point of the node makes one choice, whose counts are its own, so
// the choices that are out could not be part of it, and what is left may still be mixed in fractions. Where
// remote nodes follow from the workers, a choice names the fewest of them and does not settle how many there
// are: then only the column bears the bounds of m.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/error.h"
#include "explain/feasible_region.h"
#include "problem/problem.h"

namespace deepvm::explain {

/// What is branched on: n or m.
enum class Variable { nodes, remotes };

/// Two children of `node`: one with at most `value` of the variable, one with at least one more.
struct Branching {
    std::size_t node = 0;
    Variable variable = Variable::nodes;
    int value = 0;

    bool operator==(const Branching&) const = default;
};

/// From `least` on; without `most` as many as the program allows.
struct CountBounds {
    int least = 0;
    std::optional<int> most;

    bool operator==(const CountBounds&) const = default;
};
bool holds(const CountBounds& bounds, int count);

enum class NodeStatus {
    open,        ///< its point is no plan yet, and its bound is above the incumbent: to be branched on
    branched,    ///< its children say more
    whole,       ///< its point is a plan, and no other plan of the node is worth more
    infeasible,  ///< no choice within its bounds keeps every limit, not even in parts
    fathomed,    ///< its bound is not above the incumbent: nothing in it can be better
};

/// What lp_solve found at the optimum of a node. Nothing of it counts where the node is infeasible.
struct NodePoint {
    double nodes = 0;
    double remotes = 0;  ///< as few as the rows allow: the cheapest of equally good corners
    double bound = 0;    ///< in the request's unit: no plan of the node is worth more
    /// Where a branch cuts the point off from both children: from the first value to the last; empty (length
    /// 0) where none does.
    CountRange node_values{1, 0};
    CountRange remote_values{1, 0};

    bool operator==(const NodePoint&) const = default;
};

struct BranchNode {
    std::optional<std::size_t> parent;  ///< nothing for the root
    Variable variable = Variable::nodes;
    bool at_least = false;  ///< which child of its parent it is, by `variable`
    CountBounds nodes;
    CountBounds remotes;
    NodeStatus status = NodeStatus::open;
    NodePoint point;
    std::optional<std::size_t> choice;  ///< of a whole node: index into the candidate's choices
    problem::Counts counts;             ///< of a whole node
    std::optional<std::pair<std::size_t, std::size_t>> children;  ///< at most, at least
    /// Choices that the solver takes for affordable by a rounding and exact arithmetic does not.
    std::vector<std::size_t> refused;

    bool operator==(const BranchNode&) const = default;
};

/// Immutable parts are shared: a copy is cheap.
struct BranchTree {
    std::shared_ptr<const problem::Problem> problem;
    std::shared_ptr<const problem::Candidate> candidate;
    base::Money budget;
    std::vector<BranchNode> nodes;         ///< the root first, children behind their parent
    std::optional<std::size_t> incumbent;  ///< the node with the best plan so far
    int programs = 0;                      ///< that lp_solve solved
};

/// A tree that is its root. At the asked_budget() of a plan it ends in that plan. Refuses mixed workers,
/// whose programs have a third whole number, and a candidate without its choices worked out; `cancelled`
/// after a stop. Solves one program, well under a millisecond; so does each child in branch().
base::Result<BranchTree> start_branching(std::shared_ptr<const problem::Problem> problem,
                                         const problem::Candidate& candidate, base::Money budget,
                                         const std::stop_token& stop = {});

/// The tree with two more nodes. Refuses, saying why: a node that is none, is branched already, whole,
/// infeasible or fathomed, and a value that would leave the node's point in one of the children.
base::Result<BranchTree> branch(BranchTree tree, const Branching& at, const std::stop_token& stop = {});

/// Whether no node is open: the incumbent is then the best plan, or nothing fits.
bool finished(const BranchTree& tree);

/// The best plan so far.
struct Incumbent {
    std::size_t node = 0;
    problem::Counts counts;
    double objective = 0;  ///< in the request's unit

    bool operator==(const Incumbent&) const = default;
};
std::optional<Incumbent> incumbent(const BranchTree& tree);

/// Where a solver would go on: the open node with the best bound, its most fractional variable. Nothing once
/// finished.
std::optional<Branching> next_branch(const BranchTree& tree);

/// The usual value to branch an open node at: the whole part of its point, where that cuts it off; nothing
/// where no value of the variable does.
std::optional<int> usual_value(const BranchNode& node, Variable variable);

/// Whether `a` is the better value of the request's objective.
bool better_objective(const BranchTree& tree, double a, double b);

}  // namespace deepvm::explain
