// SPDX-License-Identifier: GPL-3.0-or-later
// The frontier chart as a person meets it: found by name, moved with the mouse, read on the screen.
#include <QChart>
#include <QGraphicsPathItem>
#include <QLabel>
#include <QLineSeries>
#include <QSignalSpy>
#include <QTest>
#include <QValueAxis>
#include <cmath>
#include <map>

#include "charts/frontier_chart.h"
#include "hand.h"
#include "sample.h"
#include "test_program.h"

namespace test_frontier_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::FrontierChart;

class TestFrontierChart : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup() { chart_.reset(); }
    void budgetLineIsAtItsPixel();
    void drawnLinesAreThePlannersSteps();
    void manyBudgetsDoNotReplacePoints();
    void axisFollowsABudgetThatLeavesIt();
    void aBudgetFarBeyondTheLastStepStandsAtTheEnd();
    void hoverSnapsToARealPlanAndGoesAway();
    void calloutNeverLeavesTheChart();
    void aHoveredPlanLightsItsOwnCurve();
    void clickSelectsThePlanUnderThePointer();
    void dragEmitsBudgetsInsideTheAxis();
    void arrowKeysGoFromStepToStep();
    void theKeyboardReadsEveryLineAtTheBudget();
    void nothingOverlapsOrIsCutOff();
    void emptyFrontierIsSaidInWords();
    void frontierMayGoWhileAPlanIsHovered();
    void coloursFollowThePalette();

  private:
    QGraphicsView* view() const { return test::viewOf(*chart_); }
    QChart* plot() const { return test::chartOf(*chart_); }
    QList<QLineSeries*> series() const { return plot()->findChildren<QLineSeries*>(); }
    QPointF pixelOf(double usd, double objective) const;
    void send(QEvent::Type type, QPointF at, Qt::MouseButton button = Qt::NoButton) {
        test::send(*chart_, type, at, button);
    }
    double axisEnd() const;
    double budgetPixel() const;
    const plot::Callout* callout() const { return test::calloutOf(*chart_); }
    QStringList texts() const { return test::textsOn(*chart_); }

    std::unique_ptr<FrontierChart> chart_;
    std::shared_ptr<const planner::Frontier> frontier_ = test::frontier();
};

void TestFrontierChart::init() {
    QTest::failOnWarning(test::anyWarning());
    chart_ = std::make_unique<FrontierChart>();
    chart_->resize(740, 360);
    chart_->setFrontier(frontier_, problem::Objective::deepvm, true);
    chart_->setBudget(test::usd(2.9));
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
}

QPointF TestFrontierChart::pixelOf(double usd, double objective) const {
    return plot()->mapToPosition({usd, objective / 1e8}, series().back());
}

double TestFrontierChart::axisEnd() const {
    return qobject_cast<QValueAxis*>(plot()->axes(Qt::Horizontal).front())->max();
}

double TestFrontierChart::budgetPixel() const {
    for (auto* item : view()->scene()->items())
        if (auto* line = qgraphicsitem_cast<QGraphicsLineItem*>(item); line && line->isVisible())
            return line->pos().x();
    return -1;
}

// The same type is on several curves; the one that a plan is on is meant.
void TestFrontierChart::aHoveredPlanLightsItsOwnCurve() {
    const auto lit = [&] {
        std::size_t longest = 0;
        for (auto* item : view()->scene()->items())
            if (auto* path = qgraphicsitem_cast<QGraphicsPathItem*>(item); path && path->pen().widthF() == 9)
                longest = std::max(longest, static_cast<std::size_t>(path->path().elementCount()));
        return longest;
    };
    std::map<std::string, std::map<problem::Architecture, int>> uses;
    for (const auto& [architecture, steps] : frontier_->by_architecture)
        for (const auto& plan : steps)
            ++uses[model::type_id(plan.provider, plan.worker)][architecture];
    const auto shared = std::ranges::find_if(uses, [](const auto& use) { return use.second.size() > 1; });
    QVERIFY(shared != uses.end());
    const QString type = QString::fromStdString(shared->first);
    chart_->setHighlightedType(type);
    const auto all = lit();
    std::size_t alone = 0;
    for (const auto& [architecture, count] : shared->second) {
        chart_->setHighlightedType(type, architecture);
        QVERIFY(lit() < all);
        alone += lit();
    }
    QVERIFY(alone > 0);
    QVERIFY(alone <= all);
    chart_->setHighlightedType({});
    QCOMPARE(lit(), std::size_t{0});
}

