// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of branch and bound as a person meets it: every node is there with its status in words, colour and
// sign, keys go along the tree, and however many nodes there are none lies on another.
#include <QSignalSpy>

#include "catalog/catalog.h"
#include "charts/branch_text.h"
#include "charts/branch_tree_chart.h"
#include "hand.h"
#include "problem/programs.h"
#include "test_program.h"

namespace test_branch_tree_chart {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using charts::BranchTreeChart;
using explain::BranchTree;
using explain::Variable;

namespace {

using Tree = std::shared_ptr<const BranchTree>;

// The first tiering candidate of the paper with so many of its choices at a budget, `branches` times
// branched.
Tree tree(double usd, int branches) {
    const auto market =
        catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db")->load({"deepvm-paper", ""}).value();
    problem::Request request;
    request.preset = problem::Preset::published;
    const auto problem = problem::make_problem(market, request).value();
    const auto& [first, last] = problem->ranges.at(problem::Architecture::tiering);
    auto candidate = problem->candidates[first];
    for (std::size_t i = first; i < last; ++i)
        if (problem->candidates[i].saturation > candidate.saturation) candidate = problem->candidates[i];
    auto made = explain::start_branching(problem, candidate, Money::from_usd(usd)).value();
    for (int i = 0; i < branches; ++i)
        if (const auto next = explain::next_branch(made))
            made = explain::branch(std::move(made), *next).value();
    return std::make_shared<const BranchTree>(std::move(made));
}

// A root branched so often, always another leaf: wider and deeper than what the paper asks for.
Tree grown(int branches) {
    auto made = *tree(2.9, 0);
    const auto root = made.nodes.front();
    for (int i = 0; i < branches; ++i) {
        const auto at = static_cast<std::size_t>(i);
        made.nodes[at].status = explain::NodeStatus::branched;
        made.nodes[at].children = {made.nodes.size(), made.nodes.size() + 1};
        for (const bool at_least : {false, true}) {
            auto child = root;
            child.parent = at;
            child.at_least = at_least;
            child.nodes.least = at_least ? 18 : 1;
            child.nodes.most = 17;
            if (i % 3 == 0 && at_least) child.status = explain::NodeStatus::infeasible;
            made.nodes.push_back(child);
        }
    }
    return std::make_shared<const BranchTree>(std::move(made));
}

}  // namespace

class TestBranchTreeChart : public QObject {
    Q_OBJECT

  private slots:
    void everyNodeIsThereWithItsStatus() {
        BranchTreeChart chart;
        chart.resize(640, 360);
        const auto shown = tree(2.9, 1);
        chart.setTree(shown);
        const auto table = chart.data();
        QCOMPARE(table.rows.size(), qsizetype(shown->nodes.size()));
        QCOMPARE(table.rows[0].constLast(), QStringLiteral("branched"));
        QCOMPARE(table.rows[1].constLast(), QStringLiteral("best so far"));
        QCOMPARE(table.rows[2].constLast(), QStringLiteral("infeasible"));
        QVERIFY(table.rows[2][3].isEmpty());  // it has no point
        QVERIFY2(chart.summary().contains(QStringLiteral("the best is n = ")), qPrintable(chart.summary()));
        QSet<QString> signs;
        for (const auto look :
             {charts::BranchLook::open, charts::BranchLook::branched, charts::BranchLook::whole,
              charts::BranchLook::best, charts::BranchLook::infeasible, charts::BranchLook::fathomed})
            signs << charts::signOf(look);
        QCOMPARE(signs.size(), 6);
    }

    void keysGoAlongTheTree() {
        BranchTreeChart chart;
        chart.resize(640, 360);
        const auto shown = tree(2.9, 1);
        chart.setTree(shown);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        const auto at = [&] { return chart.shown() ? chart.shown()->row : -1; };
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(at(), 0);
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(at(), 1);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(at(), 2);
        QTest::keyClick(&chart, Qt::Key_Right);  // there is no other
        QCOMPARE(at(), 2);
        QVERIFY2(chart.accessibleDescription().startsWith(QStringLiteral("Node 3: n ≥ ")),
                 qPrintable(chart.accessibleDescription()));
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(at(), 1);
        QTest::keyClick(&chart, Qt::Key_Up);
        QCOMPARE(at(), 0);
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(at(), 2);
        const QSignalSpy picked(&chart, &BranchTreeChart::picked);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(picked.count(), 1);
    }

    // From a few cards to more nodes than there is room for words.
    void noNodeLiesOnAnother() {
        int most = 0;
        for (const int branches : {0, 1, 3, 12, 40})
            for (const QSize size : {QSize(360, 280), QSize(640, 360), QSize(1280, 700)}) {
                BranchTreeChart chart;
                chart.resize(size);
                const auto shown = grown(branches);
                most = std::max(most, static_cast<int>(shown->nodes.size()));
                chart.setTree(shown);
                chart.show();
                QVERIFY(QTest::qWaitForWindowExposed(&chart));
                QList<QRectF> boxes;
                for (int i = 0; i < static_cast<int>(shown->nodes.size()); ++i) {
                    const auto spot = chart.drawing().show({i, 0, 0}, true);
                    const QRectF box =
                        spot.clear.isNull() ? QRectF(spot.at - QPointF(2.5, 2.5), QSizeF(5, 5)) : spot.clear;
                    QVERIFY2(chart.view()->all().adjusted(-1, -1, 1, 1).contains(box),
                             qPrintable(QString("%1 nodes").arg(shown->nodes.size())));
                    for (const auto& other : boxes)
                        QVERIFY(!other.adjusted(1, 1, -1, -1).intersects(box.adjusted(1, 1, -1, -1)));
                    boxes << box;
                    const auto mark = chart.drawing().markAt(spot.at);
                    QVERIFY(mark && mark->row == i);
                }
                if (boxes.size() < 8) QVERIFY(test::calloutStaysInside(chart));
            }
        QVERIFY2(most > 80, qPrintable(QString::number(most)));  // else this tests cards alone
    }

    void aChangeOfTheTreeKeepsThePlaceOfTheKeyboard() {
        BranchTreeChart chart;
        chart.resize(640, 360);
        chart.setTree(tree(2.9, 1));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&chart, Qt::Key_End);
        chart.setTree(tree(2.9, 0));
        QVERIFY(chart.shown().has_value());
        QCOMPARE(chart.shown()->row, 0);
        chart.setTree(nullptr);
        QVERIFY(chart.data().rows.isEmpty());
        QVERIFY(chart.summary().contains(QLatin1String("nothing to show")));
    }

    void aCountIsToldFromAWholeNumber() {
        QCOMPARE(charts::countText(17), QStringLiteral("17"));
        QCOMPARE(charts::countText(17.3004), QStringLiteral("17.3"));
        QCOMPARE(charts::countText(17.00004), QStringLiteral("17.00004"));
        QCOMPARE(charts::countText(0.9999999), QStringLiteral("1"));
    }
};

}  // namespace test_branch_tree_chart

DEEPVM_TEST(test_branch_tree_chart, TestBranchTreeChart)
#include "test_branch_tree_chart.moc"
