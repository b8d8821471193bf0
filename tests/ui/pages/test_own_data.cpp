// SPDX-License-Identifier: GPL-3.0-or-later
// What a person brings along, measured epoch times and workloads of one's own: it counts at once, it can be
// undone, it survives a restart, and what is wrong with it is said.
#include <QApplication>
#include <QFile>
#include <QTemporaryDir>

#include "pages/scaling_panel.h"
#include "pages/workload_panel.h"
#include "panels/controls_panel.h"
#include "state/settings.h"
#include "test_program.h"

namespace test_own_data {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

struct Bench {
    explicit Bench(session::Exploration exploration = {}) : state(std::move(exploration)) {
        QObject::connect(&state, &state::ExplorationState::changed, &planning,
                         [this] { planning.explore(state.value()); });
        planning.explore(state.value());
        scaling.resize(700, 320);
        workload.resize(700, 320);
        scaling.show();
        workload.show();
    }

    state::ExplorationState state;
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    state::ChosenRank choice;
    pages::ScalingPanel scaling{state, planning, choice};
    pages::WorkloadPanel workload{state, planning};
    panels::ControlsPanel controls{state, planning};

    bool settle() {
        return QTest::qWaitFor([this] { return !planning.busy() && planning.decision(); }, 60'000);
    }
    const problem::Plan& best() const { return planning.decision()->ranked.front(); }
    QString text(const char* name) const {
        auto* found = scaling.findChild<QLabel*>(QLatin1String(name));
        if (found == nullptr) found = workload.findChild<QLabel*>(QLatin1String(name));
        return found->text().remove(QChar(0x2060));  // that keeps words together
    }
    QLineEdit* field(const char* name) const { return workload.findChild<QLineEdit*>(QLatin1String(name)); }
    QPushButton* button(const char* name) const {
        auto* found = scaling.findChild<QPushButton*>(QLatin1String(name));
        return found != nullptr ? found : workload.findChild<QPushButton*>(QLatin1String(name));
    }
    static void type(QLineEdit* into, const QString& what) {
        into->selectAll();
        QTest::keyClicks(into, what);
    }
};

session::Exploration onAws() {
    session::Exploration exploration;
    exploration.selection = {"aws", "us-east-1"};
    exploration.budget = base::Money::from_usd(20);
    exploration.workload = "resnet18-cifar10";  // the runs are too fast for a larger one
    return exploration;
}

const QString runs = DEEPVM_SOURCE_DIR "/resources/validation/deepvm_scaling_runs.csv";

}  // namespace

class TestOwnData : public QObject {
    Q_OBJECT

  private slots:
    void measurementsCountAtOnce() {
        Bench bench;
        QVERIFY(bench.settle());
        QCOMPARE(bench.best().scaling, problem::ScalingBasis::published);
        QVERIFY(bench.text("scalingWords").startsWith("Published"));
        bench.scaling.load(runs);
        QVERIFY(bench.settle());
        QCOMPARE(bench.best().scaling, problem::ScalingBasis::measured);
        QVERIFY(bench.text("scalingMessage").contains("g4dn.xlarge"));
        QVERIFY(bench.text("scalingWords").startsWith("Measured"));
        const auto* chart = bench.scaling.findChild<charts::ScalingChart*>("scalingChart");
        const auto& lines = chart->picture().lines;
        QCOMPARE(lines.size(),
                 std::size_t(2));  // measured and published; the rate has no unit to assume from
        for (const auto& line : lines)
            QCOMPARE(line.used, line.basis == problem::ScalingBasis::measured);
        const auto* points = bench.scaling.findChild<QTableWidget*>("scalingPoints");
        QCOMPARE(points->rowCount(), 10);
        QCOMPARE(points->item(0, 0)->text(), QStringLiteral("1"));
        QVERIFY(bench.best().job.fault_free_hours.has_value());  // an epoch has a length now
        bench.state.undoStack()->undo();
        QVERIFY(bench.settle());
        QCOMPARE(bench.best().scaling, problem::ScalingBasis::published);
    }

