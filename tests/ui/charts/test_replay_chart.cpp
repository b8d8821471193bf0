// SPDX-License-Identifier: GPL-3.0-or-later
// A replayed figure as a person meets it: each point with its error in words, the rules switched on the same
// axes, and nothing made up where rules say nothing.
#include "charts/replay_chart.h"
#include "charts/replay_text.h"
#include "hand.h"
#include "test_program.h"

namespace test_replay_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::ReplayChart;
using validation::Rules;

namespace {

std::shared_ptr<const validation::Replay> replay(bool named) {
    validation::Replay made;
    made.title = "A paper, figure 1";
    made.x_axis = named ? "plans" : "nodes";
    made.y_axis = "speed-up";
    made.unit = " x";
    made.named = named;
    for (int i = 0; i < 5; ++i) {
        const double x = named ? i : std::pow(2, i);
        made.points.push_back({named ? "a plan of some length" : std::to_string(1 << i),
                               x,
                               1.0 + i,
                               {1.2 * (1.0 + i), false},
                               {0.9 * (1.0 + i), i == 0}});
    }
    made.points[2].by_published.value.reset();
    return std::make_shared<const validation::Replay>(std::move(made));
}

}  // namespace

class TestReplayChart : public QObject {
    Q_OBJECT

  private slots:
    void theErrorOfEachPointIsSaid() {
        ReplayChart chart;
        chart.resize(560, 320);
        chart.setReplay(replay(false));
        chart.setRules(Rules::published);
        QVERIFY2(chart.summary().contains(QStringLiteral("Published rules: median error 20.0")),
                 qPrintable(chart.summary()));
        QVERIFY2(chart.summary().contains(
                     QStringLiteral("4 nodes: measured 3.00 ×, ours: these rules say nothing")),
                 qPrintable(chart.summary()));
        chart.setRules(Rules::corrected);
        QVERIFY(chart.summary().contains(QStringLiteral("1 node: measured 1.00 ×, ours: 0.900 × (given")));
        const auto table = chart.data();
        QCOMPARE(table.rows.size(), 5);
        QCOMPARE(table.rows[1], (QStringList{"2", "2", "2.4", "20.00", "1.8", "-10.00"}));
        QVERIFY(table.rows[2][2].isEmpty() && table.rows[0][5].isEmpty());
    }

    void theRulesAreSwitchedOnTheSameAxes() {
        ReplayChart chart;
        chart.resize(560, 320);
        chart.setReplay(replay(false));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setRules(Rules::published);
        const auto before = chart.drawing().show({0, 4, 0}, false).at;
        chart.setRules(Rules::corrected);
        QCOMPARE(chart.drawing().show({0, 4, 0}, false).at, before);
    }

    void keysGoFromPointToPoint() {
        ReplayChart chart;
        chart.resize(560, 320);
        chart.setReplay(replay(false));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(chart.shown()->column, 0);
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY2(chart.accessibleDescription().startsWith(QStringLiteral("2 nodes: measured: 2.00 ×")),
                 qPrintable(chart.accessibleDescription()));
        chart.setRules(Rules::published);  // the place of the keyboard stays
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(chart.shown()->column, 4);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.shown()->column, 4);
    }

    void nothingLiesOnAnother() {
        for (const bool named : {false, true})
            for (const QSize size : {QSize(320, 240), QSize(560, 320), QSize(1200, 640)}) {
                ReplayChart chart;
                chart.resize(size);
                chart.setReplay(replay(named));
                chart.show();
                QVERIFY(QTest::qWaitForWindowExposed(&chart));
                const auto problem = test::illegibleOn(chart);
                QVERIFY2(problem.isEmpty(), qPrintable(problem));
                for (int i = 0; i < 5; ++i) {
                    const auto spot = chart.drawing().show({0, i, 0}, true);
                    QVERIFY(chart.view()->plot().adjusted(-6, -6, 6, 6).contains(spot.at));
                    const auto mark = chart.drawing().markAt(spot.at);
                    QVERIFY(mark && mark->column == i);
                }
            }
    }

    void withoutPointsItSaysSo() {
        ReplayChart chart;
        chart.setReplay(nullptr);
        QVERIFY(chart.summary().contains(QLatin1String("nothing to show")));
        QVERIFY(chart.data().rows.isEmpty());
        validation::Replay none;
        QCOMPARE(charts::errorsInAll(none, Rules::published),
                 QStringLiteral("no point that these rules can be judged by"));
    }
};

}  // namespace test_replay_chart

DEEPVM_TEST(test_replay_chart, TestReplayChart)
#include "test_replay_chart.moc"
