// SPDX-License-Identifier: GPL-3.0-or-later
// What an expert sets by hand: every field begins with the planner's own value and says it, a change counts,
// is marked, has a name to undo and a way back.
#include <QApplication>
#include <QLabel>
#include <QToolButton>

#include "panels/advanced_control.h"
#include "panels/risk_control.h"
#include "test_program.h"
#include "widgets/log_slider.h"

namespace test_advanced {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

struct Bench {
    explicit Bench(const session::Exploration& exploration) : state(exploration) {
        QObject::connect(&state, &state::ExplorationState::changed, &planning,
                         [this] { planning.explore(state.value()); });
        planning.explore(state.value());
        control.show();
    }

    state::ExplorationState state;
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    panels::AdvancedControl control{state, planning};

    template <typename Part>
    Part* part(const QString& name) {
        return control.findChild<Part*>(name);
    }
    bool settle() {
        return QTest::qWaitFor([this] { return !planning.busy() && planning.scene(); }, 60'000);
    }
    void type(const QString& name, const QString& what) {
        auto* field = part<widgets::NumberField>(name);
        field->selectAll();
        QTest::keyClicks(field, what);
        QTest::keyClick(field, Qt::Key_Return);
    }
    QString step() { return state.undoStack()->undoText(); }
};

session::Exploration onAws() {
    session::Exploration exploration;
    exploration.selection = {"aws", "us-east-1"};
    return exploration;
}

}  // namespace

class TestAdvanced : public QObject {
    Q_OBJECT

  private slots:
    void itIsFoldedAndSaysWhatWasChanged() {
        Bench bench(onAws());
        auto* head = bench.part<QToolButton>("advancedFold");
        QVERIFY(!bench.part<QWidget>("advancedBody")->isVisible());
        QCOMPARE(head->text(), QString("ADVANCED"));
        head->click();
        QVERIFY(bench.part<QWidget>("advancedBody")->isVisible());
        bench.type("overlap", "50");
        bench.type("buffer_depth", "3");
        QCOMPARE(head->text(), QString("ADVANCED · 2 CHANGED"));
        bench.part<QPushButton>("advancedResetAll")->click();
        QCOMPARE(head->text(), QString("ADVANCED"));
        QVERIFY(bench.state.value() == onAws());
        bench.state.undoStack()->undo();
        QCOMPARE(bench.state.value().assumptions.overlap, 0.5);
        QVERIFY(bench.settle());
    }

    void everyNumberIsSetMarkedNamedAndReset_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("kept");
        QTest::addColumn<QString>("step");
        const auto row = [](const char* field, const char* first, const char* typed, double kept,
                            const char* step) {
            QTest::newRow(field) << field << first << typed << kept << step;
        };
        row("utilisation", "", "12.3", 0.123, "utilisation to 12.3 %");
        row("overlap", "0", "57", 0.57, "overlap to 57 %");
        row("min_efficiency", "", "29", 0.29, "least efficiency to 29 %");
        row("checkpoint_gib", "", "12.5", 12.5, "checkpoint to 12.5 GiB");
        row("buffer_depth", "2", "3", 3, "checkpoints held to 3 checkpoints");
        row("disk_gbs", "1", "2.5", 2.5, "local disk to 2.5 GB/s");
        row("store_gbs", "0.0875", "5", 5, "object store to 5 GB/s");
        row("store_usd_per_gib_month", "0.023", "0.05", 0.05, "store price to 0.05 $ a GiB and month");
        row("provisioning_s", "300", "900", 900, "new machine to 900 s");
    }

    void everyNumberIsSetMarkedNamedAndReset() {
        QFETCH(QString, field);
        QFETCH(QString, first);
        QFETCH(QString, typed);
        QFETCH(double, kept);
        QFETCH(QString, step);
        Bench bench(onAws());
        bench.control.setUnfolded(true);
        QVERIFY(bench.settle());
        const auto of = std::ranges::find_if(state::assumptionNumbers(), [&](const auto& number) {
            return field == QLatin1String(number.key);
        });
        auto* edit = bench.part<widgets::NumberField>(field);
        auto* name = bench.part<QLabel>(field + "Name");
        auto* reset = bench.part<QPushButton>(field + "Reset");
        QCOMPARE(edit->text(), first);
        QVERIFY(!edit->text().isEmpty() || edit->placeholderText() != "");
        QVERIFY2(edit->toolTip().contains(first.isEmpty() ? "At first" : "At first: " + first),
                 qPrintable(edit->toolTip()));
        QVERIFY(!reset->isVisible() && !name->text().startsWith("•"));
        bench.type(field, typed);
        QCOMPARE(*of->get(bench.state.value()), kept);  // to the last bit: as on the command line
        QCOMPARE(bench.step(), step);
        QCOMPARE(edit->text(), typed);
        QVERIFY(reset->isVisible() && name->text().startsWith("•"));
        reset->click();
        QVERIFY(bench.state.value() == onAws());
        QCOMPARE(edit->text(), first);
        bench.type(field, "-1");
        QVERIFY(bench.state.value() == onAws());
        QVERIFY(!bench.part<QLabel>("advancedProblem")->text().isEmpty());
        QVERIFY(bench.settle());
    }

    void precisionAndHostsAreSetMarkedNamedAndReset() {
        Bench bench(onAws());
        bench.control.setUnfolded(true);
        const auto choose = [&](const char* name, int index) {
            auto* box = bench.part<widgets::SelectBox>(name);
            box->setCurrentIndex(index);
            emit box->activated(index);
        };
        choose("precision", bench.part<widgets::SelectBox>("precision")->findText("fp8"));
        QVERIFY(bench.state.value().assumptions.precision == model::Precision::fp8);
        QCOMPARE(bench.step(), QString("precision to fp8"));
        choose("hosts", 1);
        QVERIFY(bench.state.value().assumptions.hosts == problem::Hosts::any);
        QCOMPARE(bench.step(), QString("hosts to x86, ARM"));
        for (const char* reset : {"precisionReset", "hostsReset"})
            bench.part<QPushButton>(reset)->click();
        QVERIFY(bench.state.value() == onAws());
        QVERIFY(bench.settle());
    }

    // What the published planner has fixed cannot be set, and says why.
    void whatDoesNotCountOnADataSetSaysSo() {
        Bench bench(session::Exploration{});
        QVERIFY(bench.settle());
        for (const char* field : {"utilisation", "checkpoint_gib", "buffer_depth", "precision", "hosts"}) {
            const auto* part = bench.part<QWidget>(field);
            QVERIFY2(!part->isEnabled() && part->toolTip().contains("published"), field);
        }
        QVERIFY(bench.part<QWidget>("overlap")->isEnabled());
    }

    // The slider reaches what the field takes, and rests while the bands rule.
    void theRateThatTheBandsSayLooksAtRest() {
        state::ExplorationState state(onAws());
        state::Planning planning({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        panels::RiskControl control(state, planning);
        auto* field = control.findChild<widgets::NumberField*>("riskField");
        const auto* slider = control.findChild<widgets::LogSlider*>("riskSlider");
        QVERIFY(field->property("following").toBool());
        state.setRisk(state::riskByHand(60));
        QVERIFY(!field->property("following").toBool());
        QCOMPARE(slider->exact(), std::int64_t(600));
        QVERIFY(slider->handleCentre(600).x() < slider->handleCentre(990).x());
    }
};

}  // namespace test_advanced

DEEPVM_TEST(test_advanced, TestAdvanced)
#include "test_advanced.moc"
