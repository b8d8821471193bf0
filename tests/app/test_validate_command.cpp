// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison with measured runs from the command line: what a person reads and what a script reads must
// be the same errors.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include "app/command.h"
#include "test_program.h"

namespace test_validate_command {

using deepvm::tests::is_one_line;

namespace {

const QString shipped = QStringLiteral(DEEPVM_SOURCE_DIR "/resources/validation");

QJsonArray tables_of(const QString& text) {
    return QJsonDocument::fromJson(text.toUtf8()).object()["tables"].toArray();
}

}  // namespace

class TestValidateCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

    // A copy of the shipped folder without one file.
    QString folder_without(const QString& file) {
        auto folder = deepvm.path("without_" + file);
        if (!QDir().mkpath(folder)) qFatal("no folder");
        for (const auto& name : QDir(shipped).entryList({"*.csv"}))
            if (name != file) QFile::copy(shipped + "/" + name, folder + "/" + name);
        return folder;
    }

  private slots:
    void the_shipped_runs_are_found_without_being_named() {
        const auto text = deepvm({"validate"});
        QVERIFY2(text.code == 0 && text.err.isEmpty(), qPrintable(text.err));
        QCOMPARE(text.out, deepvm({"validate", "--data", shipped}).out);
        for (const auto& file : QDir(shipped).entryList({"*.csv"}))
            QVERIFY2(text.out.contains("\n" + file + "\n"), qPrintable(file));
        QVERIFY(text.out.endsWith("\n14 of 16 goals met\n"));
        QCOMPARE(text.out.count("MISSED"), 2);  // the scaling law at sizes that it has not seen
        QVERIFY(!text.out.contains("-0.0 %"));
    }

    void a_row_says_what_was_measured_and_predicted() {
        const auto out = deepvm({"validate"}).out;
        QVERIFY2(out.contains(QRegularExpression(
                     "g4dn\\.xlarge +1 +epoch_seconds +61\\.16 s +[\\d.]+ s +[-+][\\d.]+ % +fitted\n")),
                 qPrintable(out));
        QVERIFY(out.contains(QRegularExpression(
            "k80 +8 +on-demand +median_cost_usd +\\$3\\.0218 +\\$3\\.\\d{4} +[-+][\\d.]+ % +follows\n")));
        QVERIFY(out.contains("used by plans: no\n"));
        QVERIFY(out.contains("used by plans: the speed of every machine that nobody measured"));
        QVERIFY(out.contains("fitted on 2 and 3 remotes"));
        QVERIFY(
            out.contains(QRegularExpression("t4 +resnet50-imagenet +tensor +samples_per_second +216\\.56/s "
                                            "+[\\d.]+/s +[-+][\\d.]+ % +fitted\n")));
        QVERIFY(
            out.contains(QRegularExpression("pollux-cifar10-b129-g1 +t4 +resnet18-cifar10 +fp32 +16 "
                                            "+samples_per_second +[\\d.]+/s +[\\d.]+/s")));
    }

    void json_keeps_its_schema() {
        const auto answer = deepvm({"validate", "--format", "json"});
        QVERIFY2(answer.code == 0 && answer.err.isEmpty(), qPrintable(answer.err));
        const auto broken = deepvm.broken_of_schema(answer.out, "deepvm-validate-1.schema.json");
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
        QCOMPARE(tables_of(answer.out).size(), 9);
    }

    // A script that computes the errors again must come to the same.
    void the_errors_of_json_are_those_of_its_rows() {
        for (const auto& value : tables_of(deepvm({"validate", "--format", "json"}).out)) {
            const auto table = value.toObject();
            QList<double> errors;
            for (const auto& entry : table["rows"].toArray()) {
                const auto row = entry.toObject();
                const auto measured = row["measured"].toDouble();
                const auto error = std::abs(row["predicted"].toDouble() - measured) / measured;
                QVERIFY(std::abs(row["relative_error"].toDouble() - error) < 1e-9);
                if (!row["fitted"].toBool() && !row["follows"].toBool()) errors.append(error);
            }
            std::sort(errors.begin(), errors.end());
            QVERIFY(!errors.isEmpty());
            const auto size = errors.size();
            QVERIFY(std::abs(table["worst_error"].toDouble() - errors.back()) < 1e-9);
            QVERIFY(std::abs(table["median_error"].toDouble() -
                             (errors[(size - 1) / 2] + errors[size / 2]) / 2) < 1e-9);
        }
    }

    // A folder of a person's own needs no peaks: those that the program ships count.
    void own_speeds_need_no_peaks() {
        const auto folder = folder_without("transient_cluster_runs.csv");
        QVERIFY(!QDir(folder).exists("peaks"));
        QVERIFY(deepvm({"validate", "--data", folder}).out.contains("of 34 pairs never fitted"));
    }

    void a_missing_file_is_said_in_both_forms() {
        const QString file = "transient_cluster_runs.csv";
        const auto folder = folder_without(file);
        const auto text = deepvm({"validate", "--data", folder});
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.contains(file + "\n  not compared: "), qPrintable(text.out));
        const auto json = deepvm({"validate", "--data", folder, "--format", "json"});
        QCOMPARE(json.code, 0);
        QVERIFY2(is_one_line(json.err) && json.err.contains(file), qPrintable(json.err));
        QVERIFY(deepvm.broken_of_schema(json.out, "deepvm-validate-1.schema.json").isEmpty());
        int found = 0;
        for (const auto& value : tables_of(json.out)) {
            const auto table = value.toObject();
            if (table["file"].toString() != file) continue;
            ++found;
            QVERIFY(table["rows"].toArray().isEmpty() && table["worst_error"].isNull());
        }
        QCOMPARE(found, 1);
    }

    // A model that misses must say so, and by how much.
    void a_missed_goal_is_said() {
        const auto folder = folder_without("deepvm_transmission_runs.csv");
        QFile file(folder + "/deepvm_transmission_runs.csv");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("remotes,transmission_seconds\n1,40\n2,4.895\n3,2.48\n");
        file.close();
        const auto text = deepvm({"validate", "--data", folder});
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.contains("goal MISSED: worst error at most 15 % (") &&
                     text.out.contains("percentage points too much"),
                 qPrintable(text.out));
        QVERIFY(text.out.endsWith("\n13 of 16 goals met\n"));
    }

    void bad_input_is_refused_in_one_line_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("folder") << QStringList{"--data", "/nowhere"} << 1 << "/nowhere";
        QTest::newRow("empty folder")
            << QStringList{"--data", deepvm.path("")} << 1 << "nothing can be compared";
        QTest::newRow("format") << QStringList{"--format", "csv"} << 1 << "json";
        QTest::newRow("blank") << QStringList{"--data", ""} << 2 << "--data";
        QTest::newRow("option") << QStringList{"--fit", "all"} << 2 << "--fit";
    }
    void bad_input_is_refused_in_one_line() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, part);
        const auto answer = deepvm(QStringList{"validate"} + arguments);
        QCOMPARE(answer.code, code);
        QVERIFY2(is_one_line(answer.err) && answer.err.contains(part), qPrintable(answer.err));
        QVERIFY(answer.out.isEmpty());
    }
};

}  // namespace test_validate_command

DEEPVM_TEST(test_validate_command, TestValidateCommand)
#include "test_validate_command.moc"
