// SPDX-License-Identifier: GPL-3.0-or-later
// Branch and bound by hand: whatever a student branches on, and in whatever order, the tree must end in the
// planner's answer, and what it says of a node on the way must be true.
#include <QtTest>
#include <cmath>
#include <random>

#include "cases.h"
#include "catalog/catalog.h"
#include "explain/branch_and_bound.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "planner/random_programs.h"
#include "problem/programs.h"
#include "problem/worth.h"
#include "test_program.h"

namespace test_branch_and_bound {

using namespace deepvm;
using base::Money;
using explain::Branching;
using explain::BranchNode;
using explain::BranchTree;
using explain::NodeStatus;
using explain::Variable;
using problem::Architecture;

namespace {

std::vector<Branching> all_branchings(const BranchTree& tree) {
    std::vector<Branching> found;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        if (tree.nodes[i].status != NodeStatus::open) continue;
        const auto& point = tree.nodes[i].point;
        for (int v = point.node_values.first; v <= point.node_values.last; ++v)
            found.push_back({i, Variable::nodes, v});
        for (int v = point.remote_values.first; v <= point.remote_values.last; ++v)
            found.push_back({i, Variable::remotes, v});
    }
    return found;
}

// Any branch of any open node, until none is open.
std::optional<BranchTree> played(BranchTree tree, std::mt19937& random) {
    constexpr int enough = 5000;
    for (int i = 0; i < enough && !explain::finished(tree); ++i) {
        const auto branchings = all_branchings(tree);
        if (branchings.empty()) return std::nullopt;
        const auto at =
            branchings[std::uniform_int_distribution<std::size_t>(0, branchings.size() - 1)(random)];
        auto next = explain::branch(std::move(tree), at);
        if (!next) return std::nullopt;
        tree = std::move(*next);
    }
    return explain::finished(tree) ? std::optional(std::move(tree)) : std::nullopt;
}

std::optional<BranchTree> played_by_itself(BranchTree tree) {
    while (const auto at = explain::next_branch(tree)) {
        auto next = explain::branch(std::move(tree), *at);
        if (!next) return std::nullopt;
        tree = std::move(*next);
    }
    return tree;
}

// By how much of itself a bound of a child is better than its parent's.
double rise(const BranchTree& tree, const BranchNode& child) {
    const double before = tree.nodes[*child.parent].point.bound;
    const double after = child.point.bound;
    return explain::better_objective(tree, after, before) ? std::abs(after - before) / std::abs(before) : 0;
}

struct Tiering {
    std::shared_ptr<const model::Market> market;
    std::shared_ptr<const problem::Problem> problem;
    std::optional<problem::Plan> plan;
    Money budget;
};

Tiering tiering_case(unsigned seed) {
    std::mt19937 random(seed);
    Tiering made;
    made.market = tests::random_market(random);
    auto request = tests::random_request(random, *made.market);
    request.architectures = {Architecture::tiering};
    made.budget = tests::random_budget(random, *made.market);
    made.problem = problem::make_problem(made.market, request).value();
    const auto plans = planner::decide(*made.problem, made.budget).value().by_architecture;
    if (const auto own = plans.find(Architecture::tiering); own != plans.end() && !own->second.empty())
        made.plan = own->second.front();
    return made;
}

BranchTree tree_of(const Tiering& of) {
    const auto* candidate = problem::candidate_of(*of.problem, *of.plan);
    const auto budget =
        problem::asked_budget(*of.problem, *candidate, problem::counts_of(*of.plan), of.budget);
    return explain::start_branching(of.problem, *candidate, budget).value();
}

// The tiering plan of the paper at a budget in dollars.
BranchTree paper_tree(double usd) {
    Tiering paper;
    paper.market =
        catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db")->load({"deepvm-paper", ""}).value();
    problem::Request request;
    request.preset = problem::Preset::published;
    paper.problem = problem::make_problem(paper.market, request).value();
    paper.budget = Money::from_usd(usd);
    paper.plan =
        planner::decide(*paper.problem, paper.budget)->by_architecture.at(Architecture::tiering).front();
    return tree_of(paper);
}

QString refusal(const BranchTree& tree, Branching at) {
    const auto next = explain::branch(tree, at);
    return next ? QString() : QString::fromStdString(next.error().message);
}

}  // namespace

class TestBranchAndBound : public QObject {
    Q_OBJECT

