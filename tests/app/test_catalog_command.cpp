// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a script around "deepvm catalog" would go on with a broken catalog, or a person would not
// learn why not.
#include <QJsonArray>
#include <QtTest>
#include <random>

#include "app/command.h"
#include "catalog/catalog.h"
#include "test_program.h"

namespace test_catalog_command {

using deepvm::tests::is_one_line;
using deepvm::tests::object;

class TestCatalogCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

  private slots:
    void what_was_built_is_checked_and_listed() {
        const auto file = deepvm.path("own.db");
        const auto built = deepvm({"catalog", "build", "--output", file});
        QVERIFY2(built.code == 0 && built.err.isEmpty(), qPrintable(built.err));
        QVERIFY(built.out.startsWith(file + ": "));
        // --catalog is understood before and after the subcommand.
        QCOMPARE(deepvm({"--catalog", file, "catalog", "check"}).out, file + ": sound\n");
        QCOMPARE(deepvm({"catalog", "check", "--catalog", file}).out, file + ": sound\n");
        QCOMPARE(deepvm({"catalog", "--catalog", file, "check"}).out, file + ": sound\n");

        const auto catalog = ::deepvm::catalog::Catalog::open(file.toStdString());
        QVERIFY(catalog.has_value());
        const auto datasets = deepvm({"catalog", "datasets", "--catalog", file});
        const auto info = deepvm({"catalog", "info", "--catalog", file});
        QCOMPARE(datasets.code, 0);
        QCOMPARE(info.code, 0);
        QVERIFY(info.out.contains(file));
        for (const auto& market : catalog->markets()) {
            const auto name = QString::fromStdString(market.name);
            QVERIFY2(datasets.out.contains("\n" + name + " "), qPrintable(datasets.out));
            QVERIFY(info.out.contains(" " + QString::number(market.offers) + "  "));
        }
        for (const auto& source : catalog->sources())
            QVERIFY(info.out.contains(QString::fromStdString(source.description)));
    }

    void build_takes_its_folder_and_the_global_file() {
        const auto file = deepvm.path("global.db");
        const auto from = QStringLiteral(DEEPVM_SOURCE_DIR "/resources/catalog");
        QCOMPARE(deepvm({"--catalog", file, "catalog", "build", "--from", from}).code, 0);
        QVERIFY(QFile::exists(file));
        QCOMPARE(deepvm({"catalog", "build"}).code, 0);
        QVERIFY(QFile::exists(deepvm.path("catalog.db")));
    }

    // What stands in a broken file must not drive the terminal, nor break what reads the message.
    void what_a_broken_catalog_holds_is_shown_escaped() {
        QFile shipped(DEEPVM_SOURCE_DIR "/catalog.db");
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        const auto whole = shipped.readAll();
        std::mt19937 random(23);
        for (int round = 0; round < 12; ++round) {
            auto bytes = whole;
            // Dense in the pages of the schema and of the first tables: there are the names that are echoed.
            const auto end = round % 2 == 0 ? bytes.size() : qsizetype{65'536};
            for (int i = 0; i < 400; ++i) {
                const auto at = std::uniform_int_distribution<qsizetype>(100, end - 1)(random);
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
            }
            QFile broken(deepvm.path("broken.db"));
            QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write(bytes) == bytes.size());
            broken.close();
            const auto answer = deepvm({"catalog", "check", "--catalog", broken.fileName()});
            QCOMPARE(answer.code, 1);
            QVERIFY2(is_one_line(answer.err), qPrintable(answer.err));
            QVERIFY2(!answer.err.contains(QChar::ReplacementCharacter), qPrintable(answer.err));
        }
    }

