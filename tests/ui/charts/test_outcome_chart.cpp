// SPDX-License-Identifier: GPL-3.0-or-later
// Dollars over hours as a person meets them: every plan that was simulated is there with the figures of its
// futures, by pointer and by keyboard, and what was not simulated is not made up.
#include <QSignalSpy>
#include <cmath>

#include "charts/outcome_chart.h"
#include "hand.h"
#include "test_program.h"

namespace test_outcome_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::OutcomeChart;

namespace {

explain::SimulatedPlan outcome(const char* worker, double hours, double usd) {
    explain::SimulatedPlan made;
    made.plan.worker = worker;
    made.plan.nodes = made.plan.spot_workers = 4;
    made.futures.hours = {hours, 1, 1, hours, hours, hours - 2, hours, hours + 4};
    made.futures.dollars = {usd, 1, 1, usd, usd, usd - 3, usd, usd + 9};
    return made;
}

charts::SharedFutures three() {
    auto all = std::make_shared<std::vector<explain::SimulatedPlan>>();
    all->push_back(outcome("g5.xlarge", 40, 100));
    explain::SimulatedPlan unknown = outcome("p3.2xlarge", 1, 1);
    unknown.unknown = "the revocation rate is not known; set one by hand";
    all->push_back(unknown);
    all->push_back(outcome("g4dn.xlarge", 20, 160));
    return all;
}

}  // namespace

class TestOutcomeChart : public QObject {
    Q_OBJECT

  private slots:
    void everyPlanThatWasSimulatedIsThere() {
        OutcomeChart chart;
        chart.resize(480, 320);
        chart.setFutures(three());
        const auto table = chart.data();
        QCOMPARE(table.rows.size(), 2);  // by hours; each by the number that it has among the plans
        QVERIFY(table.rows[0][0].startsWith(QLatin1String("Plan 3: ")));
        QVERIFY(table.rows[1][0].startsWith(QLatin1String("Plan 1: ")));
        QCOMPARE(table.rows[0].mid(1), (QStringList{"18", "20", "24", "157", "160", "169"}));
        QVERIFY2(chart.summary().contains(QStringLiteral("from $97.00 to $109.00 in 9 of 10 futures")),
                 qPrintable(chart.summary()));
    }

    void keysGoFromPlanToPlanInTheOrderOfTheirHours() {
        OutcomeChart chart;
        chart.resize(480, 320);
        chart.setFutures(three());
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QTest::keyClick(&chart, Qt::Key_Home);
        const QSignalSpy marked(&chart, &OutcomeChart::marked);
        QVERIFY(chart.accessibleDescription().startsWith(QLatin1String("Plan 3: ")));
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(chart.accessibleDescription().startsWith(QLatin1String("Plan 1: ")));
        QTest::keyClick(&chart, Qt::Key_Right);  // there is no other
        QVERIFY(chart.accessibleDescription().startsWith(QLatin1String("Plan 1: ")));
        QCOMPARE(marked.count(), 1);
    }

    void allDiscsAreOnThePlotAndFoundByThePointer() {
        for (const QSize size : {QSize(220, 200), QSize(480, 320), QSize(1200, 700)}) {
            OutcomeChart chart;
            chart.resize(size);
            chart.setFutures(three());
            chart.show();
            QVERIFY(QTest::qWaitForWindowExposed(&chart));
            int found = 0;
            for (int row = 0; row < 2; ++row) {
                const auto spot = chart.drawing().show({row, 0, 0}, true);
                QVERIFY(chart.view()->plot().adjusted(-1, -1, 1, 1).contains(spot.at));
                const auto mark = chart.drawing().markAt(spot.at);
                if (mark && mark->row == row) ++found;
            }
            QCOMPARE(found, 2);
            // More hours are further right, more dollars higher.
            const auto third = chart.drawing().show({0, 0, 0}, true).at;
            const auto first = chart.drawing().show({1, 0, 0}, true).at;
            QVERIFY(third.x() < first.x() && third.y() < first.y());
        }
    }

    void nothingSimulatedIsSaid() {
        OutcomeChart chart;
        chart.resize(480, 320);
        chart.setFutures(nullptr);
        QVERIFY(chart.data().rows.isEmpty());
        QVERIFY(chart.summary().contains(QLatin1String("nothing to show")));
    }
};

}  // namespace test_outcome_chart

DEEPVM_TEST(test_outcome_chart, TestOutcomeChart)
#include "test_outcome_chart.moc"