  private slots:
    // Judged by enumeration, on candidates of every architecture with one type of workers.
    void any_order_ends_in_the_best_choice() {
        int ended = 0;
        int larger = 0;
        for (const unsigned seed : tests::seeds(1, 700)) {
            std::mt19937 random(seed);
            for (const auto& question : tests::random_questions(seed, 2)) {
                if (question.candidate.other || question.candidate.outdone) continue;
                auto root = explain::start_branching(question.problem, question.candidate, question.budget);
                QVERIFY2(root.has_value(), qPrintable(QString::number(seed)));
                const auto tree = played(*root, random);
                QVERIFY2(tree, qPrintable(QString("seed %1 does not end").arg(seed)));
                const auto shown = played_by_itself(*root);
                QVERIFY(shown.has_value());
                const auto best = tests::best_choice(question);
                for (const auto& of : {*tree, *shown}) {
                    const auto found = explain::incumbent(of);
                    QVERIFY2(found.has_value() == best.has_value(), qPrintable(QString::number(seed)));
                    if (!best) continue;
                    const auto& choice = question.candidate.choices[*best];
                    QVERIFY2(*of.nodes[found->node].choice == *best, qPrintable(QString::number(seed)));
                    QCOMPARE(found->counts.nodes, choice.counts.nodes);
                    QCOMPARE(found->objective,
                             problem::objective_of(question.problem->request.objective, choice.worth));
                }
                larger += tree->nodes.size() > 5 ? 1 : 0;
                ++ended;
            }
        }
        QVERIFY(tests::enough(ended, 500) && tests::enough(larger, 100));
    }

    void the_incumbent_is_the_plan_of_the_planner() {
        int compared = 0;
        for (const unsigned seed : tests::seeds(1, 600)) {
            const auto of = tiering_case(seed);
            if (!of.plan) continue;
            std::mt19937 random(seed);
            const auto tree = played(tree_of(of), random);
            QVERIFY(tree.has_value());
            const auto found = explain::incumbent(*tree);
            QVERIFY2(found.has_value(), qPrintable(QString::number(seed)));
            QVERIFY2(found->counts.nodes == of.plan->nodes, qPrintable(QString::number(seed)));
            QCOMPARE(found->objective, of.plan->objective);
            ++compared;
        }
        QVERIFY(tests::enough(compared, 300));
    }

    void bounds_never_rise() {
        int compared = 0;
        for (const unsigned seed : tests::seeds(1, 500)) {
            std::mt19937 random(seed);
            for (const auto& question : tests::random_questions(seed, 1)) {
                if (question.candidate.other || question.candidate.outdone) continue;
                const auto root =
                    explain::start_branching(question.problem, question.candidate, question.budget);
                const auto tree = played(root.value(), random).value();
                for (const auto& node : tree.nodes) {
                    if (!node.parent || node.status == NodeStatus::infeasible) continue;
                    QVERIFY2(rise(tree, node) <= 1e-9, qPrintable(QString::number(seed)));
                    ++compared;
                }
            }
        }
        QVERIFY2(tests::enough(compared, 300), qPrintable(QString::number(compared)));
    }

    // The lattice as the judge: no point in the bounds of an infeasible node keeps every limit and is worth
    // more than all smaller ones; none in those of a whole or fathomed node is worth more than the incumbent.
    void what_is_said_of_a_node_is_true() {
        int infeasible = 0;
        int closed = 0;
        for (const unsigned seed : tests::seeds(1, 500)) {
            const auto of = tiering_case(seed);
            if (!of.plan) continue;
            std::mt19937 random(seed);
            const auto tree = played(tree_of(of), random).value();
            const auto& candidate = *tree.candidate;
            const explain::Lattice all{{1, candidate.max_nodes}, {0, std::min(candidate.max_remotes, 64)}};
            const auto region = explain::feasible_region(*of.problem, candidate, tree.budget, all);
            const double best = explain::incumbent(tree)->objective;
            for (const auto& node : tree.nodes) {
                if (node.status == NodeStatus::branched) continue;
                for (int n = 1; n <= all.nodes.last; ++n)
                    for (int m = 0; m <= all.remotes.last; ++m) {
                        if (!explain::holds(node.nodes, n) || !explain::holds(node.remotes, m)) continue;
                        const auto column = static_cast<std::size_t>(n) - 1;
                        const bool counts = explain::is_feasible(region, {n, m}) && region.worth_more[column];
                        const QString where = QString("seed %1: n = %2, m = %3").arg(seed).arg(n).arg(m);
                        QVERIFY2(!(counts && node.status == NodeStatus::infeasible), qPrintable(where));
                        QVERIFY2(!counts || !explain::better_objective(tree, region.values[column], best),
                                 qPrintable(where));
                    }
                ++(node.status == NodeStatus::infeasible ? infeasible : closed);
            }
        }
        QVERIFY(tests::enough(infeasible, 100) && tests::enough(closed, 300));
    }

