// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a person's import would go into another catalog than the one that is planned with, or a
// script would not understand what it is told.
#include <QtTest>

#include "app/command.h"
#include "test_program.h"

namespace test_import_command {

using deepvm::tests::is_one_line;

class TestImportCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

    QString csv(const QByteArray& rows) const {
        QFile file(deepvm.path("own.csv"));
        if (!file.open(QIODevice::WriteOnly)) qFatal("no file");
        file.write("provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour\n" + rows);
        return file.fileName();
    }

  private slots:
    void the_own_catalog_is_made_and_then_planned_with() {
        const auto own = deepvm.path("data/deepvm-explorer/catalog.db");
        const auto done = deepvm({"catalog", "import", csv("aws,us-east-1,g4dn.xlarge,0.001,\n")});
        QVERIFY2(done.code == 0 && done.err.isEmpty(), qPrintable(done.err));
        QVERIFY(done.out.startsWith(own + ": 1 price changed"));
        QVERIFY(done.out.contains("made from the catalog of this program"));
        QVERIFY(deepvm({"catalog", "info"}).out.contains(own));
        const auto diff = deepvm({"catalog", "diff", DEEPVM_SOURCE_DIR "/catalog.db", own});
        QVERIFY(
            diff.out.startsWith("changed prices: 1\n  aws us-east-1 g4dn.xlarge, on-demand: 0.526 -> 0.001"));
        const auto again = deepvm({"catalog", "import", deepvm.path("own.csv")});
        QVERIFY(again.out.startsWith(own + ": 0 prices changed, 0 new, 1 confirmed"));
        QVERIFY(QFile::remove(own));
    }

    void a_dry_run_makes_no_folder() {
        deepvm::tests::Command other;
        const auto file = other.write("own.csv",
                                      "provider,region,instance_type,on_demand_usd_per_hour\n"
                                      "aws,us-east-1,g4dn.xlarge,0.6\n");
        const auto done = other({"catalog", "import", file, "--dry-run"});
        QVERIFY2(done.code == 0 && done.out.contains("1 price changed"), qPrintable(done.err));
        QVERIFY(!done.out.contains("oldest prices"));
        QVERIFY(!QFile::exists(other.path("data")));
    }

    void reports_and_diffs_keep_their_schemas() {
        const auto into = deepvm.path("schema.db");
        const auto file =
            csv("aws,us-east-1,g4dn.xlarge,0.001,0.0005\naws,us-east-1,g5.xlarge,x,\n"
                "aws,us-east-1,q9.large,1,\naws,eu-east-9,g4dn.xlarge,,1\n");
        const auto done = deepvm({"catalog", "import", file, "--into", into, "--report", "json"});
        QCOMPARE(done.code, 0);
        const auto broken = deepvm.broken_of_schema(done.out, "deepvm-import-1.schema.json");
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
        for (const auto* part : {"\"new_types\": 0", "q9.large", "are these cents?", "own.csv line 3"})
            QVERIFY2(done.out.contains(part), part);
        const auto diff = deepvm({"catalog", "diff", DEEPVM_SOURCE_DIR "/catalog.db", into, "--as", "json"});
        QCOMPARE(diff.code, 0);
        const auto odd = deepvm.broken_of_schema(diff.out, "deepvm-catalog-diff-1.schema.json");
        QVERIFY2(odd.isEmpty(), qPrintable(odd));
    }

    void a_pipe_is_read() {
        const auto into = deepvm.path("pipe.db");
        const auto done = deepvm({"catalog", "import", "/dev/stdin", "--into", into},
                                 "provider,region,instance_type,on_demand_usd_per_hour\n"
                                 "aws,us-east-1,g4dn.xlarge,0.6\n");
        QVERIFY2(done.code == 0, qPrintable(done.err));
        QVERIFY(done.out.contains("1 price changed"));
    }

    void bad_data_is_one_line_and_1_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString licence = DEEPVM_SOURCE_DIR "/LICENSE";
        QTest::newRow("no file") << QStringList{"import", "none.csv"};
        QTest::newRow("not prices") << QStringList{"import", licence};
        QTest::newRow("another format") << QStringList{"import", licence, "--format", "azure-retail"};
        QTest::newRow("no format") << QStringList{"import", licence, "--format", "azure"};
        QTest::newRow("no date") << QStringList{"import", licence, "--date", "today"};
        QTest::newRow("into no folder") << QStringList{"import", licence, "--into", "none/catalog.db"};
        QTest::newRow("a catalog") << QStringList{"import", DEEPVM_SOURCE_DIR "/catalog.db"};
        QTest::newRow("diff of none") << QStringList{"diff", "none.db", DEEPVM_SOURCE_DIR "/catalog.db"};
    }
    void bad_data_is_one_line_and_1() {
        QFETCH(QStringList, arguments);
        const auto answer = deepvm(QStringList{"catalog"} + arguments);
        QCOMPARE(answer.code, 1);
        QVERIFY2(is_one_line(answer.err), qPrintable(answer.err));
        QVERIFY(answer.out.isEmpty());
    }

    void a_command_without_its_files_is_2() {
        QCOMPARE(deepvm({"catalog", "import"}).code, 2);
        QCOMPARE(deepvm({"catalog", "diff", "one.db"}).code, 2);
        QCOMPARE(deepvm({"catalog", "import", "a.csv", "--report", "yaml"}).code, 2);
    }
};

}  // namespace test_import_command

DEEPVM_TEST(test_import_command, TestImportCommand)
#include "test_import_command.moc"
