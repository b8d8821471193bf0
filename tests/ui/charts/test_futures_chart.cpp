// SPDX-License-Identifier: GPL-3.0-or-later
// Futures as a person meets them: no future is lost on the way to the chart, and what it says of a figure is
// what the simulation counted.
#include <QGraphicsView>
#include <QScrollArea>
#include <QVBoxLayout>
#include <numeric>

#include "charts/futures_chart.h"
#include "hand.h"
#include "plot/chart_scale.h"
#include "test_program.h"

namespace test_futures_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::FutureFigure;
using charts::FuturesChart;

namespace {

explain::SimulatedPlan simulated(problem::Architecture architecture, double rate, double usd,
                                 std::uint64_t seed) {
    explain::SimulatedPlan made;
    made.plan.architecture = architecture;
    made.plan.worker = "g4dn.xlarge";
    made.plan.nodes = made.plan.spot_workers = 4;
    made.plan.hourly_price = base::Money::from_usd(usd);
    risk::Simulation simulation;
    simulation.run.useful_seconds = 40 * 3600;
    simulation.run.revocations_per_hour = rate;
    simulation.run.checkpoint_seconds = 20;
    simulation.run.restart_seconds = 600;
    simulation.hourly_price = made.plan.hourly_price;
    simulation.runs = 500;
    simulation.seed = seed;
    made.futures = risk::simulate(simulation).value();
    made.as_given = made.futures;
    made.plan.job.expected = risk::outlook(simulation.run);
    made.agrees = true;
    return made;
}

charts::SharedFutures three() {
    auto all = std::make_shared<std::vector<explain::SimulatedPlan>>();
    all->push_back(simulated(problem::Architecture::tiering, 0.2, 2, 1));
    all->push_back(simulated(problem::Architecture::on_demand, 0, 3, 2));
    explain::SimulatedPlan unknown;
    unknown.plan.worker = "p3.2xlarge";
    unknown.plan.nodes = 1;
    unknown.unknown = "the revocation rate is not known; set one by hand";
    all->push_back(unknown);
    return all;
}

}  // namespace

class TestFuturesChart : public QObject {
    Q_OBJECT

  private slots:
    void noFutureIsLost() {
        for (const auto figure : {FutureFigure::dollars, FutureFigure::hours}) {
            const auto plot = charts::makeFutures(three(), figure);
            QCOMPARE(plot.rows.size(), std::size_t{3});
            for (const auto row : {0, 1}) {
                const auto& bins = plot.rows[row].bins;
                QVERIFY(std::abs(std::accumulate(bins.shares.begin(), bins.shares.end(), 0.0) - 1) < 1e-9);
                QVERIFY(plot.least <= plot.rows[row].spread.p5);
                QVERIFY(plot.most >= plot.rows[row].spread.p95);
            }
            QVERIFY(plot.beyond <= 0.01);
        }
    }

    void dollarsAreHoursAtThePrice() {
        const auto hours = charts::makeFutures(three(), FutureFigure::hours);
        const auto dollars = charts::makeFutures(three(), FutureFigure::dollars);
        QVERIFY(std::abs(dollars.rows[0].spread.p50 - 2 * hours.rows[0].spread.p50) < 1e-6);
        QVERIFY(std::abs(dollars.rows[0].closed - 2 * hours.rows[0].closed) < 1e-6);
        QVERIFY(std::abs(dollars.rows[1].spread.p50 - 3 * 40) < 1e-6);  // nothing disturbs it
    }

    void whatItSaysOfAFigureIsWhatWasCounted() {
        const auto plot = charts::makeFutures(three(), FutureFigure::dollars);
        const auto& sorted = (*plot.futures)[0].futures.sorted_dollars;
        for (const double percent : {5.0, 50.0, 95.0}) {
            const double value = charts::percentile(plot, 0, percent);
            const auto count =
                std::ranges::count_if(sorted, [&](double paid) { return paid <= value + 1e-9; });
            QCOMPARE(charts::shareAtMost(plot, 0, value), static_cast<double>(count) / 500);
            QVERIFY(static_cast<double>(count) >= 5 * percent);
        }
        QCOMPARE(charts::shareAtMost(plot, 0, 1), 0.0);
        QCOMPARE(charts::shareAtMost(plot, 0, 1e6), 1.0);
        const auto text = charts::futureText(plot, 0, plot.rows[0].spread.p50);
        QVERIFY(text.title.startsWith("Plan 1: 4 × g4dn.xlarge"));
        QVERIFY(text.detail.contains("futures cost at most $"));
        QVERIFY(text.detail.contains("P95"));
    }

    void whatIsNotKnownSaysWhy() {
        const auto plot = charts::makeFutures(three(), FutureFigure::dollars);
        QCOMPARE(plot.rows[2].absent, QStringLiteral("the revocation rate is not known; set one by hand"));
        QVERIFY(plot.summary.contains("set one by hand"));
        auto never = three();
        auto all = *never;
        all[0].futures.finishes = false;
        const auto without = charts::makeFutures(std::make_shared<std::vector<explain::SimulatedPlan>>(all),
                                                 FutureFigure::hours);
        QVERIFY(without.rows[0].absent.contains("does not end"));
    }

