// SPDX-License-Identifier: GPL-3.0-or-later
// A wrong plan on the screen is the worst defect: on thousands of seeded markets, lp_solve's answer must be
// what enumeration finds.
#include <QtTest>

#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"

using namespace deepvm;
using base::Money;
using planner::Architecture;

namespace {

bool same(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

QString describe(const planner::Plan& plan) {
    return QString::fromStdString(machines(plan) + " at " + plan.hourly_price.decimal());
}

QString describe(const tests::Cluster& cluster) {
    return QString("%1 x %2 + %3 x %4 at %5 worth %6")
        .arg(cluster.nodes)
        .arg(QString::fromStdString(cluster.worker))
        .arg(cluster.remotes)
        .arg(QString::fromStdString(cluster.remote), QString::fromStdString(cluster.price.decimal()))
        .arg(cluster.objective, 0, 'g', 17);
}

bool same(const planner::Plan& plan, const tests::Cluster& cluster) {
    return same(plan.objective, cluster.objective) && plan.hourly_price == cluster.price &&
           plan.nodes == cluster.nodes && plan.remotes == cluster.remotes && plan.worker == cluster.worker &&
           plan.remote == cluster.remote;
}

struct Case {
    std::shared_ptr<const model::Market> market;
    planner::Request request;
    std::shared_ptr<const planner::Problem> problem;
    Money budget;
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    Case result;
    result.market = tests::random_market(random);
    result.request = tests::random_request(random, *result.market);
    result.budget = tests::random_budget(random, *result.market);
    result.problem = planner::make_problem(result.market, result.request).value();
    return result;
}

}  // namespace

class TestPlannerProperty : public QObject {
    Q_OBJECT

  private slots:
    // Every architecture's list, in order, with its prices and counts.
    void decisions_equal_enumeration() {
        int answered = 0;
        for (unsigned seed = 1; seed <= 2000; ++seed) {
            const Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request);
            const auto decision = planner::decide(*c.problem, c.budget).value();
            QVERIFY2(decision.proof.proven, decision.proof.doubt.c_str());
            for (const auto architecture : c.request.architectures) {
                const auto& plans = decision.by_architecture.at(architecture);
                const auto clusters = judge.best(architecture, c.budget);
                QCOMPARE(plans.size(), std::min<std::size_t>(clusters.size(), c.request.top));
                for (std::size_t i = 0; i < plans.size(); ++i) {
                    QVERIFY2(same(plans[i], clusters[i]),
                             qPrintable(QString("seed %1, %2: %3 instead of %4")
                                            .arg(seed)
                                            .arg(i)
                                            .arg(describe(plans[i]), describe(clusters[i]))));
                    const auto wrong = judge.violation(plans[i], c.budget);
                    QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: ").arg(seed) + wrong.c_str()));
                    ++answered;
                }
            }
        }
        QVERIFY(answered > 5000);  // the markets are not all empty
    }

    // The dashed no-scale line must be the planner that believes E(n) = n.
    void no_scale_equals_enumeration_without_scaling() {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            const Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request, true);
            std::optional<tests::Cluster> best;
            for (const auto architecture : c.request.architectures) {
                const auto clusters = judge.best(architecture, c.budget);
                if (!clusters.empty() && (!best || clusters.front().objective > best->objective))
                    best = clusters.front();
            }
            const auto decision = planner::decide(*c.problem, c.budget).value();
            QCOMPARE(decision.policies.no_scale.has_value(), best.has_value());
            if (best)
                QVERIFY2(same(decision.policies.no_scale->objective, best->objective),
                         qPrintable(QString::number(seed)));
        }
    }

    // The chart's steps: at every price at which anything becomes possible, and one micro-dollar below it.
    void frontier_equals_enumeration_at_every_price() {
        const Money to = Money::from_usd(20);
        for (unsigned seed = 1; seed <= 120; ++seed) {
            Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request);
            const auto frontier = planner::frontier(*c.problem, Money{}, to).value();
            for (const auto architecture : c.request.architectures) {
                const auto& steps = frontier.by_architecture.at(architecture);
                std::size_t step = 0;
                double worth = 0;
                for (const Money price : judge.prices(architecture, to)) {
                    const auto clusters = judge.best(architecture, price);
                    if (clusters.front().objective <= worth) continue;
                    worth = clusters.front().objective;
                    QVERIFY2(step < steps.size(),
                             qPrintable(QString("seed %1: a step at %2 is missing")
                                            .arg(seed)
                                            .arg(QString::fromStdString(price.decimal()))));
                    QVERIFY2(same(steps[step], clusters.front()),
                             qPrintable(QString("seed %1: %2 instead of %3")
                                            .arg(seed)
                                            .arg(describe(steps[step]), describe(clusters.front()))));
                    ++step;
                }
                QCOMPARE(step, steps.size());
            }
        }
    }

    // "The next step costs $0.11 more": exactly there the better plan is, and a micro-dollar below it is not.
    void next_step_is_the_next_breakpoint() {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            const Case c = make_case(seed);
            const auto decision = planner::decide(*c.problem, c.budget).value();
            if (!decision.next_step) continue;
            const auto& next = *decision.next_step;
            QCOMPARE(next.plan.hourly_price, c.budget + next.extra);
            const auto there = planner::decide(*c.problem, next.plan.hourly_price).value();
            QCOMPARE(there.ranked.front().objective, next.plan.objective);
            const auto below =
                planner::decide(*c.problem, next.plan.hourly_price - Money::from_micro(1)).value();
            QCOMPARE(below.ranked.front().objective, decision.ranked.front().objective);
        }
    }

    // "The cheapest cluster that fits costs ...": true to the micro-dollar.
    void cheapest_is_the_first_budget_that_fits_anything() {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            const Case c = make_case(seed);
            const auto nothing = planner::decide(*c.problem, Money{}).value();
            QVERIFY(nothing.ranked.empty());
            if (!nothing.cheapest) continue;
            const Money price = nothing.cheapest->hourly_price;
            QVERIFY(!planner::decide(*c.problem, price).value().ranked.empty());
            QVERIFY(planner::decide(*c.problem, price - Money::from_micro(1)).value().ranked.empty());
        }
    }

    void a_stopped_request_says_cancelled() {
        const Case c = make_case(7);
        std::stop_source stop;
        stop.request_stop();
        const auto decision = planner::decide(*c.problem, Money::from_usd(100), stop.get_token());
        QVERIFY(!decision);
        QCOMPARE(decision.error().code, base::ErrorCode::cancelled);
        QVERIFY(!planner::frontier(*c.problem, Money{}, Money::from_usd(100), stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestPlannerProperty)
#include "test_planner_property.moc"
