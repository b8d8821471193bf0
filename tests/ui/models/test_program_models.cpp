// SPDX-License-Identifier: GPL-3.0-or-later
// A program on the screen must read as the program that was solved: its numbers with their units, what binds
// before what does not, and no proof that there was not.
#include <QAbstractItemModelTester>
#include <QApplication>

#include "catalog/catalog.h"
#include "models/program_columns_model.h"
#include "models/program_rows_model.h"
#include "models/program_wording.h"
#include "planner/planner.h"
#include "test_program.h"

namespace test_program_models {

using namespace deepvm;
using namespace deepvm::ui::models;
using base::Money;

namespace {

using Program = std::shared_ptr<explain::SolvedProgram>;

Program solved(const catalog::Selection& selection, double budget, problem::Request request = {}) {
    const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    const auto market = catalog.load(selection).value();
    request.preset = problem::default_preset(market->kind);
    const auto problem = problem::make_problem(market, request).value();
    const auto decision = planner::decide(*problem, Money::from_usd(budget)).value();
    return std::make_shared<explain::SolvedProgram>(
        explain::solve_program(*problem, decision.ranked.at(0), decision.budget, {}).value());
}

QString cell(const QAbstractItemModel& model, int row, int column, int role = Qt::DisplayRole) {
    return model.index(row, column).data(role).toString();
}

QStringList line(const QAbstractItemModel& model, int row) {
    QStringList said;
    for (int column = 0; column < model.columnCount(); ++column)
        said << cell(model, row, column, Qt::AccessibleTextRole);
    return said;
}

/// Every number on show stands over its unit.
void everyNumberHasAUnit(const QAbstractItemModel& model) {
    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = 0; column < model.columnCount(); ++column) {
            const auto number = cell(model, row, column);
            if (!model.index(row, column).data(number_role).toBool() || number.isEmpty() || number == "–")
                continue;
            QVERIFY2(!cell(model, row, column, subtitle_role).isEmpty(), qPrintable(number));
        }
}

}  // namespace

class TestProgramModels : public QObject {
    Q_OBJECT

