// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of the program that decided, with the real planner and the shipped catalog.
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTemporaryDir>

#include "exchange/program_text.h"
#include "pages/natural_table.h"
#include "pages/program_panel.h"
#include "test_program.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace test_program_panel {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;

namespace {

/// As large as the tab in a window of 1280 x 800.
struct Bench {
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    state::ExplorationState state{{}};
    pages::ProgramPanel panel{state, planning};

    Bench() {
        QObject::connect(&state, &state::ExplorationState::changed, &panel,
                         [this] { planning.explore(state.value()); });
        theme::dress(panel, theme::palette(theme::Mode::light));
        panel.setFont(theme::applicationFont());
        panel.resize(566, 225);
        panel.show();
        planning.explore(state.value());
    }
    bool settled() {
        const auto* study = panel.findChild<jobs::Study*>();
        return QTest::qWaitFor([&] { return !planning.busy() && !study->busy(); }, 60'000);
    }
    void set(const session::Exploration& next) { state.set(next, "test"); }
    QString text(const char* name) const { return panel.findChild<QLabel*>(QLatin1String(name))->text(); }
    QTableView* table(const char* name) const { return panel.findChild<QTableView*>(QLatin1String(name)); }
    template <typename Widget = QToolButton>
    Widget* button(const char* name) const {
        return panel.findChild<Widget*>(QLatin1String(name));
    }
    QString activity(int row) const {
        return table("programRows")
            ->model()
            ->index(row, models::ProgramRowsModel::activity)
            .data()
            .toString();
    }
    const problem::Plan& plan(std::size_t rank) const { return planning.decision()->ranked.at(rank - 1); }
    std::string file(std::size_t rank, exchange::ProgramForm form) const {
        return exchange::program_text(*planning.scene()->problem, plan(rank), planning.decision()->budget,
                                      form);
    }
};

}  // namespace

class TestProgramPanel : public QObject {
    Q_OBJECT

  private slots:
    void showsTheProgramOfTheFirstPlan() {
        Bench bench;
        QVERIFY(bench.settled());
        QVERIFY(bench.text("programTitle").startsWith("17"));
        QVERIFY2(bench.text("programSummary").startsWith("Rank 1 at $2.90/"),
                 qPrintable(bench.text("programSummary")));
        QVERIFY(bench.text("programSummary").endsWith("proven."));
        QCOMPARE(bench.activity(1), QStringLiteral("2.8526"));
        QCOMPARE(bench.table("programColumns")->model()->rowCount(), 6);
    }

    void followsTheChosenRankAndTheBudget() {
        Bench bench;
        QVERIFY(bench.settled());
        bench.panel.setRank(2);
        QVERIFY(bench.text("programSummary").startsWith("Rank 2 at $2.90/"));
        QCOMPARE(bench.activity(1), QString::fromStdString(bench.plan(2).hourly_price.decimal()));
        bench.state.setBudget(Money::from_micro(8'000'000));
        QVERIFY(bench.settled());
        QVERIFY(bench.text("programSummary").startsWith("Rank 2 at $8.00/"));
        QCOMPARE(bench.table("programRows")->model()->rowCount() > 1, true);
        bench.panel.setRank(99);  // fewer plans than that: the last one
        QVERIFY(bench.text("programSummary").startsWith("Rank 3 at $8.00/"));
    }

    void isNotSolvedWhereNobodyLooks() {
        Bench bench;
        QVERIFY(bench.settled());
        bench.panel.hide();
        bench.state.setBudget(Money::from_micro(8'000'000));
        QVERIFY(bench.settled());
        QTest::qWait(10);
        QVERIFY(bench.text("programSummary").contains("$2.90"));
        bench.panel.show();
        QVERIFY(bench.settled());
        QVERIFY(bench.text("programSummary").contains("$8.00"));
    }

    void copiesAndSavesWhatTheCommandLineExports() {
        Bench bench;
        QVERIFY(bench.settled());
        bench.panel.setRank(2);
        bench.button("copyLp")->click();
        QCOMPARE(QGuiApplication::clipboard()->text().toStdString(),
                 bench.file(2, exchange::ProgramForm::lp));
        QVERIFY(bench.panel.findChild<QLabel*>("programNote")->isVisible());
        const QTemporaryDir folder;
        for (const auto form : {exchange::ProgramForm::lp, exchange::ProgramForm::mps}) {
            const QString name = folder.filePath("program");
            QVERIFY(bench.panel.saveProgram(form, name));
            QFile file(name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll().toStdString(), bench.file(2, form));
        }
        QVERIFY(!bench.panel.saveProgram(exchange::ProgramForm::lp, "/nowhere/program.lp"));
        QVERIFY(bench.text("programNote").contains("/nowhere/program.lp"));
    }

