// SPDX-License-Identifier: GPL-3.0-or-later
// "Futures" and "Checkpoints" in the real window: their numbers are the planner's own, of the answer that
// they name, and what is not known is said.
#include <QApplication>
#include <QGraphicsView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QSpinBox>
#include <QToolButton>

#include "explain/simulation.h"
#include "test_program.h"
#include "widgets/log_slider.h"
#include "window/main_window.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace test_risk_tabs {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using problem::Architecture;

namespace {

state::Remembered aws(std::vector<Architecture> architectures) {
    state::Remembered remembered;
    auto& exploration = remembered.exploration;
    exploration.selection = {"aws", "us-east-1"};
    exploration.budget = Money::from_micro(20'000'000);
    exploration.architectures = std::move(architectures);
    exploration.workload = "gpt2-xl-openwebtext";
    exploration.risk.rates = risk::band_rates(4);
    exploration.future_runs = 300;
    return remembered;
}

std::unique_ptr<window::MainWindow> makeWindow(const state::Remembered& remembered, const char* tab) {
    auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                     remembered, state::Settings(QString()));
    made->resize(1280, 800);
    made->show();
    if (!made->showTab(QString::fromLatin1(tab))) return nullptr;
    return made;
}

bool settle(const window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.busy(); }, 60'000);
}

QString textOf(const QWidget& window, const char* name) {
    const auto* label = window.findChild<QLabel*>(QLatin1String(name));
    return label && label->isVisible() ? label->text() : QString();
}

QStringList cells(const QWidget& window) {
    QStringList found;
    for (const auto* label : window.findChild<QWidget*>("futuresTable")->findChildren<QLabel*>())
        found << label->text();
    return found;
}

/// Whether the table is what the simulation says for the answer on show.
bool tellsTheTruth(window::MainWindow& window, bool dollars) {
    const auto& exploration = window.exploration().value();
    const auto& problem = *window.planning().scene()->problem;
    const explain::SimulationRequest request{.runs = exploration.future_runs,
                                             .seed = static_cast<std::uint64_t>(exploration.future_seed)};
    const auto plans = explain::simulate(problem, *window.planning().decision(), request).value();
    const auto said = cells(window);
    for (const auto& row :
         words::futures(plans, dollars, problem.request.job.deadline_hours, wording::in_print)) {
        if (!said.contains(wording::said(row.name))) return false;
        for (const auto& value : row.values)
            if (!said.contains(wording::said(value))) return false;
    }
    const QString title = textOf(window, "futuresTitle");
    return title.contains(wording::moneyPerHour(exploration.budget)) &&
           title.endsWith(QStringLiteral("seed %1").arg(exploration.future_seed)) &&
           textOf(window, "futuresSentences").contains("is cheaper than 2 in");
}

}  // namespace

class TestRiskTabs : public QObject {
    Q_OBJECT

  private slots:
    void futuresAreThoseOfTheAnswer() {
        auto remembered = aws({Architecture::tiering, Architecture::single_anchor});
        remembered.exploration.job.deadline_hours = 30;
        const auto window = makeWindow(remembered, "futures");
        QVERIFY(window && settle(*window));
        QVERIFY(tellsTheTruth(*window, true));
        QVERIFY(cells(*window).contains("Done by 30.0 h"));
        QTest::mouseClick(window->findChild<QToolButton*>("futuresHours"), Qt::LeftButton);
        QVERIFY(tellsTheTruth(*window, false));
        window->exploration().setBudget(Money::from_micro(45'000'000));
        QVERIFY(settle(*window));
        QVERIFY(tellsTheTruth(*window, false));
    }

    void runsAndSeedAreAsked_andUndone() {
        const auto window = makeWindow(aws({Architecture::tiering}), "futures");
        QVERIFY(window && settle(*window));
        auto* seed = window->findChild<QSpinBox*>("futureSeed");
        const auto before = cells(*window);
        const auto scene = window->planning().scene();
        seed->setFocus();
        seed->selectAll();
        QTest::keyClicks(seed, "77");
        QTest::keyClick(seed, Qt::Key_Return);
        QVERIFY(settle(*window));
        QCOMPARE(window->exploration().value().future_seed, 77);
        QVERIFY(tellsTheTruth(*window, true));
        QVERIFY(cells(*window) != before);
        QVERIFY(window->planning().scene() == scene);  // no plan depends on it
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QCOMPARE(seed->value(), 1);
        QCOMPARE(cells(*window), before);
    }

