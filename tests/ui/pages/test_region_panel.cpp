// SPDX-License-Identifier: GPL-3.0-or-later
// The feasible region beside the rest of the window: it shows the best tiering plan of the answer, moves the
// one budget, and says why where there is nothing to show.
#include <QApplication>
#include <QGraphicsView>
#include <QMouseEvent>

#include "charts/feasible_region_chart.h"
#include "pages/region_panel.h"
#include "test_program.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace test_region_panel {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using problem::Architecture;

namespace {

struct Bench {
    state::ExplorationState state{session::Exploration{}};
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    pages::RegionPanel panel{state, planning};

    Bench() {
        QObject::connect(&state, &state::ExplorationState::changed, &planning,
                         [this] { planning.explore(state.value()); });
        planning.explore(state.value());
        panel.resize(700, 232);
        panel.show();
    }

    charts::FeasibleRegionChart* chart() const {
        return panel.findChild<charts::FeasibleRegionChart*>("regionChart");
    }
    QPushButton* wayOut() const { return panel.findChild<QPushButton*>("regionGoTo"); }
    QString text(const char* name) const { return panel.findChild<QLabel*>(QLatin1String(name))->text(); }
    bool showsChart() const { return chart()->isVisibleTo(&panel); }

    // Also the finding about the answer, when there is one to wait for.
    bool settle() {
        return QTest::qWaitFor(
            [this] {
                const auto& decision = planning.decision();
                if (planning.busy() || (!decision && !planning.error())) return false;
                const bool due = decision && showsChart();
                const QString budget = QStringLiteral("at %1/h: at most");
                return !due || text("chartNote").contains(budget.arg(wording::money(decision->budget)));
            },
            60'000);
    }

    void budget(double usd) {
        state.setBudget(Money::from_usd(usd));
        state.endGesture();
    }

    void send(QEvent::Type type, QPointF at, Qt::MouseButton button) const {
        auto* target = panel.findChild<QGraphicsView*>("regionView")->viewport();
        const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, target->mapToGlobal(at), button, held, Qt::NoModifier);
        QApplication::sendEvent(target, &event);
    }

    // From the middle of the pill, `pixels` to the right, in steps of a hand.
    void drag(int pixels, bool let_go = true) {
        QPointF grip;
        for (int x = 0; x < 700; ++x) {
            send(QEvent::MouseButtonPress, {double(x), 20}, Qt::LeftButton);
            if (chart()->dragging()) {
                grip = {double(x) + 20, 20};
                break;
            }
            send(QEvent::MouseButtonRelease, {double(x), 20}, Qt::LeftButton);
        }
        QVERIFY(chart()->dragging());
        const int steps = std::max(1, std::abs(pixels) / 5);
        for (int i = 1; i <= steps; ++i)
            send(QEvent::MouseMove, grip + QPointF(double(pixels) * i / steps - 20, 0), Qt::NoButton);
        if (let_go) send(QEvent::MouseButtonRelease, grip + QPointF(pixels - 20, 0), Qt::LeftButton);
    }
};

const problem::Plan& bestTiering(const Bench& bench) {
    return bench.planning.decision()->by_architecture.at(Architecture::tiering).front();
}

}  // namespace

class TestRegionPanel : public QObject {
    Q_OBJECT

