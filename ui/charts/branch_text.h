// SPDX-License-Identifier: GPL-3.0-or-later
// What the tree of branch and bound says: pure functions from the tree to words.
#pragma once

#include <QString>

#include "charts/chart_text.h"
#include "explain/branch_and_bound.h"

namespace deepvm::ui::charts {

/// How a node is shown: its status, but for the incumbent, which is one of the whole ones.
enum class BranchLook { open, branched, whole, best, infeasible, fathomed };
BranchLook lookOf(const explain::BranchTree& tree, std::size_t node);

/// "?", "★" ...: told apart without colour.
QString signOf(BranchLook look);
/// "open", "best so far" ...
QString nameOf(BranchLook look);

/// "17.3", "17": at least as many digits as tell it from a whole number.
QString countText(double count);

/// What the node has of its parent's: "n ≤ 17", "m ≥ 2"; of the root "all".
QString stepText(const explain::BranchNode& node);
/// One side of a branching: "n ≤ 17", "n ≥ 18".
QString sideText(explain::Variable variable, int value, bool at_least);

/// The bound, in the unit of the objective.
QString boundText(const explain::BranchTree& tree, std::size_t node);

/// "n = 17.3, m = 1".
QString pointText(const explain::BranchNode& node);

/// What becomes of the node, in a sentence without a full stop.
QString statusText(const explain::BranchTree& tree, std::size_t index);

CalloutText nodeText(const explain::BranchTree& tree, std::size_t index);

/// "5 nodes, 1 of them open; best so far n = 17, m = 1".
QString treeText(const explain::BranchTree& tree);

/// A row a node.
Table nodeTable(const explain::BranchTree& tree);

}  // namespace deepvm::ui::charts