void TestFrontierChart::budgetLineIsAtItsPixel() {
    for (const double budget : {0.05, 0.9, 2.9, 4.0, 17.0, 33.0, 49.9}) {
        chart_->setBudget(test::usd(budget));
        QVERIFY(std::abs(budgetPixel() - pixelOf(budget, 0).x()) < 0.5);
    }
}

void TestFrontierChart::drawnLinesAreThePlannersSteps() {
    QCOMPARE(series().size(), 8);
    const auto* tiering = series().back();
    const auto& steps = frontier_->by_architecture.at(problem::Architecture::tiering);
    QVERIFY(tiering->points().contains(QPointF(2.8526, steps[16].objective / 1e8)));
    QCOMPARE(tiering->points().back().x(), 10.0);
    QCOMPARE(chart_->findChild<QLabel*>(QStringLiteral("chartAside"))->text(),
             QStringLiteral("FLOPP × effective nodes (10⁸ FLOP/$)"));
}

void TestFrontierChart::manyBudgetsDoNotReplacePoints() {
    int replaced = 0;
    for (auto* line : series())
        connect(line, &QXYSeries::pointsReplaced, this, [&] { ++replaced; });
    for (int i = 0; i < 200; ++i)
        chart_->setBudget(test::usd(2 + 0.02 * i));
    QCOMPARE(replaced, 0);  // else the drag stutters
    QCOMPARE(chart_->budget(), test::usd(5.98));
}

void TestFrontierChart::axisFollowsABudgetThatLeavesIt() {
    QCOMPARE(axisEnd(), 10.0);
    chart_->setBudget(test::usd(30));
    QCOMPARE(axisEnd(), 50.0);
    chart_->setBudget(test::usd(0.2));
    QCOMPARE(axisEnd(), 1.0);
}

void TestFrontierChart::aBudgetFarBeyondTheLastStepStandsAtTheEnd() {
    for (const double budget : {100.0, 500.0, 2000.0}) {
        chart_->setBudget(test::usd(budget));
        QCOMPARE(axisEnd(), 50.0);  // the last step costs $16.31: on an axis to $500 it would be a wall
        QVERIFY(std::abs(budgetPixel() - pixelOf(50, 0).x()) < 1.5);
    }
}

void TestFrontierChart::hoverSnapsToARealPlanAndGoesAway() {
    QSignalSpy hovered(chart_.get(), &FrontierChart::planHovered);
    QSignalSpy ended(chart_.get(), &FrontierChart::planHoverEnded);
    const auto& steps = frontier_->by_architecture.at(problem::Architecture::tiering);
    send(QEvent::MouseMove,
         pixelOf(steps[20].hourly_price.usd() + 0.05, steps[20].objective) + QPointF(0, -2));
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(hovered[0][0].value<problem::Plan>(), steps[20]);
    QVERIFY(callout()->isVisible());
    send(QEvent::MouseMove,
         pixelOf(steps[20].hourly_price.usd() + 0.06, steps[20].objective) + QPointF(0, -2));
    QCOMPARE(hovered.count(), 1);  // still the same plan
    test::leave(*chart_);
    QCOMPARE(ended.count(), 1);
    QVERIFY(!callout()->isVisible());
}

void TestFrontierChart::calloutNeverLeavesTheChart() {
    for (const QSize size : {QSize(740, 360), QSize(420, 240)}) {
        chart_->resize(size);
        QCoreApplication::processEvents();
        QVERIFY(test::calloutStaysInside(*chart_));
    }
}

