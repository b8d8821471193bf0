// SPDX-License-Identifier: GPL-3.0-or-later
// What is exported and handed over is the plan that was shown, and a failure costs no file.
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>
#include <cmath>

#include "app/command.h"
#include "exchange/skypilot/judge.h"
#include "test_program.h"

namespace test_export_command {

using deepvm::tests::object;

class TestExportCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

  private slots:
    void a_dash_is_the_standard_output() {
        const auto written = deepvm({"export", "--as", "csv", "--budget", "2.9", "--output", "-"});
        QCOMPARE(written.code, 0);
        QCOMPARE(written.out, deepvm({"export", "--as", "csv", "--budget", "2.9"}).out);
        QVERIFY(!QFile::exists(deepvm.path("-")));
    }

    void an_export_is_the_plan_that_was_shown() {
        const auto file = deepvm.path("plan.json");
        QCOMPARE(deepvm({"export", "--as", "json", "--budget", "2.9", "--output", file, "--rank", "2"}).code,
                 0);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const auto exported = object(QString::fromUtf8(written.readAll()))["decision"].toArray();
        const auto shown =
            object(deepvm({"plan", "--budget", "2.9", "--format", "json"}).out)["decision"].toArray();
        QCOMPARE(exported.size(), 1);
        QCOMPARE(exported[0].toObject(), shown[1].toObject());

        const auto csv = deepvm({"export", "--as", "csv", "--budget", "2.9"}).out.split('\n');
        QCOMPARE(csv.size(), 5);
        QVERIFY(csv[0].startsWith("rank,architecture,"));
        QVERIFY2(csv[1].startsWith("1,tiering,,,g4dn.xlarge,17,17,0,c5.xlarge,1,2.8526,"),
                 qPrintable(csv[1]));
    }

