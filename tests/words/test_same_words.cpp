// SPDX-License-Identifier: GPL-3.0-or-later
// Who reads both must find in `deepvm plan` every fact that the window tells: here it is in plain style.
#include <QProcess>
#include <QtTest>

#include "test_program.h"
#include "words/answers.h"
#include "words/question.h"
#include "words/reasons.h"
#include "words/remarks.h"

namespace test_same_words {

using namespace deepvm;
using problem::Architecture;

namespace {

constexpr auto plain = words::Style::plain;

QString said(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"),
                  QStringList{"plan", "--catalog", DEEPVM_SOURCE_DIR "/catalog.db"} + arguments);
    process.waitForFinished(60'000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

/// Every sentence on an answer, but the proof, which tells how long it took.
std::vector<std::string> facts(const tests::Answered& answer) {
    const auto& [problem, decision] = answer;
    if (decision.ranked.empty())
        return {words::nothing_fits(decision), words::cheapest_that_fits(decision, *problem, plain)};
    auto all = words::remarks(*problem, decision.ranked[0]);
    for (const auto& limit : words::limits(decision.ranked[0], *problem, plain))
        all.push_back(limit.name + ": " + limit.left + "\n");
    for (const auto& step : words::steps(decision.ranked[0], decision, *problem, plain))
        all.insert(all.end(), {step.heading, step.how, step.effect});
    all.push_back(words::shadow_price(decision, *problem, plain));
    for (const auto& rival : words::rivals(decision, *problem, plain))
        all.insert(all.end(), {rival.name + ": " + rival.percent, rival.cluster, rival.gap});
    return all;
}

}  // namespace

class TestSameWords : public QObject {
    Q_OBJECT

  private slots:
    void theTerminalTellsEveryFact_data() {
        QTest::addColumn<QString>("budget");
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("objective");
        QTest::addColumn<QString>("deadline");
        const auto row = [](const char* name, const char* budget, const char* market, const char* region,
                            const char* objective = "deepvm", const char* deadline = "") {
            QTest::newRow(name) << budget << market << region << objective << deadline;
        };
        row("paper", "2.9", "", "");
        row("nothing fits", "0.1", "", "");
        row("one architecture fits", "0.33", "", "");
        row("gcp, any region", "100", "gcp", "any");
        row("azure, no step up", "500", "azure", "any");
        // What is saved, what costs more or takes longer, and why nothing is done in time.
        row("cost", "60", "aws", "us-east-1", "job-cost", "100");
        row("time", "60", "aws", "us-east-1", "job-time", "300");
        row("too soon", "60", "aws", "us-east-1", "job-cost", "2");
    }

    void theTerminalTellsEveryFact() {
        QFETCH(QString, budget);
        QFETCH(QString, market);
        QFETCH(QString, region);
        QFETCH(QString, objective);
        QFETCH(QString, deadline);
        QStringList arguments{"--budget",    budget,   "--architectures", "tiering,single-anchor",
                              "--objective", objective};
        if (!market.isEmpty()) arguments += {"--provider", market, "--region", region};
        if (!deadline.isEmpty())
            arguments += {"--workload", "gpt2-xl-openwebtext", "--epochs", "10", "--deadline",
                          deadline,     "--max-nodes",         "8"};
        catalog::Selection selection;
        if (!market.isEmpty()) selection = {market.toStdString(), region.toStdString()};
        const auto answer = tests::ask(qPrintable(budget), selection, [&](problem::Request& request) {
            request.architectures = {Architecture::tiering, Architecture::single_anchor};
            request.objective = problem::parse_objective(objective.toStdString()).value();
            if (deadline.isEmpty()) return;
            request.workload = "gpt2-xl-openwebtext";
            request.job.amount = 10;
            request.job.deadline_hours = deadline.toDouble();
            request.max_nodes = 8;
        });
        QCOMPARE(answer.decision.ranked.empty(), budget == "0.1" || deadline == "2");
        const QString terminal = said(arguments);
        for (const auto& fact : facts(answer))
            QVERIFY2(terminal.contains(QString::fromStdString(fact)),
                     qPrintable(QString::fromStdString(fact) + "\nin\n" + terminal));
    }
};

}  // namespace test_same_words

DEEPVM_TEST(test_same_words, TestSameWords)
#include "test_same_words.moc"
