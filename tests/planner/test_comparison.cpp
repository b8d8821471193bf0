// SPDX-License-Identifier: GPL-3.0-or-later
// "+ 1 x g4dn.xlarge" is what a person rents next: from one plan it must lead to the other.
#include <QtTest>

#include "cases.h"
#include "planner/comparison.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "test_program.h"

namespace test_comparison {

using namespace deepvm;
using planner::MachineChange;
using problem::Architecture;

namespace {

problem::Plan tiering(int nodes, int remotes, const char* remote) {
    problem::Plan plan;
    plan.architecture = Architecture::tiering;
    plan.worker = "g4dn.xlarge";
    plan.nodes = plan.spot_workers = nodes;
    plan.remote = remote;
    plan.remotes = remotes;
    return plan;
}

}  // namespace

class TestComparison : public QObject {
    Q_OBJECT

  private slots:
    void names_what_is_added_and_what_goes() {
        const auto plan = tiering(17, 1, "c5.xlarge");
        QCOMPARE(planner::machine_changes(plan, tiering(18, 1, "c5.xlarge")),
                 (std::vector<MachineChange>{{"g4dn.xlarge", 1}}));
        QCOMPARE(planner::machine_changes(plan, tiering(15, 2, "c5.xlarge")),
                 (std::vector<MachineChange>{{"g4dn.xlarge", -2}, {"c5.xlarge", 1}}));
        QCOMPARE(planner::machine_changes(plan, tiering(17, 2, "m6i.xlarge")),
                 (std::vector<MachineChange>{{"m6i.xlarge", 2}, {"c5.xlarge", -1}}));
    }

    // Of two types each is counted by itself.
    void a_mixture_changes_by_each_of_its_types() {
        problem::Plan plan;
        plan.architecture = Architecture::mixed_workers;
        plan.worker = "g4dn.xlarge";
        plan.other_worker = "g5.xlarge";
        plan.nodes = 5;
        plan.other_workers = 2;
        auto larger = plan;
        larger.nodes = 8;
        larger.other_workers = 4;
        QCOMPARE(planner::machine_changes(plan, larger),
                 (std::vector<MachineChange>{{"g4dn.xlarge", 1}, {"g5.xlarge", 2}}));
        auto other = plan;
        other.other_workers = 3;
        QCOMPARE(planner::machine_changes(plan, other),
                 (std::vector<MachineChange>{{"g4dn.xlarge", -1}, {"g5.xlarge", 1}}));
    }

    void another_cluster_is_no_change_of_this_one() {
        const auto plan = tiering(17, 1, "c5.xlarge");
        auto other = plan;
        QVERIFY(planner::machine_changes(plan, other).empty());
        other.nodes = 18;
        other.region = "elsewhere";
        QVERIFY(planner::machine_changes(plan, other).empty());
        other = tiering(18, 1, "c5.xlarge");
        other.provider = "gcp";
        QVERIFY(planner::machine_changes(plan, other).empty());
        other = tiering(18, 1, "c5.xlarge");
        other.worker = "g5.xlarge";
        QVERIFY(planner::machine_changes(plan, other).empty());
        other.worker = plan.worker;
        other.architecture = Architecture::single_anchor;
        QVERIFY(planner::machine_changes(plan, other).empty());
    }

    // Nobody who plans with the truth is beaten by somebody who is deceived: said of a policy that "is worth
    // more than the best" a person would stop believing all of it.
    void the_deceived_planner_is_never_ahead() {
        int compared = 0;
        int behind = 0;
        for (const unsigned seed : tests::seeds(1, 500)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                problem::make_problem(market, tests::random_request(random, *market)).value();
            const auto decision = planner::decide(*problem, tests::random_budget(random, *market)).value();
            if (!decision.policies.no_scale || decision.ranked.empty()) continue;
            // A planner that knows no waiting cannot keep a limit on it.
            if (problem::least_efficiency(*market, problem->request) > 0) continue;
            const auto plan = *decision.policies.no_scale_truly;
            const double percent = planner::percent_of(plan, decision.ranked.front());
            QVERIFY2(percent <= 100 + 1e-6, qPrintable(QString("seed %1: %2 %").arg(seed).arg(percent)));
            behind += percent < 99.9 ? 1 : 0;
            ++compared;
        }
        QVERIFY(tests::enough(compared, 150) && tests::enough(behind, 20));
    }
};

}  // namespace test_comparison

DEEPVM_TEST(test_comparison, TestComparison)
#include "test_comparison.moc"