  private slots:
    void showsTheBestTieringPlanAndWhatTheRelaxationPromises() {
        Bench bench;
        QVERIFY(bench.settle());
        QVERIFY(bench.showsChart());
        QCOMPARE(bench.text("chartTitle"), QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge at $2.90/h"));
        QCOMPARE(
            bench.text("chartNote"),
            QStringLiteral("costs $2.8526/h · relaxation at $2.90/h: at most 148 MFLOP/$ (+1.6\u00A0%)"));
        QVERIFY(bench.text("chartAside").isEmpty());
        for (const double usd : {0.5, 4.4, 9.7, 30.0}) {
            bench.budget(usd);
            QVERIFY(bench.settle());
            const auto& plan = bestTiering(bench);
            QVERIFY(bench.text("chartTitle").startsWith(QStringLiteral("%1 × ").arg(plan.nodes)));
            QVERIFY(
                bench.text("chartNote")
                    .startsWith(QStringLiteral("costs %1").arg(wording::moneyPerHour(plan.hourly_price))));
        }
    }

    void saysWhichArchitectureDoesMore() {
        Bench bench;
        auto next = bench.state.value();
        next.selection = {"aws", "us-east-1"};
        next.enable(Architecture::spot_bucket, true);
        next.budget = Money::from_usd(10);
        bench.state.set(next, "prices");
        QVERIFY(bench.settle());
        const auto ahead = [&] {
            return bench.planning.decision()->ranked.front().objective / bestTiering(bench).objective;
        };
        for (int usd = 2; usd < 60 && ahead() < 1.01; ++usd) {
            next.budget = Money::from_usd(usd);
            bench.state.set(next, "prices");
            QVERIFY(bench.settle());
        }
        const auto& decision = *bench.planning.decision();
        const auto& best = decision.ranked.front();
        QVERIFY(best.architecture != Architecture::tiering);
        const double gain = (decision.ranked.front().objective / bestTiering(bench).objective - 1) * 100;
        QCOMPARE(bench.text("chartAside"),
                 QStringLiteral("%1 does %2 more")
                     .arg(wording::architectureName(best.architecture), wording::percent(gain)));
        const auto& tiering = bestTiering(bench);
        QVERIFY(bench.text("chartTitle")
                    .startsWith(
                        QStringLiteral("%1 × %2 + %3 × %4")
                            .arg(QString::number(tiering.nodes), QString::fromStdString(tiering.worker),
                                 QString::number(tiering.remotes), QString::fromStdString(tiering.remote))));
    }

    void aDragIsOneUndoableStep() {
        Bench bench;
        QVERIFY(bench.settle());
        const Money before = bench.state.value().budget;
        bench.drag(60);
        const Money first = bench.state.value().budget;
        QVERIFY(first > before + Money::from_usd(0.2));
        QCOMPARE(bench.chart()->budget(), first);
        QCOMPARE(bench.state.undoStack()->count(), 1);
        QVERIFY(bench.settle());
        bench.drag(-30);
        QVERIFY(bench.state.value().budget < first);
        QCOMPARE(bench.state.undoStack()->count(), 2);
        bench.state.undoStack()->undo();
        QCOMPARE(bench.state.value().budget, first);
        QCOMPARE(bench.chart()->budget(), first);
        bench.state.undoStack()->undo();
        QCOMPARE(bench.state.value().budget, before);
        QVERIFY(bench.settle());
        QCOMPARE(bench.text("chartTitle"), QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge at $2.90/h"));
    }

    void aKeyIsOneUndoableStep() {
        Bench bench;
        QVERIFY(bench.settle());
        QTest::keyClick(bench.chart(), Qt::Key_Right);
        QTest::keyClick(bench.chart(), Qt::Key_Right);
        QCOMPARE(bench.state.undoStack()->count(), 2);
        QCOMPARE(bench.state.value().budget, Money::from_usd(3.1682));
        bench.state.undoStack()->undo();
        QCOMPARE(bench.chart()->budget(), Money::from_usd(3.0104));
    }

    // On the axes of other machines the line would run away from the pointer.
    void theMachinesStayUnderThePointer() {
        Bench bench;
        QVERIFY(bench.settle());
        const auto& steps = bench.planning.scene()->frontier->by_architecture.at(Architecture::tiering);
        const auto other = std::adjacent_find(steps.begin(), steps.end(), [](const auto& a, const auto& b) {
            return a.worker != b.worker || a.remote != b.remote;
        });
        QVERIFY(other != steps.end());
        bench.budget((other + 1)->hourly_price.usd());
        QVERIFY(bench.settle());
        const auto* held = bench.chart()->subject().candidate;
        bench.drag(-40, false);
        QVERIFY(QTest::qWaitFor(
            [&] {
                return !bench.planning.busy() && bench.planning.decision() &&
                       bench.planning.decision()->budget == bench.state.value().budget;
            },
            60'000));
        const auto* best = problem::candidate_of(*bench.planning.scene()->problem, bestTiering(bench));
        QVERIFY(best != held);  // else this test tests nothing
        QCOMPARE(bench.chart()->subject().candidate, held);
        bench.send(QEvent::MouseButtonRelease, {0, 20}, Qt::LeftButton);
        QCOMPARE(bench.chart()->subject().candidate, best);
        QVERIFY(bench.settle());
    }

    void aDragOfTheSliderIsFollowedLive() {
        Bench bench;
        QVERIFY(bench.settle());
        for (int i = 0; i < 50; ++i) {
            const Money budget = Money::from_micro(2'900'000 + i * 10'000);
            bench.state.setBudget(budget);
            QCOMPARE(bench.chart()->budget(), budget);  // before there is an answer
            QVERIFY(
                bench.text("chartTitle").endsWith(QStringLiteral(" at %1/h").arg(wording::money(budget))));
            if (i % 10 == 0) QTest::qWait(2);
        }
        QVERIFY(bench.settle());
    }

    void switchedOffItOffersToSwitchOn() {
        Bench bench;
        QVERIFY(bench.settle());
        auto next = bench.state.value();
        next.enable(Architecture::tiering, false);
        bench.state.set(next, "tiering");
        QVERIFY(bench.settle());
        QVERIFY(!bench.showsChart());
        QVERIFY(bench.text("regionMessage").startsWith(QStringLiteral("Tiering is switched off.")));
        QVERIFY(bench.wayOut()->isVisible());
        bench.wayOut()->click();
        QVERIFY(bench.settle());
        QVERIFY(bench.showsChart());
        next.architectures.clear();  // then there is no answer at all
        bench.state.set(next, "none");
        QVERIFY(bench.settle());
        QCOMPARE(bench.wayOut()->text(), QStringLiteral("Switch tiering on"));
        bench.wayOut()->click();
        QVERIFY(bench.settle());
        QVERIFY(bench.showsChart());
    }

    void whereNothingFitsItGoesToTheCheapest() {
        Bench bench;
        bench.budget(0.2);
        QVERIFY(bench.settle());
        QVERIFY(!bench.showsChart());
        QVERIFY(bench.text("regionMessage").startsWith(QStringLiteral("No tiering cluster fits $0.20/")));
        const Money cheapest =
            bench.planning.scene()->frontier->by_architecture.at(Architecture::tiering).front().hourly_price;
        QCOMPARE(bench.wayOut()->text(), QStringLiteral("Go to %1").arg(wording::moneyPerHour(cheapest)));
        QTest::keyClick(bench.wayOut(), Qt::Key_Space);
        QCOMPARE(bench.state.value().budget, cheapest);
        QVERIFY(bench.settle());
        QVERIFY(bench.showsChart());
        QVERIFY(bench.text("chartTitle").startsWith(QStringLiteral("1 × ")));
    }

    void withoutACatalogItSaysSo() {
        state::ExplorationState state{session::Exploration{}};
        state::Planning planning{{"/nowhere/a.db", "/nowhere/b.db"}};
        pages::RegionPanel panel(state, planning);
        panel.show();
        planning.explore(state.value());
        QVERIFY(QTest::qWaitFor([&] { return planning.error().has_value(); }, 60'000));
        QVERIFY(panel.findChild<QLabel*>("regionMessage")->text().contains("/nowhere/b.db"));
        QVERIFY(!panel.findChild<QPushButton*>("regionGoTo")->isVisible());
    }

    void hiddenItWorksNothingOut() {
        Bench bench;
        QVERIFY(bench.settle());
        const QString before = bench.text("chartNote");
        bench.panel.hide();
        bench.budget(3.5);
        QVERIFY(QTest::qWaitFor([&] { return !bench.planning.busy(); }, 60'000));
        QTest::qWait(20);
        QVERIFY(!bench.text("chartNote").contains(QStringLiteral("at $3.50/h: at most")));
        bench.panel.show();
        QVERIFY(bench.settle());
        QVERIFY(bench.text("chartNote").contains(QStringLiteral("at $3.50/h: at most")));
    }
};

}  // namespace test_region_panel

DEEPVM_TEST(test_region_panel, TestRegionPanel)
#include "test_region_panel.moc"
