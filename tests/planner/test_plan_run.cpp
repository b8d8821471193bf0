// SPDX-License-Identifier: GPL-3.0-or-later
// Futures and checkpoint curves are about the plan on show only if its job is the one that the planner
// priced.
#include <QtTest>

#include "cases.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/plan_run.h"
#include "test_program.h"

namespace test_plan_run {

using namespace deepvm;
using problem::Architecture;
using problem::Plan;
using problem::Problem;

namespace {

/// Calls `look` for every plan of many random answers, whatever their objective.
template <typename Look>
void for_plans(int seeds, const Look& look) {
    for (int seed = 0; seed < tests::cases(seeds); ++seed) {
        std::mt19937 random(static_cast<unsigned>(seed));
        const auto market = seed % 4 == 0 ? tests::random_market(random)
                                          : tests::random_market(random, model::MarketKind::provider);
        auto request = tests::random_request(random, *market);
        request.preset = problem::default_preset(market->kind);
        if (seed % 4 != 1) request.risk.rates = risk::band_rates(seed % 5);
        request.architectures.assign(problem::all_architectures.begin(), problem::all_architectures.end());
        const auto problem = problem::make_problem(market, request);
        if (!problem) continue;
        const auto decision = planner::decide(**problem, tests::random_budget(random, *market));
        if (!decision) continue;
        for (const Plan& plan : decision->ranked)
            look(**problem, plan);
        for (const auto& [architecture, plans] : decision->by_architecture)
            for (const Plan& plan : plans)
                look(**problem, plan);
    }
}

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), 1e-12});
}

}  // namespace

class TestPlanRun : public QObject {
    Q_OBJECT

  private slots:
    void theOutlookOfTheRunIsThePlans() {
        std::map<Architecture, int> known;
        int unknown = 0;
        for_plans(150, [&](const Problem& problem, const Plan& plan) {
            const auto run = problem::job_run(problem, plan);
            QCOMPARE(run.has_value(), plan.job.unknown.empty());
            if (!run) {
                ++unknown;
                return;
            }
            ++known[plan.architecture];
            QVERIFY(risk::outlook(run->view()) == *plan.job.expected);
            QCOMPARE(run->view().useful_seconds / 3600, *plan.job.fault_free_hours);
            QCOMPARE(run->view().revocations_per_hour, *plan.job.revocations_per_hour);
        });
        QVERIFY(tests::enough(unknown, 5));
        for (const auto architecture : problem::all_architectures)
            QVERIFY2(tests::enough(known[architecture], 5), std::string(problem::name(architecture)).c_str());
    }

    void theRunOutlivesWhatItWasMadeOf() {
        int servers = 0;
        for_plans(60, [&](const Problem& problem, const Plan& plan) {
            auto run = problem::job_run(problem, plan);
            if (!run || run->throughputs.empty()) return;
            const problem::PlanRun moved = std::move(*run);
            run.reset();
            QVERIFY(risk::outlook(moved.view()) == *plan.job.expected);
            QCOMPARE(static_cast<int>(moved.view().throughputs.size()), plan.nodes);
            ++servers;
        });
        QVERIFY(tests::enough(servers, 5));
    }

    void aPlanOfAnotherProblemHasNone() {
        for_plans(20, [](const Problem& problem, Plan plan) {
            plan.worker = "no such type";
            QVERIFY(!problem::job_run(problem, plan));
            QVERIFY(!problem::checkpoint_pipeline(problem, plan, 60));
        });
    }

    void thePipelineIsThatOfThePlan() {
        int tiering = 0;
        for_plans(60, [&](const Problem& problem, const Plan& plan) {
            const auto setup = problem::checkpoint_pipeline(problem, plan, 60);
            QCOMPARE(setup.has_value(), plan.architecture == Architecture::tiering);
            const auto run = problem::job_run(problem, plan);
            if (!setup || !run || setup->checkpoint_gib <= 0) return;
            QCOMPARE(setup->workers, plan.nodes);
            QCOMPARE(setup->remotes, plan.remotes);
            const auto steps = risk::step_seconds(*setup);
            if (!steps) return;  // memory by the published rule may not hold a checkpoint of the workload
            QVERIFY(close(steps->copy, run->run.checkpoint_seconds));  // what stops the training
            // An interval of which DeepCheck's simulation says that training stalls is none.
            QVERIFY(
                close(risk::shortest_interval_seconds(*setup).value(), run->run.shortest_interval_seconds));
            QVERIFY(steps->send <= run->run.shortest_interval_seconds * (1 + 1e-9));
            // What was on its way when a machine went is lost, too.
            QVERIFY(run->run.restart_seconds >= steps->cut + steps->send);
            ++tiering;
        });
        QVERIFY(tests::enough(tiering, 20));
    }
};

}  // namespace test_plan_run

DEEPVM_TEST(test_plan_run, TestPlanRun)
#include "test_plan_run.moc"
