// SPDX-License-Identifier: GPL-3.0-or-later
// How many machines a person's account may run: what is typed into the sheet counts at once and as on the
// command line, it can be undone, it survives a restart, and what more would bring is what the core says.
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPointer>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>

#include "exchange/exchange.h"
#include "explain/quota_gains.h"
#include "panels/quota_control.h"
#include "state/settings.h"
#include "test_program.h"
#include "wording/format.h"
#include "words/quotas.h"

namespace test_quota_sheet {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

session::Exploration onAws() {
    session::Exploration exploration;
    exploration.selection = {"aws", "us-east-1"};
    exploration.budget = base::Money::from_usd(20);
    exploration.objective = problem::Objective::throughput;
    return exploration;
}

struct Bench {
    explicit Bench(const session::Exploration& exploration = onAws()) : state(exploration) {
        QObject::connect(&state, &state::ExplorationState::changed, &planning,
                         [this] { planning.explore(state.value()); });
        planning.explore(state.value());
        control.show();
    }

    state::ExplorationState state;
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    panels::QuotaControl control{state, planning};

    QPushButton* button(const char* name) { return control.findChild<QPushButton*>(QLatin1String(name)); }
    QTableView& table() { return *control.findChild<QTableView*>("quotaTable"); }
    panels::QuotaSheet& sheet() { return *control.findChild<panels::QuotaSheet*>("quotaSheet"); }
    QString problem() { return control.findChild<QLabel*>("quotaProblem")->text(); }
    /// The sheet opened, the answer there with all that is made of it.
    bool open() {
        button("quotasButton")->click();
        return settle();
    }
    bool settle() {
        return QTest::qWaitFor(
            [this] { return !planning.busy() && !planning.studying() && planning.decision(); }, 60'000);
    }
    QModelIndex cell(const QString& title, int column) {
        const auto* model = table().model();
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->index(row, panels::QuotaModel::title).data().toString() == title)
                return model->index(row, column);
        return {};
    }
    QLineEdit* edit(const QString& title) {
        const auto at = cell(title, panels::QuotaModel::limit);
        table().setCurrentIndex(at);
        table().edit(at);
        return table().findChild<QLineEdit*>("quotaEditor");
    }
    /// As a person does: to the cell, the number, Enter.
    void type(const QString& title, const QString& limit) {
        auto* editor = edit(title);
        QVERIFY(editor != nullptr);
        editor->selectAll();
        QTest::keyClicks(editor, limit);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(table().findChild<QLineEdit*>("quotaEditor") ==
                    nullptr);  // the delegate is not done at once
    }
};

QByteArray said(const QStringList& command) {
    QProcess process;
    process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"),
                  command + QStringList{"--budget", "20", "--provider", "aws", "--region", "us-east-1",
                                        "--architectures", "tiering,single-anchor", "--objective",
                                        "throughput", "--spot-quota", "P=96"});
    process.waitForFinished(60'000);
    return process.readAllStandardOutput();
}

}  // namespace

class TestQuotaSheet : public QObject {
    Q_OBJECT

  private slots:
    // The plan, and the question in the exported file.
    void anEditedQuotaIsTheOptionOfTheCommandLine() {
        Bench bench;
        QVERIFY(bench.open());
        const auto before = bench.planning.decision()->ranked.front();
        bench.type("P spot", "96");
        QVERIFY(bench.settle());
        const auto& decision = *bench.planning.decision();
        QVERIFY(!(decision.ranked.front() == before));
        QCOMPARE(QByteArray::fromStdString(exchange::plan_csv(decision)), said({"export", "--as", "csv"}));
        // The whole document, what more quota brings included.
        const auto document = [](const QByteArray& json) {
            auto object = QJsonDocument::fromJson(json).object();
            object.remove("created");
            object.remove("proof");
            return object;
        };
        const auto& problem = *bench.planning.scene()->problem;
        const auto gains = explain::quota_gains(problem, decision);
        QVERIFY(gains.has_value());
        const auto exported =
            document(QByteArray::fromStdString(exchange::plan_json(problem, decision, *gains, {})));
        QVERIFY(!exported["quota_gains"].toArray().isEmpty());
        QCOMPARE(exported, document(said({"export", "--as", "json"})));
        QCOMPARE(bench.button("quotasButton")->text(), QString("1 set ..."));
    }

    void anEditIsUndoneByItsName() {
        Bench bench;
        QVERIFY(bench.open());
        const auto before = bench.state.value();
        bench.type("G spot", "1,000");
        QCOMPARE(bench.state.undoStack()->undoText(), QString("quota of G spot to 1,000 vCPUs"));
        QCOMPARE(bench.state.value().spot_quota, (problem::QuotaLimits{{"aws/G", 1000}}));
        bench.type("P on-demand", "0");
        bench.table().setCurrentIndex(bench.cell("P on-demand", panels::QuotaModel::limit));
        QTest::keyClick(&bench.table(), Qt::Key_Delete);
        QCOMPARE(bench.state.undoStack()->undoText(), QString("no quota of P on-demand"));
        bench.state.undoStack()->undo();
        QCOMPARE(bench.cell("P on-demand", panels::QuotaModel::limit).data().toString(), QString("0"));
        bench.button("quotaRemoveAll")->click();
        QVERIFY(bench.state.value() == before);
        bench.state.undoStack()->undo();
        bench.state.undoStack()->undo();
        bench.state.undoStack()->undo();
        QVERIFY(bench.state.value() == before);
        QCOMPARE(bench.cell("G spot", panels::QuotaModel::limit).data().toString(), QString("none"));
    }

