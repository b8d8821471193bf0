// SPDX-License-Identifier: GPL-3.0-or-later
// Axes, texts and label places: a chart with a wrong tick or two names on each other is read wrongly.
#include <QTest>
#include <cmath>
#include <limits>
#include <random>

#include "charts/chart_text.h"
#include "plot/chart_scale.h"
#include "plot/label_placement.h"
#include "test_program.h"

namespace test_chart_axes {

using namespace deepvm;
using namespace deepvm::ui::charts;

class TestChartAxes : public QObject {
    Q_OBJECT
  private slots:
    void budgetAxisOfThePicture();
    void budgetAxisAlwaysShowsTheBudget();
    void dragDoesNotMakeTheAxisJitter();
    void linearTicksEndWithTheAxis();
    void theAxisOfAJobHoldsItsValuesAndNotMuchMore();
    void logAxisIsNeverWithoutTicks();
    void pixelsAndValuesAgree();
    void numbersAreWrittenForPeople();
    void objectiveNamesItsPowerOfTen();
    void lineNamesNeverOverlap();
    void lineNamesStayWhereTheyWant();
    void lineNamesWithoutRoomAreLeftOut();
    void pointNamesNeverOverlap();
    void calloutStaysInsideAndBesideItsPoint();
};

void TestChartAxes::budgetAxisOfThePicture() {
    QCOMPARE(budgetWindow(2.9, 0, 500), 10.0);
    QCOMPARE(budgetWindow(0.05, 0, 500), 1.0);
    QCOMPARE(budgetWindow(500, 0, 500), 500.0);
    QCOMPARE(budgetWindow(0, 0, 500), 1.0);
}

void TestChartAxes::budgetAxisAlwaysShowsTheBudget() {
    double previous = 0;
    for (double budget = 0.05; budget <= 500; budget *= 1.013) {
        for (const double window :
             {budgetWindow(budget, 0, 500), previous = budgetWindow(budget, previous, 500)}) {
            QVERIFY2(budget <= window && window <= 500, qPrintable(QString::number(budget)));
            const double mantissa = window / std::pow(10, std::floor(std::log10(window) + 1e-9));
            QVERIFY(std::abs(mantissa - 1) < 1e-9 || std::abs(mantissa - 2) < 1e-9 ||
                    std::abs(mantissa - 5) < 1e-9);
        }
    }
    QVERIFY(budgetWindow(600, 10, 500) >= 500);
}

void TestChartAxes::dragDoesNotMakeTheAxisJitter() {
    double window = budgetWindow(4, 0, 500);
    int changes = 0;
    for (int i = 0; i < 2000; ++i) {  // to and fro over every border between two axes
        const double budget = 4 + 2 * std::sin(i * 0.05);
        const double next = budgetWindow(budget, window, 500);
        changes += next == window ? 0 : 1;
        window = next;
    }
    QVERIFY2(changes <= 1, qPrintable(QString::number(changes)));
}

void TestChartAxes::linearTicksEndWithTheAxis() {
    for (double to = 1; to <= 1e6; to *= 10)
        for (const double end : {to, 2 * to, 5 * to})
            for (int intervals = 2; intervals <= 14; ++intervals) {
                const auto scale = linearScaleTo(end, intervals);
                QCOMPARE(scale.ticks.front(), 0.0);
                QVERIFY(std::abs(scale.ticks.back() - end) < 1e-9 * end);
                QVERIFY(static_cast<int>(scale.ticks.size()) <= intervals + 1);
            }
    for (double highest = 1e-6; highest < 1e18; highest *= 1.7) {
        const auto scale = linearScale(highest, 6);
        QVERIFY(scale.to > highest && scale.to < 2 * highest);
        QVERIFY(scale.ticks.size() >= 3 && scale.ticks.size() <= 8);
    }
    QCOMPARE(linearScale(0, 6).from, 0.0);
    QVERIFY(linearScale(std::nan(""), 6).to > 0);
}

void TestChartAxes::theAxisOfAJobHoldsItsValuesAndNotMuchMore() {
    for (const auto& [least, most] : {std::pair(5732.0, 13484.0), {62.9, 63.0}, {0.09, 35.0}, {7.0, 7.0}})
        for (int intervals = 2; intervals <= 8; ++intervals) {
            const auto scale = fallingScale(least, most, intervals);
            QVERIFY(scale.from < least && most < scale.to);
            QVERIFY(scale.from >= 0);
            QVERIFY(scale.ticks.size() >= 2);
            QCOMPARE(scale.logarithmic, most > 6 * least);
        }
    QVERIFY(fallingScale(62.9, 63.0, 5).from > 60);
    QCOMPARE(objectiveTick(problem::Objective::job_cost, 7500, 2500), QStringLiteral("$7,500"));
    QCOMPARE(objectiveTick(problem::Objective::job_time, 0.05, 0), QStringLiteral("0.05 h"));
}

void TestChartAxes::logAxisIsNeverWithoutTicks() {
    for (double least = 1e-3; least < 1e4; least *= 1.37)
        for (const double ratio : {1.0, 1.01, 2.3, 9.9, 40.0, 1e5})
            for (const int labels : {2, 5, 12}) {
                const auto scale = logScale(least, least * ratio, labels);
                QVERIFY(scale.ticks.size() >= 2);  // Qt Charts' own axis has none between 3 and 7
                QVERIFY(scale.from > 0 && scale.from < least && scale.to > least * ratio);
                QVERIFY(scale.to / scale.from > 9.99);
            }
    for (const double bad : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()})
        QVERIFY(logScale(bad, bad, 5).from > 0);
}