    void thePointerAndTheKeyboardTell() {
        FuturesChart chart;
        chart.resize(600, 320);
        chart.setFutures(three(), FutureFigure::dollars);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        test::movePointer(chart, {200, 40});
        QVERIFY(test::shownCallout(chart) != nullptr);
        QVERIFY(test::shownCallout(chart)->text().title.startsWith("Plan 1"));
        QVERIFY(test::focusByTab(chart));
        QVERIFY(chart.accessibleDescription().startsWith("Plan 1"));
        QVERIFY(chart.accessibleDescription().contains("of 100 futures cost at most"));
        QTest::keyClick(&chart, Qt::Key_End);
        QVERIFY(chart.accessibleDescription().contains("95 of 100 futures cost at most"));
        chart.setFutures(three(), FutureFigure::hours);  // the same share of them
        QVERIFY(chart.accessibleDescription().contains("95 of 100 futures take at most"));
        chart.setFutures(three(), FutureFigure::dollars);
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(chart.accessibleDescription().startsWith("Plan 2"));
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(chart.accessibleDescription().contains("not known"));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(test::shownCallout(chart) == nullptr);
        QVERIFY(chart.accessibleDescription().contains("inside the 99 % interval"));
        chart.setFutures(nullptr, FutureFigure::dollars);
        QVERIFY(chart.accessibleDescription().isEmpty());
        QVERIFY(!chart.grab().isNull());
    }

    void nothingIsCutOff() {
        for (const QSize size : {QSize(420, 240), QSize(700, 420), QSize(1200, 700)}) {
            FuturesChart chart;
            chart.resize(size);
            chart.setFutures(three(), FutureFigure::hours);
            chart.show();
            QVERIFY(QTest::qWaitForWindowExposed(&chart));
            const double width = chart.findChild<QGraphicsView*>("futuresView")->width();
            for (const auto* text : test::shownOn<QGraphicsSimpleTextItem>(chart)) {
                const QRectF box = text->sceneBoundingRect();
                QVERIFY2(box.left() >= -1 && box.right() <= width + 1, qPrintable(text->text()));
            }
        }
    }

    // Without a hover, in the least room: what a plan costs, how likely it is in time, and a scale.
    void theFirstViewHasNumbersAndAnAxis() {
        auto all = *three();
        all[0].share_done_in_time = 0.925;
        auto& chart = *new FuturesChart;  // the area's
        chart.setFutures(std::make_shared<std::vector<explain::SimulatedPlan>>(all), FutureFigure::dollars);
        QScrollArea area;
        area.setWidgetResizable(true);
        auto* column = new QVBoxLayout(new QWidget);
        column->addWidget(&chart);
        area.setWidget(column->parentWidget());
        area.resize(560, 120);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        const auto height = chart.findChild<QGraphicsView*>("futuresView")->height();
        int figures = 0;
        int ticks = 0;
        for (const auto* text : test::shownOn<QGraphicsSimpleTextItem>(chart)) {
            QVERIFY2(text->sceneBoundingRect().bottom() <= height + 1, qPrintable(text->text()));
            figures += text->text().contains("P50 $") && text->text().contains("P95 $") ? 1 : 0;
            ticks += text->text().startsWith('$') ? 1 : 0;
        }
        QCOMPARE(figures, 2);
        QVERIFY(ticks >= 2);
        QVERIFY(std::ranges::any_of(test::shownOn<QGraphicsSimpleTextItem>(chart),
                                    [](const auto* text) { return text->text().contains("in time"); }));
        QCOMPARE(chart.data().rows.size(), 3);
        QCOMPARE(chart.data().rows[0].size(), chart.data().head.size());
    }

    void anAxisAroundAnyValues() {
        for (const auto& [least, most] :
             {std::pair(3.0, 3.0), {8.39, 8.40}, {0.0, 0.0}, {0.0, 7.0}, {12.0, 4000.0}, {1e-6, 2e-6}}) {
            const auto scale = charts::linearScaleAround(least, most, 5);
            QVERIFY(scale.from <= least && scale.to >= most && scale.from < scale.to);
            QVERIFY(scale.ticks.size() >= 2 && scale.ticks.size() <= 8);
            QVERIFY(scale.from >= 0);
        }
    }

    void figuresAreReadable() {
        QCOMPARE(charts::figureText(FutureFigure::dollars, 12.345), QStringLiteral("$12.35"));
        QCOMPARE(charts::figureText(FutureFigure::dollars, 12345), QStringLiteral("$12,345"));
        QCOMPARE(test::plain(charts::figureText(FutureFigure::hours, 7.5)), QStringLiteral("7.5 h"));
    }
};

}  // namespace test_futures_chart

DEEPVM_TEST(test_futures_chart, TestFuturesChart)
#include "test_futures_chart.moc"