  private slots:
    void areModels() {
        const auto program = solved({"deepvm-paper", ""}, 2.9);
        ProgramRowsModel rows;
        ProgramColumnsModel columns;
        const QAbstractItemModelTester one(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester two(&columns, QAbstractItemModelTester::FailureReportingMode::QtTest);
        rows.setProgram(program);
        columns.setProgram(program);
        columns.setAll(true);
        rows.setProgram(nullptr);
        columns.setProgram(nullptr);
        QCOMPARE(rows.rowCount() + columns.rowCount(), 0);
    }

    void thePapersProgramIsReadable() {
        ProgramRowsModel rows;
        rows.setProgram(solved({"deepvm-paper", ""}, 2.9));
        QCOMPARE(rows.rowCount(), 10);
        QCOMPARE(cell(rows, 0, ProgramRowsModel::formula), QStringLiteral("8.60076 MFLOP/$ × E(n) − W d"));
        QCOMPARE(cell(rows, 0, ProgramRowsModel::activity), QStringLiteral("145.432"));
        const auto budget = line(rows, 1);
        QCOMPARE(budget[ProgramRowsModel::mark], QStringLiteral("binding"));
        QCOMPARE(budget[ProgramRowsModel::formula],
                 QStringLiteral("0.1578 n + 0.17 m ≤ 2.90 Budget, USD/h · binding"));
        QCOMPARE(budget[ProgramRowsModel::activity], QStringLiteral("2.8526 USD/h"));
        QCOMPARE(budget[ProgramRowsModel::slack], QStringLiteral("0.0474 USD/h"));
        QVERIFY(budget[ProgramRowsModel::price].endsWith("MFLOP/$ per USD/h"));
        QCOMPARE(cell(rows, 2, ProgramRowsModel::formula), QStringLiteral("n − 20 m ≤ −1"));
        QCOMPARE(cell(rows, 2, ProgramRowsModel::activity), QStringLiteral("−3"));
        QCOMPARE(cell(rows, 7, ProgramRowsModel::formula), QStringLiteral("nodes_1 + … + nodes_31 = 1"));
        QCOMPARE(cell(rows, 8, ProgramRowsModel::formula), QStringLiteral("nodes_1 + … + 31 nodes_31 = n"));
        QCOMPARE(cell(rows, 9, ProgramRowsModel::formula), QStringLiteral("nodes_18 + … + nodes_31 = d"));
        const auto tip = cell(rows, 1, ProgramRowsModel::formula, Qt::ToolTipRole);
        QVERIFY2(tip.contains("hourly price") && tip.contains("would do more"), qPrintable(tip));
    }

    void everyNumberStandsOverItsUnit() {
        problem::Request throughput;
        throughput.objective = problem::Objective::throughput;
        for (const auto& program :
             {solved({"deepvm-paper", ""}, 4), solved({"deepvm-paper", ""}, 4, throughput),
              solved({"aws", "us-east-1"}, 40), solved({"azure", "eastus"}, 40, throughput)}) {
            ProgramRowsModel rows;
            ProgramColumnsModel columns;
            rows.setProgram(program);
            columns.setProgram(program);
            columns.setAll(true);
            everyNumberHasAUnit(rows);
            everyNumberHasAUnit(columns);
        }
    }

    // What stops the plan and what is merely empty are told apart, by a sign and in words.
    void bindingAndUsedUpDiffer() {
        const auto program = solved({"deepvm-paper", ""}, 2.9);
        program->rows[4].used_up = true;  // as if the network were full, and the budget short all the same
        ProgramRowsModel rows;
        rows.setProgram(program);
        QCOMPARE(cell(rows, 1, ProgramRowsModel::mark), QStringLiteral("●"));
        QCOMPARE(cell(rows, 2, ProgramRowsModel::mark), QStringLiteral("○"));
        QVERIFY(rows.index(1, ProgramRowsModel::formula).data(marked_role).toBool());
        QVERIFY(!rows.index(2, ProgramRowsModel::formula).data(marked_role).toBool());
        QCOMPARE(cell(rows, 2, ProgramRowsModel::formula, subtitle_role),
                 QStringLiteral("Network, nodes · used up"));
        QVERIFY(cell(rows, 2, 0, Qt::ToolTipRole).contains("not what stops the plan"));
        QCOMPARE(cell(rows, 3, ProgramRowsModel::mark), QString());
    }

    void theSummaryTellsTheOptimum() {
        const auto program = solved({"deepvm-paper", ""}, 2.9);
        program->elapsed = std::chrono::microseconds(800);
        QCOMPARE(
            summary(*program, problem::Objective::deepvm),
            QStringLiteral("Maximise FLOPP × effective nodes: 31 choices, 9 rows; optimum 145.432 "
                           "MFLOP/$ at 17 nodes and 1 remote node; solved by lp_solve in 0.8 ms; proven."));
    }

    // Nobody wants the most expensive job.
    void aJobsDollarsAreMinimised() {
        problem::Request job;
        job.objective = problem::Objective::job_cost;
        const auto program = solved({"aws", "us-east-1"}, 12, job);
        QVERIFY(summary(*program, job.objective).startsWith("Minimise expected dollars"));
        ProgramRowsModel rows;
        rows.setProgram(program);
        QVERIFY(cell(rows, 0, ProgramRowsModel::formula, subtitle_role).startsWith("Minimise"));
    }

    void lettersAreThoseOfTheArchitecture() {
        problem::Request mixed;
        mixed.architectures = {problem::Architecture::mixed_workers};
        const auto program = solved({"aws", "us-east-1"}, 12, mixed);
        QCOMPARE(lettersOf(*program), QStringLiteral("n nodes, o of the second type"));
        QVERIFY(objectiveFormula(*program).endsWith("× E(choice) − W d"));
        QCOMPARE(lettersOf(*solved({"deepvm-paper", ""}, 2.9)), QStringLiteral("n nodes, m remote nodes"));
    }

    void wherePlansEndByThemselvesItIsSaid() {
        const auto program = solved({"deepvm-paper", ""}, 2.9);
        QVERIFY(!summary(*program, problem::Objective::deepvm).contains("worth nothing more"));
        program->plan.binding = {problem::Limit::scaling};
        QVERIFY(summary(*program, problem::Objective::deepvm)
                    .endsWith("more nodes would be worth nothing more."));
    }

    void withoutAProofNoneIsClaimed() {
        const auto program = solved({"deepvm-paper", ""}, 2.9);
        program->proven = false;
        program->doubt = "lp_solve ended with code 7: out of time";
        const auto said = summary(*program, problem::Objective::deepvm);
        QVERIFY2(said.contains("Unproven: lp_solve ended with code 7") && !said.contains("optimum"),
                 qPrintable(said));
        ProgramRowsModel rows;
        rows.setProgram(program);
        QVERIFY(cell(rows, 0, ProgramRowsModel::formula, subtitle_role).endsWith("unproven"));
    }

    void columnsAreNoWall() {
        const auto program = solved({"deepvm-paper", ""}, 2.9);
        ProgramColumnsModel columns;
        columns.setProgram(program);
        QStringList names;
        for (int row = 0; row < columns.rowCount(); ++row)
            names << cell(columns, row, ProgramColumnsModel::name);
        QCOMPARE(names, QStringList({"nodes", "remotes", "dearer", "nodes_16", "nodes_17", "nodes_18"}));
        QCOMPARE(line(columns, 0)[ProgramColumnsModel::value], QStringLiteral("17 nodes"));
        QCOMPARE(line(columns, 4)[ProgramColumnsModel::value], QStringLiteral("1 choice"));
        QVERIFY(columns.index(4, 0).data(marked_role).toBool());
        QVERIFY(!columns.index(3, 0).data(marked_role).toBool());
        QVERIFY(columns.hasMore());
        columns.setAll(true);
        QCOMPARE(columns.rowCount(), 34);
        columns.setAll(false);
        QCOMPARE(columns.rowCount(), 6);
    }

    // Beside the choice that was made stand its neighbours, and no role.
    void theLargestClusterHasOneNeighbour() {
        problem::Request few;
        few.max_nodes = 8;
        ProgramColumnsModel columns;
        const auto program = solved({"aws", "us-east-1"}, 400, few);
        columns.setProgram(program);
        const auto roles = static_cast<int>(program->columns.size() - program->choices);
        QCOMPARE(cell(columns, roles, ProgramColumnsModel::name), QStringLiteral("nodes_7"));
        QCOMPARE(columns.rowCount(), roles + 2);
    }
};

}  // namespace test_program_models

DEEPVM_TEST(test_program_models, TestProgramModels)
#include "test_program_models.moc"