void TestChartAxes::pixelsAndValuesAgree() {
    const PixelMap linear{0, 10, false, 50, 550};
    QCOMPARE(linear.toPixel(2.9), 195.0);
    QCOMPARE(linear.toValue(195), 2.9);
    const PixelMap log{0.1, 100, true, 0, 300};
    QVERIFY(std::abs(log.toPixel(1) - 100) < 1e-9);
    QVERIFY(std::abs(log.toValue(200) - 10) < 1e-9);
}

void TestChartAxes::numbersAreWrittenForPeople() {
    QCOMPARE(money(base::Money::from_usd(2.9)), QStringLiteral("$2.90"));
    QCOMPARE(money(base::Money::from_usd(2.8526)), QStringLiteral("$2.8526"));
    QCOMPARE(moneyTick(5, 1), QStringLiteral("$5"));
    QCOMPARE(moneyTick(0.5, 0.1), QStringLiteral("$0.50"));
    QCOMPARE(moneyTick(0, 0.1), QStringLiteral("$0"));
    QCOMPARE(numberTick(12000, 2000), QStringLiteral("12,000"));
    QCOMPARE(numberTick(0.5, 0.25), QStringLiteral("0.50"));
    QCOMPARE(percent(5.43), QStringLiteral("+5.4\u00A0%"));
    QCOMPARE(percent(-80.94), QStringLiteral("\u221280.9\u00A0%"));
    QCOMPARE(flopPerDollar(8.6e6), QStringLiteral("8.60 MFLOP/$"));
    QCOMPARE(flopPerDollar(1.53e17), QStringLiteral("153 PFLOP/$"));
    QCOMPARE(powerOfTen(8), QStringLiteral("10⁸"));
    QCOMPARE(powerOfTen(-12), QStringLiteral("10⁻¹²"));
}

void TestChartAxes::objectiveNamesItsPowerOfTen() {
    const auto flopp = objectiveText(problem::Objective::deepvm, true, 2.52e8);
    QCOMPARE(flopp.subtitle, QStringLiteral("FLOPP × effective nodes (10⁸ FLOP/$)"));
    QCOMPARE(flopp.divisor, 1e8);
    const auto rate = objectiveText(problem::Objective::throughput, false, 850);
    QCOMPARE(rate.subtitle, QStringLiteral("rate × effective nodes (TFLOP/s)"));
    QCOMPARE(rate.divisor, 1.0);
    QVERIFY(
        !objectiveText(problem::Objective::throughput, true, 850).subtitle.contains(QStringLiteral("TFLOP")));
    QCOMPARE(objectiveText(problem::Objective::deepvm, false, 0).divisor, 1.0);
}

void TestChartAxes::lineNamesNeverOverlap() {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> anywhere(-50, 350);
    for (int round = 0; round < 500; ++round) {
        std::vector<double> wanted(1 + random() % 6);
        for (auto& y : wanted)
            y = random() % 3 == 0 ? 120 : anywhere(random);
        const auto placed = spreadLabels(wanted, 17, 0, 300);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            QVERIFY(placed[i].has_value());
            QVERIFY(*placed[i] >= 8.5 - 1e-9 && *placed[i] <= 300 - 8.5 + 1e-9);
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(std::abs(*placed[i] - *placed[j]) >= 17 - 1e-9);
        }
    }
}

void TestChartAxes::lineNamesStayWhereTheyWant() {
    const auto placed = spreadLabels({200, 100, 40}, 17, 0, 300);
    QCOMPARE(*placed[0], 200.0);
    QCOMPARE(*placed[1], 100.0);
    QCOMPARE(*placed[2], 40.0);
    const auto pair = spreadLabels({100, 100}, 20, 0, 300);  // parted evenly around what both want
    QCOMPARE(*pair[0], 90.0);
    QCOMPARE(*pair[1], 110.0);
}

void TestChartAxes::lineNamesWithoutRoomAreLeftOut() {
    // A chart that is not laid out yet has labels without height.
    for (const auto& each : spreadLabels({10, 20}, 0, 0, 300))
        QVERIFY(!each);
    const auto placed = spreadLabels({10, 20, 30}, 17, 0, 40);
    QVERIFY(placed[0] && placed[1] && !placed[2]);  // the first matter most
}

void TestChartAxes::pointNamesNeverOverlap() {
    std::mt19937 random(2);
    std::uniform_real_distribution<double> across(0, 600);
    std::uniform_real_distribution<double> down(0, 300);
    const QRectF bounds(0, 0, 600, 300);
    for (int round = 0; round < 100; ++round) {
        std::vector<PointLabel> labels;
        std::vector<QPointF> points;
        for (int i = 0; i < 30; ++i) {
            points.emplace_back(across(random), down(random));
            labels.push_back({points.back(), QSizeF(60 + i, 15)});
        }
        const auto placed = placeBesidePoints(labels, points, 5, bounds);
        int shown = 0;
        for (std::size_t i = 0; i < placed.size(); ++i) {
            if (!placed[i]) continue;
            ++shown;
            QVERIFY(bounds.contains(*placed[i]));
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!placed[j] || !placed[j]->intersects(*placed[i]));
            for (const auto& point : points)
                QVERIFY(!placed[i]->contains(point));
        }
        QVERIFY(shown >= 5);
    }
}

void TestChartAxes::calloutStaysInsideAndBesideItsPoint() {
    const QRectF bounds(0, 30, 700, 260);
    const QSizeF size(250, 60);
    for (double x = 0; x <= 700; x += 10)
        for (double y = 30; y <= 290; y += 10) {
            const auto place = placeCallout(size, {x, y}, bounds);
            QVERIFY(bounds.contains(place));
            QVERIFY(!place.contains(QPointF(x, y)));
        }
}

}  // namespace test_chart_axes

DEEPVM_TEST(test_chart_axes, TestChartAxes)
#include "test_chart_axes.moc"