    void the_names_of_a_file_are_shown_escaped() {
        QFile own(deepvm.path("\x1b[31mown.csv"));
        QVERIFY(own.open(QIODevice::WriteOnly));
        own.write(
            "workload,display_name,parameters,flop_per_sample,batch_per_accelerator,"
            "gradient_bytes_per_parameter,state_bytes_per_parameter,checkpoint_bytes_per_parameter,"
            "samples_per_epoch,epochs,precision,note\n"
            "mine,\"My\x1b[2J net\xE2\x80\xAE\",1000000,1e9,32,2,16,12,1000,4,tensor,\n");
        own.close();
        const QStringList asked{"plan",     "--budget",  "9",           "--provider",   "aws",
                                "--region", "us-east-1", "--workloads", own.fileName(), "--workload"};
        const auto answer = deepvm(asked + QStringList{"mine"});
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.contains("My\\x1b[2J net\\u202e"), qPrintable(answer.out));
        QVERIFY(!answer.out.contains('\x1b'));
        const auto refused = deepvm({"plan", "--budget", "9", "--workloads", deepvm.path("\x1b[31mno.csv")});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("\\x1b[31mno.csv") && !refused.err.contains('\x1b'),
                 qPrintable(refused.err));
    }

    void the_shipped_catalog_answers_without_an_option() { QCOMPARE(deepvm({"catalog", "check"}).code, 0); }

    // A person's own catalog wins over the shipped one, and is not passed over when it is broken.
    void the_own_catalog_comes_first() {
        const auto own = deepvm.path("data/deepvm-explorer/catalog.db");
        QVERIFY(QDir().mkpath(QFileInfo(own).path()));
        QFile file(own);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto answer = deepvm({"catalog", "info"});
        QVERIFY(file.remove());
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.err.contains(own + ": the file is empty"));
    }

    void bad_data_is_one_line_and_1_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no catalog") << QStringList{"catalog", "info", "--catalog", "none.db"};
        QTest::newRow("a folder") << QStringList{"catalog", "check", "--catalog", "."};
        QTest::newRow("no sources") << QStringList{"catalog", "build", "--from", "none"};
        QTest::newRow("no place") << QStringList{"catalog", "build", "--output", "none/catalog.db"};
        QTest::newRow("not a catalog")
            << QStringList{"catalog", "datasets", "--catalog", DEEPVM_SOURCE_DIR "/LICENSE"};
    }
    void bad_data_is_one_line_and_1() {
        QFETCH(QStringList, arguments);
        const auto answer = deepvm(arguments);
        QCOMPARE(answer.code, 1);
        QVERIFY2(is_one_line(answer.err), qPrintable(answer.err));
        QVERIFY(answer.out.isEmpty());
    }

    void a_wrong_command_line_is_one_line_and_2_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{"catalogue"};
        QTest::newRow("no subcommand") << QStringList{"catalog"};
        QTest::newRow("unknown subcommand") << QStringList{"catalog", "biuld"};
        QTest::newRow("unknown option") << QStringList{"catalog", "info", "--json"};
        QTest::newRow("option without value") << QStringList{"catalog", "info", "--catalog"};
        QTest::newRow("a word too many") << QStringList{"catalog", "check", "this"};
    }
    void a_wrong_command_line_is_one_line_and_2() {
        QFETCH(QStringList, arguments);
        const auto answer = deepvm(arguments);
        QCOMPARE(answer.code, 2);
        QVERIFY2(is_one_line(answer.err) && answer.err.contains("see deepvm --help"), qPrintable(answer.err));
        QVERIFY(answer.out.isEmpty());
    }

    void help_and_version_are_answers() {
        for (const auto& arguments :
             {QStringList{"--help"}, {"--version"}, {"catalog", "--help"}, {"catalog", "build", "--help"}}) {
            const auto answer = deepvm(arguments);
            QVERIFY2(answer.code == 0 && answer.err.isEmpty() && !answer.out.isEmpty(),
                     qPrintable(arguments.join(' ')));
        }
    }

    // A full disk must not look like a success to a script.
    void an_answer_that_cannot_be_written_is_an_error() {
        if (!QFile::exists("/dev/full")) QSKIP("no /dev/full");
        QProcess process;
        process.setStandardOutputFile("/dev/full");
        process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"),
                      {"catalog", "datasets", "--catalog", DEEPVM_SOURCE_DIR "/catalog.db"});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(is_one_line(QString::fromUtf8(process.readAllStandardError())));
    }

    void offers_are_listed_by_a_filter() {
        const auto all = deepvm({"catalog", "offers", "--format", "csv"});
        QCOMPARE(all.code, 0);
        const auto some = deepvm({"catalog", "offers", "--provider", "aws", "--region", "us-east-1",
                                  "--filter", "gpu>=4 & memory/gpu>=20", "--format", "csv"});
        QCOMPARE(some.code, 0);
        auto lines = some.out.split('\n', Qt::SkipEmptyParts);
        const auto columns = lines.takeFirst().split(',');
        QVERIFY(lines.size() > 3 && all.out.count('\n') > 100 * lines.size());
        for (const auto& line : lines) {
            QVERIFY(all.out.contains('\n' + line + '\n'));
            const auto fields = line.split(',');
            const auto gpus = fields[columns.indexOf("gpu")].toDouble();
            QVERIFY(gpus >= 4 && fields[columns.indexOf("memory")].toDouble() >= 20 * gpus);
        }
        const auto json =
            deepvm({"catalog", "offers", "--filter", "latest & spot<0.5 & gpu", "--format", "json"});
        QCOMPARE(deepvm.broken_of_schema(json.out, "deepvm-offers-1.schema.json"), QString());
        QVERIFY(!object(json.out)["offers"].toArray().isEmpty());
        const auto text = deepvm({"catalog", "offers", "--filter", "type=g4dn.xlarge & region=us-east-1"});
        QVERIFY2(text.out.startsWith("1 of ") && text.out.contains("measured"), qPrintable(text.out));
        QCOMPARE(deepvm({"catalog", "offers", "--filter", "gpu>=999 & x86"}).out,
                 QStringLiteral("No offer matches: gpu>=999 alone leaves none\n"));
    }

    void a_filter_that_is_none_is_refused_by_its_column() {
        const auto refused = deepvm({"catalog", "offers", "--filter", "gpu>=4 & sput<2"});
        QCOMPARE(refused.code, 1);
        QVERIFY(is_one_line(refused.err));
        QVERIFY2(refused.err.startsWith("deepvm: --filter, column 10: unknown field \"sput\""),
                 qPrintable(refused.err));
        QCOMPARE(deepvm({"catalog", "offers", "--dataset", "deepvm-paper", "--region", "x"}).code, 1);
        QCOMPARE(deepvm({"catalog", "offers", "--workload", "resnet"}).code, 1);
    }
};

}  // namespace test_catalog_command

DEEPVM_TEST(test_catalog_command, TestCatalogCommand)
#include "test_catalog_command.moc"