    void whatMoreBringsIsWhatTheCoreSays() {
        auto exploration = onAws();
        exploration.spot_quota = {{"aws/G", 8}, {"aws/P", 0}};
        Bench bench(exploration);
        QVERIFY(bench.open());
        const auto& problem = *bench.planning.scene()->problem;
        const auto& decision = *bench.planning.decision();
        const auto gains = explain::quota_gains(problem, decision).value();
        QCOMPARE(gains.limits.size(), std::size_t(2));
        QVERIFY(std::ranges::any_of(gains.limits, [](const auto& each) { return each.least.has_value(); }));
        for (const auto& gain : gains.limits) {
            const auto title = wording::said(words::quota_title(gain.quota_class, gain.purchase));
            QCOMPARE(bench.cell(title, panels::QuotaModel::gain).data().toString(),
                     wording::said(words::gain_words(problem.request.objective, gain, wording::in_print)));
            const auto used = bench.cell(title, panels::QuotaModel::used).data().toString();
            QCOMPARE(used, gain.used > 0 ? wording::whole(gain.used) : QString("–"));
        }
        QVERIFY(bench.cell("G on-demand", panels::QuotaModel::gain).data().toString().isEmpty());
    }

    // Nobody pays for what nobody sees.
    void aClosedSheetAsksNothing() {
        auto exploration = onAws();
        exploration.spot_quota = {{"aws/G", 8}};
        Bench bench(exploration);
        QVERIFY(bench.open());
        bench.sheet().hide();
        bench.state.setBudget(base::Money::from_usd(30));
        QVERIFY(!bench.planning.studying());
        QVERIFY(bench.settle());
        QVERIFY(bench.open());
        QVERIFY(!bench.cell("G spot", panels::QuotaModel::gain).data().toString().isEmpty());
    }

    void whatIsNoLimitIsRefused() {
        Bench bench;
        QVERIFY(bench.open());
        const auto before = bench.state.value();
        for (const char* wrong : {"-3", "many", "1e6", "99999999999999999999", "1.5"}) {
            bench.type("G spot", wrong);
            QVERIFY2(bench.state.value() == before, wrong);
            QVERIFY2(bench.problem().contains("G spot"), qPrintable(bench.problem()));
        }
        bench.type("G spot", "64");
        QVERIFY(bench.problem().isEmpty());
    }

    // While somebody types, answers to what was asked before arrive.
    void anAnswerLeavesTheEditorAlone() {
        auto exploration = onAws();
        exploration.spot_quota = {{"aws/P", 96}};
        Bench bench(exploration);
        QVERIFY(bench.open());
        auto* editor = bench.edit("G spot");
        QVERIFY(editor != nullptr);
        QTest::keyClicks(editor, "12");
        const auto before = bench.planning.decision();
        bench.state.setBudget(base::Money::from_usd(30));
        QVERIFY(bench.settle());
        QVERIFY(bench.planning.decision() != before);
        QCOMPARE(editor->text(), QString("12"));
    }

    // The window goes with all that is open in it.
    void aSheetEndsWhileItIsEdited() {
        auto bench = std::make_unique<Bench>();
        QVERIFY(bench->open());
        auto* editor = bench->edit("G spot");
        QVERIFY(editor != nullptr);
        QTest::keyClicks(editor, "12");
        const QPointer<QLineEdit> open(editor);
        int edits = 0;
        QObject::connect(&bench->state, &state::ExplorationState::changed, this, [&edits] { ++edits; });
        bench.reset();
        QVERIFY(open.isNull());
        QCOMPARE(edits, 0);
    }

    // The published data set has quotas of its own, which a person's replace and give back.
    void aDataSetsOwnQuotasAreShown() {
        Bench bench(session::Exploration{});
        QVERIFY(bench.open());
        QCOMPARE(bench.button("quotasButton")->text(), QString("Data set's ..."));
        const auto own = bench.cell("G spot", panels::QuotaModel::limit).data().toString();
        QVERIFY(own.toInt() > 0);
        bench.type("G spot", "8");
        QCOMPARE(bench.cell("G spot", panels::QuotaModel::limit).data().toString(), QString("8"));
        bench.type("G spot", " ");
        QCOMPARE(bench.cell("G spot", panels::QuotaModel::limit).data().toString(), own);
        QVERIFY(bench.settle());
    }

    void quotasAreKept() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("explorer.ini");
        Bench bench;
        QVERIFY(bench.open());
        bench.type("G spot", "8");
        bench.type("P on-demand", "0");
        state::Remembered remembered;
        remembered.exploration = bench.state.value();
        QVERIFY(state::Settings(file).save(remembered));
        const auto again = state::Settings(file).load();
        QVERIFY(again.exploration == bench.state.value());
        QVERIFY(bench.settle());
    }
};

}  // namespace test_quota_sheet

DEEPVM_TEST(test_quota_sheet, TestQuotaSheet)
#include "test_quota_sheet.moc"
