// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/branch_and_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problem/bounds.h"
#include "problem/programs.h"
#include "problem/worth.h"
#include "solver/linear_program.h"

namespace deepvm::explain {
namespace {

constexpr double part_of_choice = 1e-9;     // less of a choice is rounding
constexpr double whole_rounding = 1e-6;     // of a number of machines
constexpr double bound_rounding = 1e-9;     // of an objective, as a share of it
constexpr double fraction_rounding = 1e-9;  // of a fraction that is compared

bool is_whole(double machines) {
    return std::abs(machines - std::round(machines)) <= whole_rounding;
}

// The fewest machines with which a choice is a point of the node; exact.
problem::Counts counts_in(const problem::Candidate& candidate, const BranchNode& node,
                          const problem::Choice& choice) {
    problem::Counts counts = choice.counts;
    if (candidate.remotes_follow) counts.remotes = std::max(counts.remotes, node.remotes.least);
    return counts;
}

bool could_hold(const problem::Candidate& candidate, const BranchNode& node, const problem::Choice& choice) {
    if (!holds(node.nodes, choice.counts.nodes)) return false;
    if (!candidate.remotes_follow) return holds(node.remotes, choice.counts.remotes);
    return !node.remotes.most || choice.counts.remotes <= *node.remotes.most;
}

bool is_plan(const BranchTree& tree, const BranchNode& node, const problem::Choice& choice) {
    return could_hold(*tree.candidate, node, choice) &&
           feasible(*tree.candidate, counts_in(*tree.candidate, node, choice), tree.budget);
}

// A plan of the node that is worth more, in exact arithmetic; worth rises with the choices.
std::optional<std::size_t> plan_above(const BranchTree& tree, const BranchNode& node, double worth) {
    const auto& choices = tree.candidate->choices;
    for (std::size_t i = choices.size(); i-- > 0 && choices[i].worth > worth;)
        if (is_plan(tree, node, choices[i])) return i;
    return std::nullopt;
}

solver::LinearProgram program_of(const BranchTree& tree, const BranchNode& node) {
    auto program = problem::relaxed(whole_program(*tree.problem, *tree.candidate, tree.budget));
    const auto at = columns_of(*tree.candidate);
    const auto bound = [&](std::size_t column, const CountBounds& bounds) {
        auto& its = program.columns[column];
        its.lower = std::max(its.lower, static_cast<double>(bounds.least));
        if (bounds.most) its.upper = *bounds.most;
    };
    bound(at.nodes, node.nodes);
    if (at.remotes) bound(*at.remotes, node.remotes);
    const auto& choices = tree.candidate->choices;
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (!could_hold(*tree.candidate, node, choices[i])) program.columns[at.choices + i].upper = 0;
    for (const std::size_t refused : node.refused)
        program.columns[at.choices + refused].upper = 0;
    return program;
}

// What the rows ask for at least, in parts of remote nodes.
double remotes_asked(const problem::Candidate& candidate, const BranchNode& node, double nodes) {
    double least = std::max(1, node.remotes.least);
    const double one = usable_memory_gib(candidate.memory, 1);
    if (candidate.memory.adds_up && one > 0) least = std::max(least, candidate.memory.needed / one);
    if (!std::isfinite(candidate.saturation)) return least;
    return std::max(least, (nodes + network_margin(candidate)) / candidate.saturation);
}

// What was found of a node's program, and which choices it mixes.
struct Found {
    NodePoint point;
    std::vector<std::size_t> mixed;
};

Found found_in(const BranchTree& tree, const BranchNode& node, const solver::Solution& solution) {
    const auto at = columns_of(*tree.candidate);
    const problem::Candidate& candidate = *tree.candidate;
    Found found;
    found.point.nodes = solution.values[at.nodes];
    found.point.bound = solution.objective;
    if (at.remotes) {
        found.point.remotes = solution.values[*at.remotes];
        if (candidate.remotes_follow)
            found.point.remotes =
                std::min(found.point.remotes, remotes_asked(candidate, node, found.point.nodes));
    }
    for (std::size_t i = 0; i < candidate.choices.size(); ++i)
        if (solution.values[at.choices + i] > part_of_choice) found.mixed.push_back(i);
    return found;
}

// Between the fewest and the most of the mixed choices every value parts the mixture.
CountRange values_between(const problem::Candidate& candidate, const std::vector<std::size_t>& mixed,
                          int problem::Counts::*count) {
    CountRange range{1, 0};
    for (const std::size_t choice : mixed) {
        const int own = candidate.choices[choice].counts.*count;
        if (choice == mixed.front()) range = {own, own - 1};
        range.first = std::min(range.first, own);
        range.last = std::max(range.last, own - 1);
    }
    return range;
}

void set_values(const problem::Candidate& candidate, Found& found) {
    NodePoint& point = found.point;
    point.node_values = values_between(candidate, found.mixed, &problem::Counts::nodes);
    if (!candidate.remotes_follow) {
        point.remote_values = values_between(candidate, found.mixed, &problem::Counts::remotes);
    } else if (!is_whole(point.remotes)) {
        const int below = static_cast<int>(std::floor(point.remotes));
        point.remote_values = {below, below};
    }
}

// The node's point as a plan, where it is one: a single choice, with remote nodes in whole numbers.
enum class Wholeness { fraction, plan, refused };

Wholeness settle(const BranchTree& tree, BranchNode& node, Found& found) {
    if (found.mixed.size() != 1) return Wholeness::fraction;
    const auto& choice = tree.candidate->choices[found.mixed.front()];
    const auto counts = counts_in(*tree.candidate, node, choice);
    const bool whole =
        is_whole(found.point.remotes) || std::abs(counts.remotes - found.point.remotes) <= whole_rounding;
    if (!whole) return Wholeness::fraction;
    if (!is_plan(tree, node, choice)) return Wholeness::refused;
    // To the solver two choices may be worth the same; the exact table tells them apart.
    if (const auto more = plan_above(tree, node, choice.worth)) {
        found.mixed.push_back(*more);
        return Wholeness::fraction;
    }
    node.choice = found.mixed.front();
    node.counts = counts;
    found.point.nodes = counts.nodes;
    found.point.remotes = counts.remotes;
    found.point.bound = objective_of(tree.problem->request.objective, choice.worth);
    return Wholeness::plan;
}

base::Result<void> solve_node(BranchTree& tree, BranchNode& node, const std::stop_token& stop) {
    for (;;) {
        const auto solution = solver::solve(program_of(tree, node), stop);
        ++tree.programs;
        if (stop.stop_requested() || solution.status == solver::SolveStatus::cancelled)
            return base::fail(base::ErrorCode::cancelled, "branch and bound was cancelled");
        if (solution.status == solver::SolveStatus::infeasible) {
            node.status = NodeStatus::infeasible;
            return {};
        }
        if (solution.status != solver::SolveStatus::optimal)
            return base::fail(base::ErrorCode::invalid_input,
                              fmt::format("lp_solve ended a node with {} and no proof; branch elsewhere",
                                          describe(solution)));
        Found found = found_in(tree, node, solution);
        const auto wholeness = settle(tree, node, found);
        if (wholeness == Wholeness::refused) {
            node.refused.push_back(found.mixed.front());
            continue;
        }
        if (wholeness == Wholeness::fraction) set_values(*tree.candidate, found);
        node.status = wholeness == Wholeness::plan ? NodeStatus::whole : NodeStatus::open;
        node.point = found.point;
        return {};
    }
}

// Whether nothing in an open node is better than the incumbent. Where the bound and the incumbent differ by
// no more than the solver's rounding, the exact table decides.
bool is_fathomed(const BranchTree& tree, const BranchNode& node) {
    const BranchNode& best = tree.nodes[*tree.incumbent];
    const double margin = bound_rounding * std::abs(best.point.bound);
    const double sign = is_of_job(tree.problem->request.objective) ? -1 : 1;
    const double above = sign * (node.point.bound - best.point.bound);
    if (std::abs(above) > margin) return above < 0;
    return !plan_above(tree, node, tree.candidate->choices[*best.choice].worth);
}

void find_incumbent(BranchTree& tree) {
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        if (tree.nodes[i].status != NodeStatus::whole) continue;
        if (!tree.incumbent || *tree.nodes[i].choice > *tree.nodes[*tree.incumbent].choice)
            tree.incumbent = i;
    }
    if (!tree.incumbent) return;
    for (BranchNode& node : tree.nodes)
        if (node.status == NodeStatus::open && is_fathomed(tree, node)) node.status = NodeStatus::fathomed;
}

std::string_view letter(Variable variable) {
    return variable == Variable::nodes ? "n" : "m";
}

const CountRange& values_of(const BranchNode& node, Variable variable) {
    return variable == Variable::nodes ? node.point.node_values : node.point.remote_values;
}

double value_of(const BranchNode& node, Variable variable) {
    return variable == Variable::nodes ? node.point.nodes : node.point.remotes;
}

// "17.3", "17": no more digits than tell it from a whole number.
std::string count_text(double count) {
    return is_whole(count) ? fmt::format("{:.0f}", count) : fmt::format("{:.6g}", count);
}

tl::unexpected<base::Error> refuse(std::string_view why) {
    return base::fail(base::ErrorCode::invalid_input, why);
}

// Why `at` is no branch of the tree; empty when it is.
std::string objection(const BranchTree& tree, const Branching& at) {
    if (at.node >= tree.nodes.size())
        return fmt::format("there is no node {}; the tree has {}", at.node + 1, tree.nodes.size());
    const BranchNode& node = tree.nodes[at.node];
    const auto say = [&](std::string_view why) { return fmt::format("node {} {}", at.node + 1, why); };
    switch (node.status) {
        case NodeStatus::open:
            break;
        case NodeStatus::branched:
            return say("is branched already; branch one of its children, or undo");
        case NodeStatus::whole:
            return say(fmt::format("is whole: n = {}, m = {} is a plan already; branch an open node",
                                   node.counts.nodes, node.counts.remotes));
        case NodeStatus::infeasible:
            return say("is infeasible: there is nothing in it to part; branch an open node");
        case NodeStatus::fathomed:
            return say("is fathomed: its bound is not above the best plan so far; branch an open node");
    }
    const CountRange& values = values_of(node, at.variable);
    const auto now = fmt::format("{} = {}", letter(at.variable), count_text(value_of(node, at.variable)));
    const auto other = at.variable == Variable::nodes ? Variable::remotes : Variable::nodes;
    if (length(values) == 0)
        return say(fmt::format("has {}, which is whole: no value of {} cuts its point off; branch on {}", now,
                               letter(at.variable), letter(other)));
    if (at.value >= values.first && at.value <= values.last) return {};
    const auto range = values.first == values.last ? fmt::format("{}", values.first)
                                                   : fmt::format("{} to {}", values.first, values.last);
    return say(fmt::format("has {}: {} <= {} or {} >= {} does not cut that off; take {}", now,
                           letter(at.variable), at.value, letter(at.variable), at.value + 1, range));
}

BranchNode child_of(const BranchTree& tree, const Branching& at, bool at_least) {
    const BranchNode& parent = tree.nodes[at.node];
    BranchNode child;
    child.parent = at.node;
    child.variable = at.variable;
    child.at_least = at_least;
    child.nodes = parent.nodes;
    child.remotes = parent.remotes;
    child.refused = parent.refused;
    CountBounds& bounds = at.variable == Variable::nodes ? child.nodes : child.remotes;
    if (at_least)
        bounds.least = at.value + 1;
    else
        bounds.most = at.value;
    return child;
}

double distance_to_whole(double count) {
    return std::abs(count - std::round(count));
}

}  // namespace

