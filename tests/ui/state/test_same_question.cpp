// SPDX-License-Identifier: GPL-3.0-or-later
// What can be set in the window and on the command line is one question.
#include <QProcess>
#include <QtTest>

#include <functional>

#include "exchange/exchange.h"
#include "state/desk.h"
#include "state/risk_basis.h"
#include "test_program.h"

Q_DECLARE_METATYPE(std::function<void(deepvm::ui::state::Exploration&)>)

namespace test_same_question {

using namespace deepvm;
using namespace deepvm::ui::state;

class TestSameQuestion : public QObject {
    Q_OBJECT

  private slots:
    // Set alike it is the same question: the same cluster at the same price.
    void eachControlAsksWhatItsOptionAsks_data() {
        using Set = std::function<void(session::Exploration&)>;
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<Set>("set");
        const auto row = [](const QStringList& options, const Set& set) {
            QTest::newRow(qPrintable(options.join(' '))) << options << set;
        };
        row({"--precision", "fp8"}, [](auto& of) { of.assumptions.precision = model::Precision::fp8; });
        row({"--utilisation", "0.2"}, [](auto& of) { of.assumptions.utilisation = 0.2; });
        row({"--overlap", "0.5"}, [](auto& of) { of.assumptions.overlap = 0.5; });
        row({"--hosts", "any"}, [](auto& of) { of.assumptions.hosts = problem::Hosts::any; });
        row({"--min-efficiency", "0.9"}, [](auto& of) { of.assumptions.min_efficiency = 0.9; });
        row({"--checkpoint-gib", "700"}, [](auto& of) { of.assumptions.checkpoint_gib = 700; });
        row({"--buffer-depth", "300"}, [](auto& of) { of.assumptions.buffer_depth = 300; });
        row({"--disk-gbs", "0.01"}, [](auto& of) { of.checkpointing.disk_gbs = 0.01; });
        row({"--store-gbs", "5"}, [](auto& of) { of.checkpointing.store_gbs = 5; });
        row({"--store-price", "9"}, [](auto& of) { of.checkpointing.store_usd_per_gib_month = 9; });
        row({"--provisioning", "7200"}, [](auto& of) { of.checkpointing.provisioning_s = 7200; });
        row({"--spot-quota", "G=8", "--spot-quota", "P=0"}, [](auto& of) {
            of.spot_quota = {{"aws/G", 8}, {"aws/P", 0}};
        });
        row({"--on-demand-quota", "P=0"}, [](auto& of) { of.on_demand_quota = {{"aws/P", 0}}; });
    }

    void eachControlAsksWhatItsOptionAsks() {
        QFETCH(QStringList, options);
        QFETCH(std::function<void(session::Exploration&)>, set);
        session::Exploration exploration;
        exploration.budget = *base::Money::parse("20", "test");
        exploration.selection = {"aws", "us-east-1"};
        exploration.workload = "gpt2-xl-openwebtext";
        exploration.objective = problem::Objective::job_cost;
        exploration.architectures = {problem::Architecture::tiering, problem::Architecture::single_anchor,
                                     problem::Architecture::spot_bucket};
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
};

}  // namespace test_same_question

DEEPVM_TEST(test_same_question, TestSameQuestion)
#include "test_same_question.moc"