void TestFrontierChart::clickSelectsThePlanUnderThePointer() {
    QSignalSpy clicked(chart_.get(), &FrontierChart::planClicked);
    QSignalSpy dragged(chart_.get(), &FrontierChart::budgetDragged);
    const auto& steps = frontier_->by_architecture.at(problem::Architecture::on_demand);
    const auto at = pixelOf(steps[9].hourly_price.usd() + 0.2, steps[9].objective);
    send(QEvent::MouseMove, at);
    send(QEvent::MouseButtonPress, at, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, at, Qt::LeftButton);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked[0][0].value<problem::Plan>(), steps[9]);
    QCOMPARE(dragged.count(), 0);
}

void TestFrontierChart::dragEmitsBudgetsInsideTheAxis() {
    QSignalSpy dragged(chart_.get(), &FrontierChart::budgetDragged);
    QSignalSpy clicked(chart_.get(), &FrontierChart::planClicked);
    const auto start = pixelOf(2.9, 0.5e8);
    send(QEvent::MouseButtonPress, start, Qt::LeftButton);
    for (int x = -400; x <= 1200; x += 7) {
        send(QEvent::MouseMove, QPointF(x, start.y()), Qt::LeftButton);
        QCOMPARE(axisEnd(), 10.0);  // the axis does not move away under the pointer
    }
    QVERIFY(dragged.count() > 50);
    for (const auto& arguments : dragged) {
        const auto budget = arguments[0].value<base::Money>();
        QVERIFY(budget >= frontier_->from && budget <= test::usd(10));
        QCOMPARE(budget.micro() % 10'000, 0);  // whole cents
    }
    QCOMPARE(chart_->budget(), test::usd(10));
    const QSignalSpy released(chart_.get(), &FrontierChart::budgetReleased);
    send(QEvent::MouseButtonRelease, QPointF(1200, start.y()), Qt::LeftButton);
    QCOMPARE(released.count(), 1);
    QVERIFY(axisEnd() > 10);
    QCOMPARE(clicked.count(), 0);
}

void TestFrontierChart::arrowKeysGoFromStepToStep() {
    QSignalSpy dragged(chart_.get(), &FrontierChart::budgetDragged);
    QTest::keyClick(chart_.get(), Qt::Key_Right);
    QCOMPARE(chart_->budget(), test::usd(3.0104));
    QTest::keyClick(chart_.get(), Qt::Key_Left);
    QCOMPARE(chart_->budget(), test::usd(2.8526));
    QTest::keyClick(chart_.get(), Qt::Key_Left);
    QCOMPARE(chart_->budget(), test::usd(2.6948));
    QCOMPARE(dragged.count(), 3);
    QSignalSpy clicked(chart_.get(), &FrontierChart::planClicked);
    QTest::keyClick(chart_.get(), Qt::Key_Return);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked[0][0].value<problem::Plan>().hourly_price, test::usd(2.6948));
}

void TestFrontierChart::theKeyboardReadsEveryLineAtTheBudget() {
    QCOMPARE(chart_->summary().left(34), QStringLiteral("$2.90/h buys Tiering, 17 × g4dn.xl"));
    QTest::keyClick(chart_.get(), Qt::Key_Up);
    QVERIFY(callout()->text().detail.startsWith(QStringLiteral("$2.8526/h")));
    QTest::keyClick(chart_.get(), Qt::Key_Down);
    QVERIFY(callout()->text().detail.startsWith(QStringLiteral("$2.893/h")));  // single anchor
    QTest::keyClick(chart_.get(), Qt::Key_Right);  // and after a step of the budget
    QCOMPARE(chart_->budget(), test::usd(3.0104));
    QVERIFY(callout()->isVisible());
    QTest::keyClick(chart_.get(), Qt::Key_Escape);
    QVERIFY(!callout()->isVisible());
    QTest::keyClick(chart_.get(), Qt::Key_Home);
    QCOMPARE(chart_->budget(), test::usd(0.3278));
    QTest::keyClick(chart_.get(), Qt::Key_End);
    QCOMPARE(chart_->budget(), test::usd(0.17 + 31 * 0.1578));
    const auto table = chart_->data();
    QCOMPARE(table.head.size(), table.rows.front().size());
    QCOMPARE(table.rows.back().mid(0, 2), (QStringList{"Tiering", "5.0618"}));
}