    void allColumnsAreThereOnDemand() {
        Bench bench;
        QVERIFY(bench.settled());
        auto* all = bench.button("programAllColumns");
        QCOMPARE(all->text(), QStringLiteral("All 34 columns"));
        all->click();
        QCOMPARE(bench.table("programColumns")->model()->rowCount(), 34);
        QVERIFY(bench.table("programColumns")->height() < 600);  // it scrolls
        all->click();
        QCOMPARE(bench.table("programColumns")->model()->rowCount(), 6);
    }

    void anEmptyAnswerShowsAWayOut() {
        Bench bench;
        QVERIFY(bench.settled());
        bench.state.setBudget(Money::from_micro(60'000));
        QVERIFY(bench.settled());
        QVERIFY(!bench.table("programRows")->isVisible());
        QVERIFY2(bench.text("programMessage").startsWith("No cluster fits $0.06/"),
                 qPrintable(bench.text("programMessage")));
        auto* go = bench.button<QPushButton>("programGoTo");
        QVERIFY(go->isVisible());
        go->click();
        QVERIFY(bench.settled());
        QVERIFY(bench.table("programRows")->isVisible());
        auto next = bench.state.value();
        next.architectures.clear();
        bench.set(next);
        QTRY_VERIFY(bench.planning.error());
        QTRY_VERIFY(bench.text("programMessage").startsWith("No architecture is switched on"));
        QVERIFY(!go->isVisible());
    }

    // In the smallest window it is made for, on all markets: no sideways scrolling, so no text is cut.
    void everythingFitsTheSmallestTab_data() {
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::addColumn<bool>("throughput");
        QTest::newRow("paper") << "deepvm-paper"
                               << "" << false;
        QTest::newRow("paper, throughput") << "deepvm-paper"
                                           << "" << true;
        QTest::newRow("aws") << "aws"
                             << "us-east-1" << false;
        QTest::newRow("azure, throughput") << "azure"
                                           << "eastus" << true;
    }
    void everythingFitsTheSmallestTab() {
        QFETCH(QString, market);
        QFETCH(QString, region);
        QFETCH(bool, throughput);
        Bench bench;
        auto next = bench.state.value();
        next.selection = {market.toStdString(), region.toStdString()};
        if (throughput) next.objective = problem::Objective::throughput;
        for (const std::int64_t micro : {1'000'000, 2'900'000, 40'000'000, 300'000'000}) {
            next.budget = Money::from_micro(micro);
            bench.set(next);
            QVERIFY(bench.settled());
            if (!bench.table("programRows")->isVisible()) continue;
            for (const char* name : {"programRows", "programColumns"}) {
                const auto* table = bench.table(name);
                const auto* columns = table->horizontalHeader();
                QVERIFY2(columns->length() <= table->viewport()->width(),
                         qPrintable(QString("%1 at %2: %3").arg(name).arg(micro).arg(columns->length())));
                QTRY_COMPARE(table->verticalScrollBar()->maximum(), 0);
            }
            const auto* summary = bench.panel.findChild<QLabel*>("programSummary");
            QTRY_VERIFY(summary->height() >= summary->heightForWidth(summary->width()));
        }
    }

    void theExtraColumnShowsWhereThereIsRoom() {
        Bench bench;
        QVERIFY(bench.settled());
        const auto* rows = bench.table("programRows");
        QVERIFY(rows->isColumnHidden(models::ProgramRowsModel::meaning));
        bench.panel.resize(1240, 400);
        QTRY_VERIFY(!rows->isColumnHidden(models::ProgramRowsModel::meaning));
        QVERIFY(rows->horizontalHeader()->length() <= rows->viewport()->width());
    }

    void theKeyboardReachesEveryControl() {
        Bench bench;
        QVERIFY(bench.settled());
        bench.panel.activateWindow();
        QStringList reached;
        auto* first = bench.button("copyLp");
        first->setFocus();
        for (int step = 0; step < 8; ++step) {
            auto* focus = QApplication::focusWidget();
            if (!focus) break;
            reached << focus->objectName();
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        for (const char* name :
             {"copyLp", "saveLp", "saveMps", "programRows", "programAllColumns", "programColumns"})
            QVERIFY2(reached.contains(QLatin1String(name)), qPrintable(reached.join(' ')));
        // The arrow keys bring what they come to into view.
        auto* rows = bench.table("programRows");
        rows->setFocus();
        rows->setCurrentIndex(rows->model()->index(0, 1));
        for (int row = 1; row < rows->model()->rowCount(); ++row)
            QTest::keyClick(rows, Qt::Key_Down);
        QTRY_VERIFY(
            !rows->visibleRegion()
                 .boundingRect()
                 .intersected(rows->visualRect(rows->currentIndex()).translated(rows->viewport()->pos()))
                 .isEmpty());
    }
};

}  // namespace test_program_panel

DEEPVM_TEST(test_program_panel, TestProgramPanel)
#include "test_program_panel.moc"