    // The program that decided, solved again by three solvers that know nothing of this project.
    void an_exported_program_has_the_plan_as_its_optimum_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("tiering") << QStringList{"--budget", "2.9"};
        QTest::newRow("quota") << QStringList{"--budget",    "20",        "--provider",   "aws",
                                              "--region",    "us-east-1", "--spot-quota", "G=96",
                                              "--objective", "throughput"};
        QTest::newRow("a dollar's FLOP") << QStringList{"--budget", "20",        "--provider",  "aws",
                                                        "--region", "us-east-1", "--objective", "deepvm"};
        QTest::newRow("servers") << QStringList{
            "--budget", "9",         "--provider",      "aws",
            "--region", "us-east-1", "--architectures", "parameter-server"};
        QTest::newRow("mixture") << QStringList{"--budget", "9",         "--provider",      "aws",
                                                "--region", "us-east-1", "--architectures", "mixed-workers"};
        QTest::newRow("on-demand") << QStringList{"--budget", "7", "--architectures", "on-demand"};
        // 4e18 FLOP a dollar: beyond the tolerances of cbc, were the objective not scaled.
        QTest::newRow("large objective") << QStringList{"--provider", "gcp", "--region",    "us-central1",
                                                        "--budget",   "8.8", "--objective", "deepvm"};
        QTest::newRow("small objective") << QStringList{"--provider",
                                                        "any",
                                                        "--budget",
                                                        "8.8",
                                                        "--objective",
                                                        "job-cost",
                                                        "--monthly-revocations",
                                                        "10",
                                                        "--max-nodes",
                                                        "6",
                                                        "--architectures",
                                                        "spot-bucket"};
        QTest::newRow("one column") << QStringList{"--budget",  "7",           "--architectures",
                                                   "on-demand", "--max-nodes", "1"};
        QTest::newRow("memory") << QStringList{
            "--budget",    "63",          "--provider", "gcp",        "--region",
            "us-central1", "--objective", "throughput", "--workload", "llama2-7b-finetune"};
    }
    void an_exported_program_has_the_plan_as_its_optimum() {
        QFETCH(QStringList, arguments);
        const auto plan = object(deepvm(QStringList{"plan", "--format", "json"} + arguments).out);
        const double objective = plan["decision"].toArray()[0].toObject()["objective"].toDouble();
        const auto written = [&](const QString& form) {
            const auto file = deepvm.path("program." + form);
            const auto answer = deepvm(QStringList{"export", "--as", form, "--output", file} + arguments);
            return answer.code == 0 ? file : answer.err;
        };
        const auto optimum = [](const QString& program, const QStringList& options, const QString& before) {
            QProcess solver;
            solver.start(program, options);
            if (!solver.waitForFinished(60'000)) return 0.0;
            const auto text = QString::fromUtf8(solver.readAllStandardOutput());
            const auto at = text.indexOf(before);
            return at < 0 ? 0.0
                          : text.mid(at + before.size())
                                .trimmed()
                                .section(QRegularExpression("\\s"), 0, 0)
                                .toDouble();
        };
        QVERIFY(objective > 0);
        QFile file(written("lp"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression factor("optimum times (\\S+) is");
        const double scale = factor.match(QString::fromUtf8(file.readAll())).captured(1).toDouble();
        // The programs for cbc and glpsol are minimised, so what is maximised has the other sign there.
        const auto close = [&](double found) {
            return std::abs(std::abs(found) * scale - objective) <= 1e-6 * objective;
        };
        QVERIFY(close(optimum("lp_solve", {"-S3", written("lp")}, "Value of objective function:")));
        const auto mps = written("mps");
        QVERIFY(close(optimum("cbc", {mps, "-solve", "-quit"}, "Objective value:")));
        QVERIFY(close(optimum("glpsol", {"--freemps", mps, "-o", "/dev/stdout"}, "Objective:  objective =")));
    }

    // What is launched is the plan that was shown; of published and of real machines.
    void a_hand_over_is_the_plan_that_was_shown_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("published tiering") << QStringList{"--budget", "2.9"};
        QTest::newRow("single anchor")
            << QStringList{"--budget", "2.9",       "--provider",      "aws",
                           "--region", "us-east-1", "--architectures", "single-anchor"};
        QTest::newRow("on demand") << QStringList{"--budget", "9",   "--provider",      "gcp",
                                                  "--region", "any", "--architectures", "on-demand"};
        QTest::newRow("any provider") << QStringList{"--budget", "20", "--provider", "any"};
    }
    void a_hand_over_is_the_plan_that_was_shown() {
        QFETCH(QStringList, arguments);
        const auto plan = object(deepvm(QStringList{"plan", "--format", "json"} + arguments).out)["decision"]
                              .toArray()[0]
                              .toObject();
        const QStringList settings{"--bucket", "bucket-7", "--checkpoint-every", "90"};
        const auto yaml = deepvm(QStringList{"export", "--as", "skypilot"} + settings + arguments);
        QVERIFY2(yaml.code == 0 && yaml.err.isEmpty(), qPrintable(yaml.err));
        const auto file = deepvm::tests::read_skypilot(yaml.out.toUtf8());
        QVERIFY2(!file.documents.isEmpty(), file.refusal.constData());
        QStringList types;
        int machines = 0;
        for (const auto& document : file.documents) {
            const auto task = document.toObject();
            if (!task.contains("resources")) continue;
            types << task["resources"].toObject()["instance_type"].toString();
            machines += task["num_nodes"].toInt();
            QCOMPARE(task["envs"].toObject()["CHECKPOINT_EVERY_S"].toString(), "90");
            QCOMPARE(task["file_mounts"].toObject().begin()->toObject()["name"].toString(), "bucket-7");
        }
        QVERIFY(types.contains(plan["worker"].toString()));
        QCOMPARE(machines, plan["nodes"].toInt() + plan["remotes"].toInt());
        const auto note = deepvm(QStringList{"export", "--as", "launch"} + settings + arguments);
        QVERIFY2(note.code == 0 && note.out.contains("bucket-7"), qPrintable(note.err));
        QCOMPARE(deepvm::tests::shell_findings(note.out.toUtf8()), QByteArray());
    }

    // A failed export must not cost the file that is there.
    void a_failed_export_keeps_the_old_file() {
        const auto file = deepvm.path("kept.json");
        QCOMPARE(deepvm({"export", "--as", "json", "--budget", "2.9", "--output", file}).code, 0);
        QFile kept(file);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const auto before = kept.readAll();
        kept.close();
        QCOMPARE(deepvm({"export", "--as", "json", "--budget", "x", "--output", file}).code, 1);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), before);
    }
};

}  // namespace test_export_command

DEEPVM_TEST(test_export_command, TestExportCommand)
#include "test_export_command.moc"
