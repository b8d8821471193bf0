// SPDX-License-Identifier: GPL-3.0-or-later
// Frontiers and types made into points: a line that is off by a step promises a plan that does not exist.
#include <fmt/format.h>

#include <QTest>
#include <cmath>
#include <limits>

#include "charts/flopp_points.h"
#include "charts/frontier_series.h"
#include "sample.h"
#include "test_program.h"

namespace test_chart_lines {

using namespace deepvm;
using namespace deepvm::ui::charts;

class TestChartLines : public QObject {
    Q_OBJECT
  private slots:
    void stepsAreStepsAndExactAtBreakpoints();
    void theLineOfAJobBeginsAtItsFirstStepAndFalls();
    void aPolicyThatMissesTheDeadlineHasNoLineThere();
    void linesEndWithTheWindowOrTheFrontier();
    void thousandsOfStepsStayFewAndTrue();
    void theStepHoldsFromItsExactPriceOn();
    void theBestPlanIsOfAnArchitecture();
    void thePointerFindsTheNearestRealPlan();
    void longStepsAreFoundFarFromTheirStart();
    void typesAreFoundAsWorkersAndRemotes();
    void whatCannotBeOnALogAxisIsLeftOut();
    void thousandsOfTypesStayDrawable();
};

void TestChartLines::stepsAreStepsAndExactAtBreakpoints() {
    const std::vector steps{test::plan(0.5, 1e8), test::plan(1.3078, 1.5e8), test::plan(4, 2.5e8)};
    const auto points = polyline(steps, 10, 500, {1e8});
    const QList<QPointF> expected{{0.5, 0}, {0.5, 1}, {1.3078, 1}, {1.3078, 1.5},
                                  {4, 1.5}, {4, 2.5}, {10, 2.5}};
    QCOMPARE(points, expected);
}

void TestChartLines::theLineOfAJobBeginsAtItsFirstStepAndFalls() {
    const std::vector steps{test::plan(0.5, 1000), test::plan(4, 100)};
    const QList<QPointF> even{{0.5, 1000}, {4, 1000}, {4, 100}, {10, 100}};
    QCOMPARE(polyline(steps, 10, 500, {1, false, false}), even);
    const QList<QPointF> powers{{0.5, 3}, {4, 3}, {4, 2}, {10, 2}};
    QCOMPARE(polyline(steps, 10, 500, {1, true, false}), powers);
}

void TestChartLines::aPolicyThatMissesTheDeadlineHasNoLineThere() {
    constexpr double never = std::numeric_limits<double>::infinity();
    planner::Frontier frontier;
    frontier.cost_first = {test::plan(1, 50), test::plan(2, never), test::plan(3, 40), test::plan(4, 30)};
    frontier.performance_first = {test::plan(1, never)};
    const auto lines = stepLines(frontier);
    QCOMPARE(lines.size(), std::size_t{1});
    QCOMPARE(lines[0].steps.size(), std::size_t{2});
    QCOMPARE(highestObjective(lines, 10), 40.0);
    QCOMPARE(lowestObjective(lines, 10), 30.0);
}

void TestChartLines::linesEndWithTheWindowOrTheFrontier() {
    const std::vector steps{test::plan(0.5, 1), test::plan(4, 2)};
    QCOMPARE(polyline(steps, 2, 500, {1}).back(), QPointF(2, 1));
    QCOMPARE(polyline(steps, 10, 6, {1}).back(), QPointF(6, 2));
    QVERIFY(polyline(steps, 0.5, 500, {1}).isEmpty());
    QVERIFY(polyline({}, 10, 500, {1}).isEmpty());
}

void TestChartLines::thousandsOfStepsStayFewAndTrue() {
    std::vector<problem::Plan> steps;
    steps.reserve(8000);
    for (int i = 0; i < 8000; ++i)
        steps.push_back(test::plan(0.05 + 0.001 * i, 1 + i));
    steps[4321].objective = 1e6;  // a baseline may rise and fall
    const auto points = polyline(steps, 10, 500, {1});
    QVERIFY(points.size() <= most_points);
    QCOMPARE(points.back(), QPointF(10, 8000));
    QCOMPARE(points.front().x(), 0.05);
    double highest = 0;
    for (int i = 1; i < points.size(); ++i) {
        QVERIFY(points[i].x() == points[i - 1].x() || points[i].y() == points[i - 1].y());
        highest = std::max(highest, points[i].y());
    }
    QCOMPARE(highest, 1e6);
}

void TestChartLines::theStepHoldsFromItsExactPriceOn() {
    const std::vector steps{test::plan(2.25, 1), test::plan(2.8526, 2)};
    QCOMPARE(planAt(steps, base::Money::from_micro(2'852'600)), &steps[1]);
    QCOMPARE(planAt(steps, base::Money::from_micro(2'852'599)), &steps[0]);
    QCOMPARE(planAt(steps, test::usd(2.249999)), nullptr);
}

void TestChartLines::theBestPlanIsOfAnArchitecture() {
    const auto frontier = test::frontier();
    const auto lines = stepLines(*frontier);
    QCOMPARE(lines.size(), std::size_t(5));
    const auto best = bestAt(lines, test::usd(2.9));
    QVERIFY(best.has_value());
    QCOMPARE(best->kind, LineKind::tiering);
    QCOMPARE(best->plan->hourly_price, test::usd(2.8526));
    QVERIFY(!bestAt(lines, test::usd(0.1)));
    QCOMPARE(cheapestStep(lines)->hourly_price, test::usd(0.3278));
}

void TestChartLines::thePointerFindsTheNearestRealPlan() {
    const auto frontier = test::frontier();
    const auto lines = stepLines(*frontier);
    const FrontierMap map{{0, 10, false, 50, 600}, {0, 3, false, 320, 60}, 1e8, 500};
    for (const auto& line : lines)
        for (std::size_t i = 0; i + 1 < line.steps.size() && line.steps[i].hourly_price.usd() < 9.9; ++i) {
            const auto at = map.at(line.steps[i].hourly_price.usd() + 0.02, line.steps[i].objective);
            const auto hit = nearestStep(lines, map, at);
            QVERIFY(hit.has_value());
            QVERIFY(hit->distance < 1e-6);
            const auto& found = lines[hit->line].steps[hit->step];
            QCOMPARE(hit->start, map.at(found.hourly_price.usd(), found.objective));
            QVERIFY(hit->line >= static_cast<std::size_t>(&line - lines.data()));  // the topmost of equals
        }
    QVERIFY(!nearestStep({}, map, {100, 100}));
}

void TestChartLines::longStepsAreFoundFarFromTheirStart() {
    const std::vector<problem::Plan> flat{test::plan(5.3, 2e8), test::plan(9, 2.5e8)};
    const std::vector<StepLine> lines{{LineKind::tiering, flat}};
    const FrontierMap map{{0, 10, false, 0, 1000}, {0, 3, false, 300, 0}, 1e8, 500};
    const auto hit = nearestStep(lines, map, {880, 110});
    QVERIFY(hit.has_value());
    QCOMPARE(hit->step, std::size_t(0));
    QCOMPARE(hit->start.x(), 530.0);
    QCOMPARE(hit->end.x(), 900.0);
}

void TestChartLines::typesAreFoundAsWorkersAndRemotes() {
    const auto frontier = test::frontier();
    const auto lines = stepLines(*frontier);
    const FrontierMap map{{0, 10, false, 0, 1000}, {0, 3, false, 300, 0}, 1e8, 500};
    QCOMPARE(stepsOfType(lines, map, QStringLiteral("c5.xlarge")).size(), std::size_t(31));
    QVERIFY(stepsOfType(lines, map, QStringLiteral("g4dn.xlarge")).size() > 62);
    QVERIFY(stepsOfType(lines, map, {}).empty());
    QVERIFY(stepsOfType(lines, map, QStringLiteral("unknown")).empty());
    // Another provider's type of the same name is another type.
    std::vector steps{test::plan(2, 1e8), test::plan(3, 2e8)};
    steps[1].provider = "gcp";
    const std::vector<StepLine> two{{LineKind::tiering, steps}};
    QCOMPARE(stepsOfType(two, map, QStringLiteral("gcp/g4dn.xlarge")).size(), std::size_t(1));
    QCOMPARE(stepsOfType(two, map, QStringLiteral("g4dn.xlarge")).size(), std::size_t(1));
}

void TestChartLines::whatCannotBeOnALogAxisIsLeftOut() {
    std::vector entries{test::type("free", 0.1, 8, false),   test::type("slow", 0.1, 0, false),
                        test::type("wrong", 0.1, -3, false), test::type("nan", 0.1, std::nan(""), false),
                        test::type("good", 0.2, 8, true),    test::type("list", 0, 8, false)};
    entries[0].spot = base::Money{};
    const auto points = floppPoints(entries);
    QCOMPARE(points.size(), std::size_t(2));  // one point of 0 makes a whole Qt Charts series vanish
    QCOMPARE(entries[points[0].entry].instance_type, std::string("good"));
    QCOMPARE(points[0].mark, FloppMark::pareto);
    QCOMPARE(entries[points[1].entry].instance_type, std::string("list"));
    QCOMPARE(points[1].mark, FloppMark::on_demand_only);
    QCOMPARE(points[1].value.x(), 1.0);
    const auto scales = floppScales(points, 8, 6);
    QVERIFY(scales.x.from > 0 && scales.y.from > 0);
    QVERIFY(floppScales({}, 8, 6).x.from > 0);
}

void TestChartLines::thousandsOfTypesStayDrawable() {
    std::vector<problem::FloppEntry> entries;
    entries.reserve(5000);
    for (int i = 0; i < 5000; ++i)
        entries.push_back(test::type(fmt::format("t{}", i), 0.1 + i, 1 + i, i == 4999));
    const auto points = floppPoints(entries);
    QCOMPARE(points.size(), std::size_t(most_markers));
    QCOMPARE(points.front().entry, std::size_t(4999));
}

}  // namespace test_chart_lines

DEEPVM_TEST(test_chart_lines, TestChartLines)
#include "planner/decision.h"
#include "test_chart_lines.moc"
