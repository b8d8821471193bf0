// SPDX-License-Identifier: GPL-3.0-or-later
// A closer look at the budget axis: by wheel and keys, without the budget ever leaving sight, and back; and
// a plan on it that is kept.
#include <QChart>
#include <QSignalSpy>
#include <QValueAxis>
#include <QWheelEvent>

#include "charts/frontier_chart.h"
#include "hand.h"
#include "sample.h"
#include "test_program.h"

namespace test_frontier_zoom {

using namespace deepvm;
using namespace deepvm::ui;
using charts::FrontierChart;

class TestFrontierZoom : public QObject {
    Q_OBJECT

    std::unique_ptr<FrontierChart> chart_;

    double end() const {
        return qobject_cast<QValueAxis*>(test::chartOf(*chart_)->axes(Qt::Horizontal).front())->max();
    }
    // Qt hands on to a parent only what its own devices send: the view is asked whether it lets it pass.
    void turn(int angle) {
        auto* viewport = test::viewOf(*chart_)->viewport();
        const QPointF at = viewport->rect().center();
        QWheelEvent event(at, viewport->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(viewport, &event);
        QVERIFY(!event.isAccepted());
        QApplication::sendEvent(chart_.get(), &event);
    }

  private slots:
    void init() {
        chart_ = std::make_unique<FrontierChart>();
        chart_->resize(740, 360);
        chart_->setFrontier(test::frontier(), problem::Objective::deepvm, true);
        chart_->setBudget(test::usd(0.9));
        chart_->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
    }
    void cleanup() { chart_.reset(); }

    void theWheelShowsLessAndMoreOfTheAxis() {
        const double usual = end();
        turn(120);
        const double less = end();
        QVERIFY(less < usual && less >= 0.9);
        turn(-120);
        QCOMPARE(end(), usual);
        turn(-120);
        QVERIFY(end() > usual);
        for (int i = 0; i < 40; ++i)
            turn(-120);
        QCOMPARE(end(), 500.0);  // all that there is
        for (int i = 0; i < 40; ++i)
            turn(120);
        QVERIFY2(end() >= 0.9, "the budget is out of sight");
        QVERIFY(end() <= 2);
        QCOMPARE(chart_->budget(), test::usd(0.9));  // looking closer asks nothing else
    }

    void keysDoTheSame() {
        const double usual = end();
        QTest::keyClick(chart_.get(), Qt::Key_Minus);
        const double more = end();
        QVERIFY(more > usual);
        QTest::keyClick(chart_.get(), Qt::Key_Plus);
        QCOMPARE(end(), usual);
        QTest::keyClick(chart_.get(), Qt::Key_Minus);
        QTest::keyClick(chart_.get(), Qt::Key_0);
        QVERIFY(end() < more);
    }

    void aDoubleClickGoesBack() {
        const double usual = end();
        for (int i = 0; i < 6; ++i)
            turn(-120);
        QVERIFY(end() > usual);
        QTest::mouseDClick(test::viewOf(*chart_)->viewport(), Qt::LeftButton, {}, {20, 20});
        QVERIFY(end() < 500);
        QVERIFY(end() >= 0.9);
    }

    void aBudgetThatLeavesTheCloserLookEndsIt() {
        turn(120);
        chart_->setBudget(test::usd(7));
        QVERIFY(end() >= 7);
        chart_->setBudget(test::usd(300));
        QVERIFY(end() >= 10);
    }

    void aPlanThatIsMarkedIsKept() {
        const QSignalSpy pinned(chart_.get(), &FrontierChart::planPinned);
        QTest::keyClick(chart_.get(), Qt::Key_P);  // nothing is marked
        QCOMPARE(pinned.count(), 0);
        chart_->setFocus(Qt::TabFocusReason);
        QTest::keyClick(chart_.get(), Qt::Key_Down);
        QVERIFY(chart_->shown());
        QTest::keyClick(chart_.get(), Qt::Key_P);
        QCOMPARE(pinned.count(), 1);
        const auto plan = pinned.front().front().value<problem::Plan>();
        QVERIFY(plan.hourly_price <= test::usd(0.9));
        QVERIFY(plan.nodes > 0);
    }
};

}  // namespace test_frontier_zoom

DEEPVM_TEST(test_frontier_zoom, TestFrontierZoom)
#include "test_frontier_zoom.moc"