void TestFrontierChart::nothingOverlapsOrIsCutOff() {
    for (const int font : {0, 18})
        for (const QSize size : {QSize(740, 360), QSize(420, 240), QSize(1400, 700)})
            for (const double budget : {0.05, 0.3, 1.0, 2.9, 8.0, 33.0, 500.0}) {
                QFont own = chart_->font();
                if (font > 0) own.setPixelSize(font);  // a person's own
                chart_->setFont(own);
                chart_->resize(size);
                chart_->setBudget(test::usd(budget));
                QCoreApplication::processEvents();
                QCOMPARE(test::illegibleOn(*chart_), QString());
                QVERIFY(texts().contains(QStringLiteral("Tiering")));
            }
}

void TestFrontierChart::emptyFrontierIsSaidInWords() {
    auto empty = std::make_shared<planner::Frontier>();
    empty->from = test::usd(0.05);
    empty->to = test::usd(500);
    chart_->setFrontier(empty, problem::Objective::deepvm, false);
    QVERIFY(texts().contains(QStringLiteral("No cluster fits between $0.05 and $500 an hour")));
    send(QEvent::MouseMove, view()->rect().center());
    QVERIFY(!callout()->isVisible());

    auto dear = std::make_shared<planner::Frontier>(*frontier_);
    dear->by_architecture = {{problem::Architecture::tiering, {test::plan(32.5, 1e9)}}};
    dear->cost_first.clear();
    dear->performance_first.clear();
    chart_->setFrontier(dear, problem::Objective::deepvm, false);
    QVERIFY(texts().contains(QStringLiteral("The cheapest cluster costs $32.50/h")));

    chart_->clear(QStringLiteral("Planning"));
    QVERIFY(texts().contains(QStringLiteral("Planning")));
    chart_->setFrontier(frontier_, problem::Objective::deepvm, true);
    QVERIFY(!texts().contains(QStringLiteral("Planning")));
}

void TestFrontierChart::frontierMayGoWhileAPlanIsHovered() {
    connect(chart_.get(), &FrontierChart::planClicked, chart_.get(), [this] { chart_->clear(); });
    auto own = std::make_shared<planner::Frontier>(*frontier_);
    chart_->setFrontier(own, problem::Objective::deepvm, true);
    own.reset();
    QSignalSpy ended(chart_.get(), &FrontierChart::planHoverEnded);
    QSignalSpy clicked(chart_.get(), &FrontierChart::planClicked);
    const auto at = pixelOf(6, 1e8);
    send(QEvent::MouseMove, at);
    send(QEvent::MouseButtonPress, at, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, at, Qt::LeftButton);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(clicked[0][0].value<problem::Plan>().worker, std::string("g4dn.xlarge"));
}

void TestFrontierChart::coloursFollowThePalette() {
    for (const auto mode : {theme::Mode::dark, theme::Mode::light}) {
        const auto& palette = theme::palette(mode);
        chart_->setColours(palette);
        QCOMPARE(series().back()->pen().color(), palette.tiering);
        QCOMPARE(chart_->grab().toImage().pixelColor(3, 3), palette.surface);
        QCOMPARE(view()->grab().toImage().pixelColor(2, view()->height() - 2), palette.surface);
    }
}

}  // namespace test_frontier_chart

DEEPVM_TEST(test_frontier_chart, TestFrontierChart)
#include "test_frontier_chart.moc"