    void aLongOneCanBeCancelled_andTakenUpAgain() {
        auto remembered = aws({Architecture::single_anchor});
        remembered.exploration.future_runs = session::most_future_runs;
        remembered.exploration.job.amount = 1000;  // epochs
        const auto window = makeWindow(remembered, "futures");
        QVERIFY(window);
        auto* cancel = window->findChild<QToolButton*>("futuresCancel");
        QVERIFY(QTest::qWaitFor([&] { return cancel->isVisible(); }, 60'000));
        QVERIFY(textOf(*window, "futuresProgress").endsWith(" %"));
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !window->busy(); }, 10'000));
        QCOMPARE(textOf(*window, "futuresMessage"), QStringLiteral("Cancelled."));
        QVERIFY(!cancel->isVisible());
        auto next = window->exploration().value();
        next.future_runs = 200;
        window->exploration().set(next, "fewer");
        QVERIFY(settle(*window));
        QVERIFY(tellsTheTruth(*window, true));
    }

    void cancelledItCanBeSimulatedAgain() {
        auto remembered = aws({Architecture::single_anchor});
        remembered.exploration.future_runs = 20'000;
        remembered.exploration.job.amount = 2'000;
        const auto window = makeWindow(remembered, "futures");
        QVERIFY(window);
        auto* cancel = window->findChild<QToolButton*>("futuresCancel");
        QVERIFY(QTest::qWaitFor([&] { return cancel->isVisible(); }, 60'000));
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(settle(*window));
        QTest::mouseClick(window->findChild<QPushButton*>("futuresGoTo"), Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "futuresTitle").startsWith("20,000 futures"));
    }

    void anUnknownRateCanBeAssumed() {
        auto remembered = aws({Architecture::spot_bucket});
        remembered.exploration.selection = {"azure", "eastus"};
        remembered.exploration.risk = {};
        remembered.exploration.objective = problem::Objective::throughput;
        auto window = makeWindow(remembered, "futures");
        QVERIFY(window && settle(*window));
        QVERIFY(textOf(*window, "futuresMessage").contains("revocation rate is not known"));
        auto* action = window->findChild<QPushButton*>("futuresGoTo");
        QVERIFY(action->isVisible());
        QTest::mouseClick(action, Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "futuresTitle").startsWith("300 futures"));
    }

    void whatIsNotKnownIsSaid() {
        auto window = makeWindow({}, "futures");  // the paper's data set
        QVERIFY(window && settle(*window));
        QVERIFY(textOf(*window, "futuresMessage").contains("load measured epoch times"));
        QVERIFY(window->showTab("checkpoints"));
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "checkpointsWords").contains("load measured epoch times"));
        QVERIFY(window->findChild<QWidget*>("checkpointTimeline")->isVisible());  // needs no rate
        QVERIFY(!window->findChild<QWidget*>("checkpointChart")->isVisible());
    }

    void withoutAPlanThereIsAWayToOne() {
        auto remembered = aws({Architecture::tiering});
        remembered.exploration.budget = Money::from_micro(60'000);
        const auto window = makeWindow(remembered, "futures");
        QVERIFY(window && settle(*window));
        QVERIFY(textOf(*window, "futuresMessage").contains("No cluster fits"));
        QTest::mouseClick(window->findChild<QPushButton*>("futuresGoTo"), Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "futuresTitle").contains("futures of"));
        auto none = window->exploration().value();
        none.architectures.clear();
        window->exploration().set(none, "none");
        QVERIFY(settle(*window));
        QVERIFY(!textOf(*window, "futuresMessage").isEmpty());
    }

    void checkpointsAreThoseOfTheChosenPlan() {
        const auto window = makeWindow(aws({Architecture::tiering}), "checkpoints");
        QVERIFY(window && settle(*window));
        for (const int rank : {1, 2}) {
            if (rank == 2) QTest::mouseClick(window->findChild<QWidget*>("planCard2"), Qt::LeftButton);
            const auto& plan = window->planning().decision()->ranked[static_cast<std::size_t>(rank) - 1];
            const auto run = problem::job_run(*window->planning().scene()->problem, plan).value();
            const auto view = run.view();
            QCOMPARE(textOf(*window, "checkpointsWords"),
                     wording::said(words::checkpoints(plan, &view, wording::in_print)));
            QVERIFY(textOf(*window, "checkpointsWords")
                        .contains(wording::seconds(plan.job.expected->interval_seconds)));
            QVERIFY(window->findChild<QWidget*>("checkpointChart")->isVisible());
            QVERIFY(window->findChild<QWidget*>("checkpointTimeline")->isVisible());
        }
    }

    void theIntervalIsTriedOut_andSetBack() {
        const auto window = makeWindow(aws({Architecture::tiering}), "checkpoints");
        QVERIFY(window && settle(*window));
        const auto* timeline = window->findChild<QWidget*>("checkpointTimeline");
        const QString own = textOf(*window, "checkpointIntervalText");
        const QString calm = timeline->accessibleDescription();
        // At first sight one sees what remote memory is for: not all levels lose the same.
        QSet<QString> levels;
        static const QRegularExpression back(QStringLiteral("back to (checkpoint \\d+|the start)"));
        for (auto found = back.globalMatch(calm); found.hasNext();)
            levels << found.next().captured();
        QVERIFY2(levels.size() >= 2, qPrintable(calm));
        auto* slider = window->findChild<widgets::LogSlider*>("checkpointInterval");
        slider->setSliderPosition(0);  // ten checkpoints a second
        QVERIFY(textOf(*window, "checkpointIntervalText") != own);
        QVERIFY(timeline->accessibleDescription().contains("remote memory"));
        QVERIFY(timeline->accessibleDescription() != calm);
        QTest::mouseClick(window->findChild<QToolButton*>("checkpointOwnInterval"), Qt::LeftButton);
        QCOMPARE(textOf(*window, "checkpointIntervalText"), own);
        QCOMPARE(timeline->accessibleDescription(), calm);
        auto* revoked = window->findChild<QWidget*>("checkpointsPanel")->findChild<QSpinBox*>("percentField");
        revoked->setValue(20);
        QVERIFY(timeline->accessibleDescription() != calm);  // loses something else
    }

    void otherArchitecturesSayWhyThereIsNoPipeline() {
        for (const auto& [architecture, word, curve] :
             {std::tuple(Architecture::single_anchor, "disk", true),
              std::tuple(Architecture::spot_bucket, "object store", true),
              std::tuple(Architecture::on_demand, "without revocations", false),
              std::tuple(Architecture::parameter_server, "servers hold", false)}) {
            const auto window = makeWindow(aws({architecture}), "checkpoints");
            QVERIFY(window && settle(*window));
            QVERIFY2(textOf(*window, "checkpointsNoPipeline").contains(QLatin1String(word)), word);
            QVERIFY(!window->findChild<QWidget*>("checkpointTimeline")->isVisible());
            QCOMPARE(window->findChild<QWidget*>("checkpointChart")->isVisible(), curve);
            QVERIFY(!textOf(*window, "checkpointsWords").isEmpty());
        }
    }

    void hiddenTheyWorkNothingOut() {
        const auto window = makeWindow(aws({Architecture::tiering}), "instances");
        QVERIFY(window && settle(*window));
        QVERIFY(cells(*window).isEmpty());
        QVERIFY(window->showTab("futures"));
        QVERIFY(settle(*window));
        QVERIFY(tellsTheTruth(*window, true));
    }
};

}  // namespace test_risk_tabs

DEEPVM_TEST(test_risk_tabs, TestRiskTabs)
#include "test_risk_tabs.moc"
