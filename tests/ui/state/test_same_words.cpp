// SPDX-License-Identifier: GPL-3.0-or-later
// The window and `deepvm plan` are two voices of one answer: who reads both must find the same facts in the
// same words. Numbers are written differently (six decimals here, four there), so they are left out.
#include <QApplication>
#include <QProcess>
#include <QRegularExpression>

#include <functional>

#include "exchange/exchange.h"
#include "state/answer_wording.h"
#include "state/desk.h"
#include "state/reason_wording.h"
#include "state/risk_basis.h"
#include "test_program.h"

Q_DECLARE_METATYPE(std::function<void(deepvm::ui::state::Exploration&)>)

namespace test_same_words {

using namespace deepvm;
using namespace deepvm::ui::state;

namespace {

/// The words alone: no case, no hyphens, "#" for every number with its prefix.
QString words(QString text) {
    text = text.toLower().replace(QStringLiteral("×"), QStringLiteral("x"));
    text.replace(QStringLiteral("−"), QStringLiteral("-")).replace(QLatin1Char('-'), QLatin1Char(' '));
    text.replace(QStringLiteral("spot + bucket"), QStringLiteral("spot bucket"));  // spot-bucket there
    text.remove(QStringLiteral("published ")).remove(QStringLiteral("(  architectures)"));
    static const QRegularExpression number(
        QStringLiteral("\\b[0-9][0-9,.]*(e[+ ]?[0-9]+)?( [kmgtpe](?= flop))?(?![a-z0-9])"));
    text.replace(number, QStringLiteral("#"));
    // Of a job the window says "$5,755" and "62.9 h" where the terminal keeps one unit for all lines.
    text.replace(QStringLiteral("$#"), QStringLiteral("#"));
    static const QRegularExpression unit(QStringLiteral("# (usd|hours|min|h|d)(?![a-z0-9])"));
    text.replace(unit, QStringLiteral("#"));
    static const QRegularExpression space(QStringLiteral("[\\s.]+"));
    return text.replace(space, QStringLiteral(" ")).trimmed();
}

QString said(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"), QStringList{"plan"} + arguments);
    process.waitForFinished(60'000);
    return words(QString::fromUtf8(process.readAllStandardOutput()));
}

Answer answer(const char* budget, const char* market, const char* region) {
    Desk desk({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
    Exploration exploration;
    exploration.budget = *base::Money::parse(budget, "test");
    if (*market) exploration.selection = {market, region};
    return *desk.answer(exploration, {});
}

/// Every sentence of the tab.
QStringList facts(const Answer& found) {
    const auto& decision = *found.decision;
    const auto& problem = *found.scene->problem;
    QStringList all;
    if (decision.ranked.empty()) {
        all << nothingFits(decision);
        if (!decision.cheapest) all << cheapestThatFits(decision, problem);
    } else {
        for (const auto& limit : limitTexts(decision.ranked[0], problem))
            all << limit.name + QStringLiteral(": ") + limit.left;
        for (const auto& step : stepTexts(decision.ranked[0], decision, problem))
            all << step.how << step.effect;
        all << shadowPrice(decision, problem);
        for (const auto& rival : rivalTexts(decision, problem)) {
            const QStringList parts{rival.percent, rival.cluster, rival.gap};
            all << rival.name + QStringLiteral(": ") +
                       (rival.share ? parts.join(QStringLiteral(", ")) : rival.percent);
        }
    }
    const auto proof = proofText(decision, problem);
    return all << proof.verdict + QStringLiteral(": ") + proof.detail;
}

}  // namespace

class TestSameWords : public QObject {
    Q_OBJECT

  private slots:
    void theTabAndTheTerminalSayTheSame_data() {
        QTest::addColumn<QString>("budget");
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::newRow("paper") << "2.9"
                               << ""
                               << "";
        QTest::newRow("nothing fits") << "0.1"
                                      << ""
                                      << "";
        QTest::newRow("one architecture fits") << "0.33"
                                               << ""
                                               << "";
        QTest::newRow("aws") << "20"
                             << "aws"
                             << "us-east-1";
        QTest::newRow("gcp, any region") << "100"
                                         << "gcp"
                                         << "any";
        QTest::newRow("azure, no step up") << "500"
                                           << "azure"
                                           << "any";
    }

    void theTabAndTheTerminalSayTheSame() {
        QFETCH(QString, budget);
        QFETCH(QString, market);
        QFETCH(QString, region);
        QStringList arguments{"--budget",    budget,  "--architectures", "tiering,single-anchor",
                              "--objective", "deepvm"};
        if (!market.isEmpty()) arguments += {"--provider", market, "--region", region};
        const QString terminal = said(arguments);
        const auto found = answer(qPrintable(budget), qPrintable(market), qPrintable(region));
        for (const QString& fact : facts(found))
            QVERIFY2(terminal.contains(words(fact)), qPrintable(words(fact) + "\nin\n" + terminal));
    }

    // Whatever can be set in both, set alike, is the same question: the same cluster at the same price.
    void eachControlAsksWhatItsOptionAsks_data() {
        using Set = std::function<void(Exploration&)>;
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<Set>("set");
        const auto row = [](const QStringList& options, Set set) {
            QTest::newRow(qPrintable(options.join(' '))) << options << std::move(set);
        };
        row({"--precision", "fp8"}, [](auto& of) { of.assumptions.precision = model::Precision::fp8; });
        row({"--utilisation", "0.2"}, [](auto& of) { of.assumptions.utilisation = 0.2; });
        row({"--overlap", "0.5"}, [](auto& of) { of.assumptions.overlap = 0.5; });
        row({"--hosts", "any"}, [](auto& of) { of.assumptions.hosts = planner::Hosts::any; });
        row({"--min-efficiency", "0.9"}, [](auto& of) { of.assumptions.minEfficiency = 0.9; });
        row({"--checkpoint-gib", "700"}, [](auto& of) { of.assumptions.checkpointGib = 700; });
        row({"--buffer-depth", "300"}, [](auto& of) { of.assumptions.bufferDepth = 300; });
        row({"--disk-gbs", "0.01"}, [](auto& of) { of.checkpointing.disk_gbs = 0.01; });
        row({"--store-gbs", "5"}, [](auto& of) { of.checkpointing.store_gbs = 5; });
        row({"--store-price", "9"}, [](auto& of) { of.checkpointing.store_usd_per_gib_month = 9; });
        row({"--provisioning", "7200"}, [](auto& of) { of.checkpointing.provisioning_s = 7200; });
        row({"--spot-quota", "G=8", "--spot-quota", "P=0"}, [](auto& of) {
            of.spotQuota = {{"aws/G", 8}, {"aws/P", 0}};
        });
        row({"--on-demand-quota", "P=0"}, [](auto& of) { of.onDemandQuota = {{"aws/P", 0}}; });
    }

    void eachControlAsksWhatItsOptionAsks() {
        QFETCH(QStringList, options);
        QFETCH(std::function<void(Exploration&)>, set);
        Exploration exploration;
        exploration.budget = *base::Money::parse("20", "test");
        exploration.selection = {"aws", "us-east-1"};
        exploration.workload = "gpt2-xl-openwebtext";
        exploration.objective = planner::Objective::job_cost;
        exploration.architectures = {planner::Architecture::tiering, planner::Architecture::single_anchor,
                                     planner::Architecture::spot_bucket};
        exploration.risk = riskByHand(20);
        const auto before = exploration;
        set(exploration);
        QVERIFY(!(exploration == before) && !(SceneKey(exploration) == SceneKey(before)));
        Desk desk({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        const auto found = *desk.answer(exploration, {});
        QProcess process;
        process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"),
                      QStringList{"export", "--as", "csv", "--budget", "20", "--provider", "aws", "--region",
                                  "us-east-1", "--workload", "gpt2-xl-openwebtext", "--objective", "job-cost",
                                  "--architectures", "tiering,single-anchor,spot-bucket",
                                  "--monthly-revocations", "20"} +
                          options);
        process.waitForFinished(60'000);
        const QString said = QString::fromUtf8(process.readAllStandardOutput());
        QVERIFY2(!said.isEmpty(), process.readAllStandardError());
        QCOMPARE(said, QString::fromStdString(exchange::plan_csv(*found.decision)));
    }

    // What is saved, what costs more or takes longer, and why nothing is done in time.
    void soTheyDoOfAJob_data() {
        QTest::addColumn<QString>("objective");
        QTest::addColumn<QString>("deadline");
        QTest::newRow("cost") << "job-cost"
                              << "100";
        QTest::newRow("time") << "job-time"
                              << "300";
        QTest::newRow("too soon") << "job-cost"
                                  << "2";
    }

    void soTheyDoOfAJob() {
        QFETCH(QString, objective);
        QFETCH(QString, deadline);
        const QString terminal =
            said({"--budget", "60", "--architectures", "tiering,single-anchor", "--provider", "aws",
                  "--region", "us-east-1", "--workload", "gpt2-xl-openwebtext", "--objective", objective,
                  "--epochs", "10", "--deadline", deadline, "--max-nodes", "8"});
        Exploration exploration;
        exploration.budget = *base::Money::parse("60", "test");
        exploration.selection = {"aws", "us-east-1"};
        exploration.workload = "gpt2-xl-openwebtext";
        exploration.objective = planner::parse_objective(objective.toStdString()).value();
        exploration.job.amount = 10;
        exploration.job.deadline_hours = deadline.toDouble();
        exploration.maxNodes = 8;
        Desk desk({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        const auto found = *desk.answer(exploration, {});
        QCOMPARE(found.decision->ranked.empty(), deadline == QLatin1String("2"));
        for (const QString& fact : facts(found))
            QVERIFY2(terminal.contains(words(fact)), qPrintable(words(fact) + "\nin\n" + terminal));
    }
};

}  // namespace test_same_words

DEEPVM_TEST(test_same_words, TestSameWords)
#include "test_same_words.moc"
