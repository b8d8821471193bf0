// SPDX-License-Identifier: GPL-3.0-or-later
// Branch and bound by hand, played by keyboard to its end: it must come to the planner's answer, and
// everything that a student does can be taken back.
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include "charts/branch_tree_chart.h"
#include "charts/feasible_region_chart.h"
#include "learn/branch_panel.h"
#include "test_program.h"

namespace test_branch_panel {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using explain::Variable;
using problem::Architecture;

namespace {

struct Bench {
    state::ExplorationState state{session::Exploration{}};
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    learn::BranchPanel panel{state, planning};

    explicit Bench(QSize size = {1000, 520}) {
        QObject::connect(&state, &state::ExplorationState::changed, &planning,
                         [this] { planning.explore(state.value()); });
        planning.explore(state.value());
        panel.setPace(std::chrono::milliseconds(1));
        panel.resize(size);
        panel.show();
    }

    charts::BranchTreeChart* chart() const { return panel.findChild<charts::BranchTreeChart*>("branchTree"); }
    QPushButton* button(const char* name) const { return panel.findChild<QPushButton*>(name); }
    QString text(const char* name) const {
        // Without the marks that keep numbers and units on one line.
        auto text = panel.findChild<QLabel*>(QLatin1String(name))->text();
        return text.replace(QChar(QChar::Nbsp), QLatin1Char(' ')).remove(QChar(0x2060));
    }
    bool settle() {
        return QTest::qWaitFor(
            [this] {
                const bool none = planning.decision() &&
                                  planning.decision()->by_architecture.at(Architecture::tiering).empty();
                return !planning.busy() && !planning.studying() && !panel.playing() &&
                       (none || !planning.decision() || panel.tree() != nullptr);
            },
            60'000);
    }
    // After a branch, its tree.
    bool becomes(std::size_t nodes) {
        return QTest::qWaitFor([&] { return panel.tree() && panel.tree()->nodes.size() == nodes; }, 10'000);
    }
    void budget(double usd) {
        state.setBudget(Money::from_usd(usd));
        state.endGesture();
    }
    const problem::Plan& plan() const {
        return planning.decision()->by_architecture.at(Architecture::tiering).front();
    }
};

}  // namespace

class TestBranchPanel : public QObject {
    Q_OBJECT

  private slots:
    void itIsPlayedToItsEndByKeyboard() {
        Bench bench;
        QVERIFY(bench.settle());
        QCOMPARE(bench.panel.tree()->nodes.size(), std::size_t{1});
        QVERIFY2(bench.text("branchWords").contains(QStringLiteral("n = 17.3, m = 1")),
                 qPrintable(bench.text("branchWords")));
        QCOMPARE(bench.button("branchOnNodes")->text(), QStringLiteral("n ≤ 17 | n ≥ 18"));
        QVERIFY(!bench.button("branchOnRemotes")->isEnabled());
        const QSignalSpy ended(&bench.panel, &learn::BranchPanel::ended);
        QTest::keyClick(bench.button("branchOnNodes"), Qt::Key_Space);
        QVERIFY(bench.becomes(3));
        QVERIFY(bench.panel.finished());
        QCOMPARE(ended.count(), 1);
        QVERIFY2(bench.text("branchResult")
                     .contains(QStringLiteral("the planner's answer, after 3 linear programs")),
                 qPrintable(bench.text("branchResult")));
        QVERIFY(explain::incumbent(*bench.panel.tree())->counts == problem::counts_of(bench.plan()));
        QVERIFY(!bench.button("branchOnNodes")->isEnabled() && !bench.button("branchShowMe")->isEnabled());
    }

    // Whatever the budget and the market, by the buttons alone.
    void atManyBudgetsItEndsInTheAnswerOfThePlanner() {
        Bench bench;
        int larger = 0;
        auto next = bench.state.value();
        for (const auto& [provider, region] : {std::pair("deepvm-paper", ""), {"aws", "us-east-1"}})
            for (const double usd : {0.9, 4.4, 9.1, 17.0, 33.3}) {
                next.selection = {provider, region};
                next.budget = Money::from_usd(usd);
                bench.state.set(next, "budget");
                QVERIFY(bench.settle());
                if (bench.planning.decision()->by_architecture.at(Architecture::tiering).empty()) continue;
                for (int i = 0; i < 400 && !bench.panel.finished(); ++i) {
                    const auto before = bench.panel.tree()->nodes.size();
                    auto* button = bench.button("branchOnRemotes")->isEnabled()
                                       ? bench.button("branchOnRemotes")
                                       : bench.button("branchOnNodes");
                    QVERIFY(button->isEnabled());
                    QTest::keyClick(button, Qt::Key_Space);
                    QVERIFY(bench.becomes(before + 2));
                }
                QVERIFY(bench.panel.finished());
                larger += bench.panel.tree()->nodes.size() > 3 ? 1 : 0;
                QVERIFY2(bench.text("branchResult").contains(QStringLiteral("It is the planner")),
                         qPrintable(bench.text("branchResult")));
            }
        QVERIFY2(larger > 0, "every tree ends at once, so this tests one branch");
    }