    void whatCannotBeFittedIsSaid() {
        Bench bench;
        QVERIFY(bench.settle());
        const QTemporaryDir folder;
        const auto load = [&](const QByteArray& content) {
            QFile file(folder.filePath("runs.csv"));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) > 0);
            file.close();
            bench.scaling.load(file.fileName());
        };
        load("instance_type,nodes,epoch_seconds\ng4dn.xlarge,2,30\n");
        QVERIFY(bench.text("scalingMessage").contains("g4dn.xlarge"));
        load("instance_type,nodes,epoch_seconds\ng4dn.xlarge,two,30\n");
        QVERIFY(bench.text("scalingMessage").contains("line 2"));
        bench.scaling.load(folder.filePath("nowhere.csv"));
        QVERIFY(bench.text("scalingMessage").contains("nowhere.csv"));
        QVERIFY(bench.state.value().measured.empty());
        QVERIFY(!bench.button("scalingForget")->isVisible());
    }

    void aWorkloadOfOnesOwnIsPlannedFor() {
        Bench bench(onAws());
        QVERIFY(bench.settle());
        QVERIFY(!bench.button("workloadSave")->isEnabled());
        Bench::type(bench.field("workloadName"), "My net");
        Bench::type(bench.field("workload-epochs"), "3");
        QVERIFY(bench.button("workloadSave")->isEnabled());
        const double before = *bench.best().job.fault_free_hours;
        bench.button("workloadSave")->click();
        QVERIFY(bench.settle());
        QCOMPARE(bench.state.value().own_workloads.size(), std::size_t(1));
        QCOMPARE(problem::workload_of(*bench.planning.scene()->problem).display_name, std::string("My net"));
        QVERIFY(qAbs(*bench.best().job.fault_free_hours / before - 0.1) < 1e-9);  // 3 epochs instead of 30
        QVERIFY(bench.button("workloadRemove")->isVisible());
        const auto* box = bench.controls.findChild<QComboBox*>("workloadBox");
        QCOMPARE(box->currentText(), QStringLiteral("My net"));
        bench.button("workloadRemove")->click();
        QVERIFY(bench.settle());
        QVERIFY(bench.state.value().own_workloads.empty());
        QCOMPARE(box->findText("My net"), -1);
    }

    void aFieldThatIsNoNumberIsNamed() {
        Bench bench(onAws());
        QVERIFY(bench.settle());
        for (const char* wrong : {"many", "0", "-3", "1.5", "1e400", ""}) {
            Bench::type(bench.field("workload-samples"), QLatin1String(wrong));
            if (*wrong == '\0') bench.field("workload-samples")->clear();
            emit bench.field("workload-samples")->textEdited({});
            QVERIFY2(bench.text("workloadMessage").contains("Samples an epoch"), wrong);
            QVERIFY(!bench.button("workloadSave")->isEnabled());
        }
        Bench::type(bench.field("workload-samples"), "2,000,000");
        QVERIFY(bench.text("workloadMessage").isEmpty() && bench.button("workloadSave")->isEnabled());
    }

    void itSurvivesARestart() {
        Bench bench(onAws());
        QVERIFY(bench.settle());
        bench.scaling.load(runs);
        Bench::type(bench.field("workloadName"), "Kept, \"quoted\"");
        bench.button("workloadSave")->click();
        QVERIFY(bench.settle());
        const QTemporaryDir folder;
        state::Settings settings(folder.filePath("explorer.ini"));
        QVERIFY(settings.save({bench.state.value(), {}, {}, {}}));
        const auto loaded = settings.load().exploration;
        QVERIFY(loaded.own_workloads == bench.state.value().own_workloads);
        QVERIFY(loaded.measured == bench.state.value().measured);
        QCOMPARE(loaded.workload, bench.state.value().workload);
    }
};

}  // namespace test_own_data

DEEPVM_TEST(test_own_data, TestOwnData)
#include "test_own_data.moc"