bool holds(const CountBounds& bounds, int count) {
    return count >= bounds.least && (!bounds.most || count <= *bounds.most);
}

base::Result<BranchTree> start_branching(std::shared_ptr<const problem::Problem> problem,
                                         const problem::Candidate& candidate, base::Money budget,
                                         const std::stop_token& stop) {
    if (candidate.other)
        return refuse(
            "a cluster of mixed workers has three whole numbers to choose; branch and bound by hand takes an "
            "architecture with workers of one type");
    if (candidate.outdone)
        return refuse("these machines are outdone by others at every budget; take a candidate that is not");
    BranchTree tree{
        std::move(problem), std::make_shared<const problem::Candidate>(candidate), budget, {}, {}, 0};
    BranchNode root;
    root.nodes.least = 1;
    if (!candidate.remote) root.remotes.most = 0;
    if (auto solved = solve_node(tree, root, stop); !solved) return tl::unexpected(std::move(solved.error()));
    tree.nodes.push_back(std::move(root));
    find_incumbent(tree);
    return tree;
}

base::Result<BranchTree> branch(BranchTree tree, const Branching& at, const std::stop_token& stop) {
    if (const auto why = objection(tree, at); !why.empty()) return refuse(why);
    for (const bool at_least : {false, true}) {
        BranchNode child = child_of(tree, at, at_least);
        if (auto solved = solve_node(tree, child, stop); !solved)
            return tl::unexpected(std::move(solved.error()));
        tree.nodes.push_back(std::move(child));
    }
    tree.nodes[at.node].status = NodeStatus::branched;
    tree.nodes[at.node].children = {tree.nodes.size() - 2, tree.nodes.size() - 1};
    find_incumbent(tree);
    return tree;
}

