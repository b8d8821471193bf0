// SPDX-License-Identifier: GPL-3.0-or-later
// The range of the budget's slider and the numbers under it: what a person can reach, and reads before.
#include <QSignalSpy>
#include <QtTest>
#include <initializer_list>

#include "panels/scales.h"
#include "test_program.h"

namespace test_budget_slider {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;

class TestBudgetSlider : public QObject {
    Q_OBJECT

  private slots:
    void theRangeOfABudgetIsThatOfTheMarket() {
        planner::Frontier frontier;
        QVERIFY(!panels::budgetScaleOf(frontier));
        for (const std::int64_t micro : {313'000, 2'852'600, 9'410'000}) {
            problem::Plan step;
            step.hourly_price = Money::from_micro(micro);
            frontier.overall.push_back(step);
        }
        const auto scale = panels::budgetScaleOf(frontier);
        QVERIFY(scale);
        QCOMPARE(scale->least(), std::int64_t{310'000});
        QCOMPARE(scale->most(), std::int64_t{9'500'000});
        widgets::LogSlider slider(panels::budgetScale());
        slider.setExact(2'912'345);
        QSignalSpy moved(&slider, &widgets::LogSlider::moved);
        slider.setScale(*scale, panels::budgetTicks(*scale), {313'000, 2'852'600, 9'410'000});
        QCOMPARE(slider.exact(), std::int64_t{2'912'345});  // another range is no other budget
        QCOMPARE(moved.count(), 0);
        QTest::keyClick(&slider, Qt::Key_End);
        QCOMPARE(slider.exact(), scale->most());
        const auto ticks = panels::budgetTicks(*scale);
        QCOMPARE(ticks.front().text, QStringLiteral("31¢"));
        QCOMPARE(ticks[1].text, QStringLiteral("50¢"));
        QCOMPARE(ticks.back().text, QStringLiteral("$9.50"));
        const auto usual = panels::budgetTicks(panels::budgetScale());
        QCOMPARE(usual.front().text, QStringLiteral("5¢"));
        QCOMPARE(usual.back().text, QStringLiteral("$500"));
    }

    // A slider over one cluster went from $3.6 to $3.7 and had no number at all.
    void oneClusterHasARangeAroundItWithNumbers() {
        const auto between = [](std::initializer_list<std::int64_t> prices) {
            planner::Frontier frontier;
            for (const std::int64_t micro : prices) {
                problem::Plan step;
                step.hourly_price = Money::from_micro(micro);
                frontier.overall.push_back(step);
            }
            auto scale = panels::budgetScaleOf(frontier);
            if (!scale) qFatal("no scale");
            return scale;
        };
        const auto one = between({3'673'385});
        QCOMPARE(one->least(), std::int64_t{1'800'000});
        QCOMPARE(one->most(), std::int64_t{7'400'000});
        QVERIFY(one->steps() > 100);
        QStringList labels;
        for (const auto& tick : panels::budgetTicks(*one))
            labels << tick.text;
        QCOMPARE(labels.join(' '), QStringLiteral("$2 $5 $7.40"));
        const auto close = between({3'600'000, 3'700'000});
        QVERIFY(close->least() < 2'000'000 && close->most() > 7'000'000);
        const auto tiny = between({3});
        QVERIFY(tiny->least() > 0 && tiny->most() > tiny->least());
    }
};

}  // namespace test_budget_slider

DEEPVM_TEST(test_budget_slider, TestBudgetSlider)
#include "test_budget_slider.moc"
