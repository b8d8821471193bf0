// SPDX-License-Identifier: GPL-3.0-or-later
// The cost of the interval between checkpoints as a person meets it: the marks are where they say, and every
// point can be read and picked.
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QSignalSpy>

#include "charts/checkpoint_chart.h"
#include "hand.h"
#include "test_program.h"

namespace test_checkpoint_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::CheckpointChart;

namespace {

risk::JobRun job(double rate = 0.05) {
    risk::JobRun run;
    run.useful_seconds = 200 * 3600;
    run.revocations_per_hour = rate;
    run.checkpoint_seconds = 60;
    run.restart_seconds = 600;
    return run;
}

struct Bench {
    CheckpointChart chart;

    explicit Bench(const risk::JobRun& run, QSize size = {560, 260}) {
        chart.resize(size);
        chart.setLine(charts::checkpointLine(risk::checkpoint_curve(run)), problem::Architecture::tiering);
        chart.show();
    }
    QGraphicsView* view() const { return chart.findChild<QGraphicsView*>("checkpointView"); }
    QStringList names() const {
        QStringList found;
        for (const auto* tag : test::shownOn<plot::Tag>(chart))
            found << test::plain(tag->text());
        return found;
    }
};

}  // namespace

class TestCheckpointChart : public QObject {
    Q_OBJECT

  private slots:
    void theMarksAreWhereTheySay() {
        for (const double rate : {0.001, 0.05, 1.0, 4.0}) {
            const auto curve = risk::checkpoint_curve(job(rate));
            const auto line = charts::checkpointLine(curve);
            QVERIFY(line.best && line.young_daly);
            for (const auto& point : line.points)
                QVERIFY(point.overhead_percent >= line.points[*line.best].overhead_percent - 1e-9);
            QVERIFY(line.points[*line.young_daly] == *curve.young_daly);
            QVERIFY(line.summary.contains("overhead"));
            for (std::size_t i = 1; i < line.points.size(); ++i)
                QVERIFY(line.points[i - 1].interval_seconds <= line.points[i].interval_seconds);
        }
    }

    void whereNothingRollsBackThereIsNoLine() {
        auto run = job();
        const std::vector<double> throughputs{1, 2, 3};
        run.throughputs = throughputs;
        QVERIFY(charts::checkpointLine(risk::checkpoint_curve(run)).points.empty());
        Bench bench(run);
        QVERIFY(bench.names().isEmpty());
        QVERIFY(!bench.chart.grab().isNull());
    }

    void theBestIsNamed_atAnySize() {
        for (const QSize size : {QSize(340, 190), QSize(560, 260), QSize(1100, 600)})
            for (const double rate : {0.001, 0.05, 4.0}) {
                Bench bench(job(rate), size);
                QVERIFY(QTest::qWaitForWindowExposed(&bench.chart));
                const auto names = bench.names();
                QVERIFY(!names.isEmpty());
                QVERIFY(names.join('\n').contains("Best"));
                for (const auto* tag : test::shownOn<plot::Tag>(bench.chart))
                    QVERIFY(QRectF(0, 0, bench.view()->width(), bench.view()->height())
                                .contains(tag->sceneBoundingRect()));
            }
    }

    void thePointerTells_andPicks() {
        Bench bench(job());
        QVERIFY(QTest::qWaitForWindowExposed(&bench.chart));
        QSignalSpy picked(&bench.chart, &CheckpointChart::intervalPicked);
        const QPointF at(bench.view()->width() / 3.0, 100);
        test::movePointer(bench.chart, at);
        QVERIFY(bench.chart.accessibleDescription().startsWith("One checkpoint every"));
        QTest::mouseClick(bench.view()->viewport(), Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(picked.count(), 1);
        QVERIFY(picked.front().front().toDouble() > 0);
    }

    void theKeyboardGoesAlongTheCurve() {
        Bench bench(job());
        QVERIFY(QTest::qWaitForWindowExposed(&bench.chart));
        QSignalSpy picked(&bench.chart, &CheckpointChart::intervalPicked);
        QVERIFY(test::focusByTab(bench.chart));
        const QString best = bench.chart.accessibleDescription();
        QVERIFY(best.contains("the least expected time"));
        QTest::keyClick(&bench.chart, Qt::Key_Right);
        QVERIFY(bench.chart.accessibleDescription() != best);
        QTest::keyClick(&bench.chart, Qt::Key_End);
        QTest::keyClick(&bench.chart, Qt::Key_Right);
        QTest::keyClick(&bench.chart, Qt::Key_Return);
        QTest::keyClick(&bench.chart, Qt::Key_Home);
        QTest::keyClick(&bench.chart, Qt::Key_Return);
        QCOMPARE(picked.count(), 2);
        QVERIFY(picked[0][0].toDouble() > picked[1][0].toDouble());
        QTest::keyClick(&bench.chart, Qt::Key_Escape);
        QVERIFY(bench.chart.accessibleDescription().startsWith("Best"));
        QVERIFY(bench.chart.data().rows.size() > 100);
    }

    void ticksAreTimes() {
        QStringList texts;
        for (const auto& tick : charts::intervalTicks(1, 3600, 10))
            texts << test::plain(tick.text);
        QCOMPARE(texts, QStringList({"1 s", "10 s", "1 min", "10 min", "1 h"}));
        QVERIFY(charts::intervalTicks(0.001, 1e8, 4).size() <= 4);
        QCOMPARE(test::plain(charts::overheadText(0.42)), QStringLiteral("0.42 %"));
        QCOMPARE(test::plain(charts::overheadText(1250)), QStringLiteral("1,250 %"));
    }
};

}  // namespace test_checkpoint_chart

DEEPVM_TEST(test_checkpoint_chart, TestCheckpointChart)
#include "test_checkpoint_chart.moc"