bool finished(const BranchTree& tree) {
    return std::ranges::none_of(tree.nodes,
                                [](const BranchNode& node) { return node.status == NodeStatus::open; });
}

std::optional<Incumbent> incumbent(const BranchTree& tree) {
    if (!tree.incumbent) return std::nullopt;
    const BranchNode& best = tree.nodes[*tree.incumbent];
    return Incumbent{*tree.incumbent, best.counts, best.point.bound};
}

bool better_objective(const BranchTree& tree, double a, double b) {
    return is_of_job(tree.problem->request.objective) ? a < b : a > b;
}

std::optional<int> usual_value(const BranchNode& node, Variable variable) {
    const CountRange& values = values_of(node, variable);
    if (node.status != NodeStatus::open || length(values) == 0) return std::nullopt;
    const int below = static_cast<int>(std::floor(value_of(node, variable)));
    return std::clamp(below, values.first, values.last);
}

std::optional<Branching> next_branch(const BranchTree& tree) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        if (tree.nodes[i].status != NodeStatus::open) continue;
        if (!best || better_objective(tree, tree.nodes[i].point.bound, tree.nodes[*best].point.bound))
            best = i;
    }
    if (!best) return std::nullopt;
    const BranchNode& node = tree.nodes[*best];
    const auto of_nodes = usual_value(node, Variable::nodes);
    const auto of_remotes = usual_value(node, Variable::remotes);
    const bool take_remotes =
        !of_nodes || (of_remotes && distance_to_whole(node.point.remotes) >
                                        distance_to_whole(node.point.nodes) + fraction_rounding);
    return Branching{*best, take_remotes ? Variable::remotes : Variable::nodes,
                     take_remotes ? *of_remotes : *of_nodes};
}

}  // namespace deepvm::explain
