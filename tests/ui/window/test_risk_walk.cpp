// SPDX-License-Identifier: GPL-3.0-or-later
// Dragging the risk in the real window moves the recommendation from spot machines over an on-demand anchor
// to on-demand machines only. The job: GPT-2 XL, 25 times through its data on at most three machines, done
// within 44.61 hours with 95 %. Three of the fastest machines need 44.59 hours, so there is no time for a
// revocation: without risk spot machines alone are cheapest; when checkpoints take time, remote nodes that
// take them in the background; when four spot machines are too likely to lose one, an anchor makes it three;
// then only machines that nobody takes back keep the deadline. All of it of a job whose speed was measured:
// beside a speed that is only estimated minutes would not count.
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QUndoStack>

#include "catalog/catalog.h"
#include "problem/problem.h"
#include "test_program.h"
#include "widgets/log_slider.h"
#include "window/main_window.h"
#include "wording/wording.h"

namespace test_risk_walk {

using namespace deepvm;
using namespace deepvm::ui;
using problem::Architecture;

namespace {

/// As if the person had measured what is estimated of the type.
void measure(session::Exploration& exploration, const std::string& type) {
    const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db");
    const auto market = *catalog->load(exploration.selection);
    const auto problem = problem::make_problem(market, session::to_request(exploration, *market));
    for (const auto& worker : (*problem)->workers) {
        if (market->types[worker.type].name != type) continue;
        std::vector<model::EpochTime> times;
        for (const int nodes : {1, 2, 3})
            times.push_back(model::EpochTime{
                type, nodes, *worker.epoch_seconds / model::effective_nodes(worker.scaling, nodes, 1)});
        exploration.measured[type] = *model::fit_scaling(type, times);
    }
}

state::Remembered tightJob() {
    state::Remembered remembered;
    auto& exploration = remembered.exploration;
    exploration.selection = {"aws", "us-east-1"};
    exploration.budget = base::Money::from_micro(480'000'000);
    exploration.objective = problem::Objective::job_cost;
    exploration.workload = "gpt2-xl-openwebtext";
    exploration.max_nodes = 3;
    for (const auto architecture : session::shown_architectures)
        exploration.enable(architecture, true);
    exploration.job.amount = 25;
    exploration.job.deadline_hours = 44.61;
    measure(exploration, "p6-b300.48xlarge");
    return remembered;
}

std::unique_ptr<window::MainWindow> makeWindow(const state::Remembered& remembered) {
    auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                     remembered, state::Settings(QString()));
    made->resize(1280, 800);
    made->show();
    return made;
}

bool settle(const window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.busy(); }, 60'000);
}

QString textOf(const QWidget& window, const char* name) {
    const auto* label = window.findChild<QLabel*>(QLatin1String(name));
    return label && label->isVisible() ? label->text() : QString();
}

widgets::LogSlider& riskSlider(window::MainWindow& window) {
    return *window.findChild<widgets::LogSlider*>(QStringLiteral("riskSlider"));
}

/// What is recommended first.
const problem::Plan& first(window::MainWindow& window) {
    return window.planning().decision()->ranked.front();
}

double onDemandShare(const problem::Plan& plan) {
    return 1 - static_cast<double>(plan.spot_workers) / plan.nodes;
}

}  // namespace

class TestRiskWalk : public QObject {
    Q_OBJECT

  private slots:
    void fromSpotOverAnAnchorToOnDemand() {
        auto window = makeWindow(tightJob());
        QVERIFY(settle(*window));
        auto& slider = riskSlider(*window);
        std::vector<Architecture> walk;
        double share = 0;
        QTest::mousePress(&slider, Qt::LeftButton, {}, slider.handleCentre(0));
        for (int percent = 0; percent <= 25; ++percent) {
            QTest::mouseMove(&slider, slider.handleCentre(std::int64_t{10} * percent));
            QCOMPARE(slider.exact(), std::int64_t{10} * percent);
            QVERIFY(settle(*window));
            const auto& plan = first(*window);
            // Never less on-demand than at a lower risk, and always in time.
            QVERIFY(onDemandShare(plan) >= share);
            QVERIFY(*plan.job.done_by_deadline >= 0.95);
            share = onDemandShare(plan);
            if (walk.empty() || walk.back() != plan.architecture) walk.push_back(plan.architecture);
            // The window says what the planner found.
            const auto text = words::job(plan, *window->planning().scene()->problem, wording::in_print);
            QCOMPARE(textOf(*window, "planPrice1"), wording::said(text.cost));
            QCOMPARE(textOf(*window, "planJob1"),
                     wording::said(
                         words::price_per_hour(plan.hourly_price, window->planning().decision()->budget) +
                         " · " + text.time + " · " + text.deadline));
            QCOMPARE(textOf(*window, "planOverhead1"), wording::said(text.overhead));
        }
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, slider.handleCentre(250));
        const std::vector expected{Architecture::spot_bucket, Architecture::tiering, Architecture::on_demand};
        QStringList names;
        for (const auto architecture : walk)
            names << wording::architectureName(architecture);
        QVERIFY2(walk == expected, qPrintable(names.join(", ")));
        QCOMPARE(first(*window).spot_workers, 0);
    }

    void aDragOfTheRiskIsOneStepOfUndo() {
        auto window = makeWindow(tightJob());
        QVERIFY(settle(*window));
        auto& slider = riskSlider(*window);
        const auto before = window->exploration().value().risk;
        QTest::mousePress(&slider, Qt::LeftButton, {}, slider.handleCentre(0));
        for (const int percent : {5, 12, 20})
            QTest::mouseMove(&slider, slider.handleCentre(std::int64_t{10} * percent));
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, slider.handleCentre(200));
        QCOMPARE(window->findChild<QComboBox*>("riskBasis")->currentText(), QStringLiteral("Set by hand"));
        QVERIFY(textOf(*window, "riskWords").startsWith("Revoked about once in"));
        QCOMPARE(window->exploration().undoStack()->count(), 1);
        window->exploration().undoStack()->undo();
        QVERIFY(window->exploration().value().risk == before);
        QVERIFY(settle(*window));
        QCOMPARE(window->findChild<QComboBox*>("riskBasis")->currentText(),
                 QStringLiteral("Interruption bands, middle"));
    }

    void anImpossibleDeadlineSaysWhatIsPossible() {
        auto remembered = tightJob();
        remembered.exploration.job.deadline_hours = 10;
        auto window = makeWindow(remembered);
        QVERIFY(settle(*window));
        QVERIFY(window->planning().decision()->ranked.empty());
        const QString text = textOf(*window, "emptyText").replace(QChar(QChar::Nbsp), QLatin1Char(' '));
        const double fastest = *window->planning().scene()->problem->fastest_hours;
        QVERIFY(text.contains("None is done within 10.0 h"));
        QVERIFY(text.contains(QStringLiteral("expects %1 h").arg(fastest, 0, 'f', 1)));
    }
};

}  // namespace test_risk_walk

DEEPVM_TEST(test_risk_walk, TestRiskWalk)
#include "test_risk_walk.moc"