    // Every point is cut off: neither child finds it again.
    void both_children_lose_the_point_of_their_parent() {
        for (const unsigned seed : tests::seeds(1, 200)) {
            const auto of = tiering_case(seed);
            if (!of.plan) continue;
            const auto root = tree_of(of);
            for (const auto& at : all_branchings(root)) {
                const auto next = explain::branch(root, at).value();
                for (const std::size_t child : {std::size_t{1}, std::size_t{2}}) {
                    auto point = next.nodes[child].point;
                    if (next.nodes[child].status == NodeStatus::infeasible) continue;
                    QVERIFY(!(point == root.nodes.front().point));
                }
            }
        }
    }

    // The example of lesson 5, as numbers that a person can check by hand.
    void the_paper_at_290() {
        const auto root = paper_tree(2.9);
        const auto& top = root.nodes.front();
        QVERIFY(top.status == NodeStatus::open);
        QVERIFY(std::abs(top.point.nodes - (2.9 - 0.17) / 0.1578) < 1e-6);
        QCOMPARE(explain::usual_value(top, Variable::nodes), std::optional(17));
        QVERIFY(explain::next_branch(root) == std::optional(Branching{0, Variable::nodes, 17}));
        const auto next = explain::branch(root, {0, Variable::nodes, 17}).value();
        QCOMPARE(next.nodes.size(), std::size_t{3});
        QVERIFY(next.nodes[1].status == NodeStatus::whole);
        QVERIFY(next.nodes[1].counts == (problem::Counts{17, 1, 0}));
        QVERIFY(next.nodes[2].status == NodeStatus::infeasible);
        QVERIFY(explain::finished(next));
        QCOMPARE(explain::incumbent(next)->counts.nodes, 17);
        QVERIFY(!explain::next_branch(next));
        QCOMPARE(next.programs, 3);
    }

    void a_refusal_says_why_and_what_to_do() {
        const auto root = paper_tree(2.9);
        QCOMPARE(refusal(root, {7, Variable::nodes, 17}), QString("there is no node 8; the tree has 1"));
        QCOMPARE(refusal(root, {0, Variable::nodes, 20}),
                 QString("node 1 has n = 17.3004: n <= 20 or n >= 21 does not cut that off; take 17"));
        QCOMPARE(refusal(root, {0, Variable::remotes, 1}),
                 QString("node 1 has m = 1, which is whole: no value of m cuts its point off; branch on n"));
        const auto next = explain::branch(root, {0, Variable::nodes, 17}).value();
        QCOMPARE(refusal(next, {0, Variable::nodes, 17}),
                 QString("node 1 is branched already; branch one of its children, or undo"));
        QCOMPARE(refusal(next, {1, Variable::nodes, 16}),
                 QString("node 2 is whole: n = 17, m = 1 is a plan already; branch an open node"));
        QCOMPARE(refusal(next, {2, Variable::nodes, 18}),
                 QString("node 3 is infeasible: there is nothing in it to part; branch an open node"));
    }

    void a_fathomed_node_refuses_too() {
        for (const unsigned seed : tests::seeds(1, 400)) {
            const auto of = tiering_case(seed);
            if (!of.plan) continue;
            const auto tree = played_by_itself(tree_of(of)).value();
            for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
                if (tree.nodes[i].status != NodeStatus::fathomed) continue;
                QVERIFY(
                    refusal(tree, {i, Variable::nodes, 1})
                        .endsWith("is fathomed: its bound is not above the best plan so far; branch an open "
                                  "node"));
                return;
            }
        }
        QFAIL("no node was fathomed, so this tests nothing");
    }

    void mixed_workers_are_refused() {
        const auto tree = paper_tree(2.9);
        problem::Candidate mixed = *tree.candidate;
        mixed.other = 0;
        const auto refused = explain::start_branching(tree.problem, mixed, tree.budget);
        QVERIFY(!refused && refused.error().message.find("three whole numbers") != std::string::npos);
        problem::Candidate outdone = *tree.candidate;
        outdone.outdone = true;
        QVERIFY(!explain::start_branching(tree.problem, outdone, tree.budget));
    }

    void a_stop_is_heard() {
        const auto tree = paper_tree(2.9);
        std::stop_source stop;
        stop.request_stop();
        const auto next = explain::branch(tree, {0, Variable::nodes, 17}, stop.get_token());
        QVERIFY(!next && next.error().code == base::ErrorCode::cancelled);
    }
};

}  // namespace test_branch_and_bound

DEEPVM_TEST(test_branch_and_bound, TestBranchAndBound)
#include "test_branch_and_bound.moc"