    void whatWasDoneIsTakenBack() {
        Bench bench;
        QVERIFY(bench.settle());
        QVERIFY(!bench.button("branchUndo")->isEnabled());
        bench.panel.branchOn(Variable::nodes);
        QVERIFY(bench.becomes(3));
        QTest::keyClick(bench.button("branchUndo"), Qt::Key_Space);
        QVERIFY(bench.becomes(1));
        QVERIFY(bench.panel.moves().empty());
        bench.panel.branchOn(Variable::nodes);
        QVERIFY(bench.becomes(3));
        QTest::keyClick(bench.button("branchRestart"), Qt::Key_Space);
        QVERIFY(bench.becomes(1));
    }

    void showMePlaysItToTheEnd() {
        Bench bench;
        bench.budget(9.1);
        QVERIFY(bench.settle());
        const QSignalSpy ended(&bench.panel, &learn::BranchPanel::ended);
        QTest::keyClick(bench.button("branchShowMe"), Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return bench.panel.finished(); }, 20'000));
        QVERIFY(!bench.panel.playing());
        QCOMPARE(ended.count(), 1);
        QCOMPARE(bench.button("branchShowMe")->text(), QStringLiteral("Show me"));
    }

    void anotherBudgetBeginsAnew() {
        Bench bench;
        QVERIFY(bench.settle());
        bench.panel.branchOn(Variable::nodes);
        QVERIFY(bench.becomes(3));
        bench.budget(4.4);
        QVERIFY(bench.becomes(1));
        QVERIFY(bench.panel.moves().empty());
        QVERIFY(bench.settle());
        QCOMPARE(bench.panel.tree()->budget, Money::from_usd(4.4));
    }

    // The region beside the tree follows the chosen node and keeps the answer to itself.
    void theRegionShowsTheNodeAndNotTheAnswer() {
        Bench bench;
        QVERIFY(bench.settle());
        auto* region = bench.panel.findChild<charts::FeasibleRegionChart*>("branchRegion");
        QVERIFY2(region->summary().startsWith(QString::fromUtf8("n × g4dn.xlarge + m × ")),
                 qPrintable(region->summary()));
        QVERIFY(!region->summary().contains(QStringLiteral("17 ×")));
        bench.panel.branchOn(Variable::nodes);
        QVERIFY(bench.becomes(3));
        QTest::keyClick(bench.chart(), Qt::Key_Home);  // the keyboard begins at the chosen node
        QTest::keyClick(bench.chart(), Qt::Key_Home);
        QTest::keyClick(bench.chart(), Qt::Key_Return);
        QVERIFY2(bench.text("branchWords").startsWith(QStringLiteral("Node 1: every n and m")),
                 qPrintable(bench.text("branchWords")));
    }

    void whereThereIsNothingToBranchItSaysWhyAndLeadsOn() {
        Bench bench;
        bench.budget(0.2);
        QVERIFY(bench.settle());
        auto* way = bench.button("branchGoTo");
        QVERIFY(bench.text("branchMessage").startsWith(QStringLiteral("No tiering cluster fits $0.20/")));
        QVERIFY(way->isVisible());
        QTest::keyClick(way, Qt::Key_Space);
        QVERIFY(bench.becomes(1));
        auto next = bench.state.value();
        next.enable(Architecture::tiering, false);
        bench.state.set(next, "tiering");
        QVERIFY(QTest::qWaitFor(
            [&] { return way->text() == QStringLiteral("Switch tiering on") && way->isVisible(); }, 20'000));
        way->click();
        QVERIFY(bench.becomes(1));
    }
};

}  // namespace test_branch_panel

DEEPVM_TEST(test_branch_panel, TestBranchPanel)
#include "test_branch_panel.moc"
