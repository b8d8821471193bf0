// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a person hands over has an effect, or is said to have none: every option of every command that
// plans, in questions where most of them count and in questions where most do not. The answer is compared as
// a script reads it, without what was asked for in it, whichever way the person who is told reads it.
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include "app/command.h"
#include "cases.h"
#include "test_program.h"

namespace test_idle_options {

using deepvm::tests::Answer;

namespace {

// Few nodes, so that six architectures are made ready quickly, also under sanitizers.
const QStringList aws{"--provider", "aws", "--region", "us-east-1", "--max-nodes", "3"};
const QStringList job = aws + QStringList{"--objective", "job-cost", "--deadline", "500"};
const QStringList bucket = aws + QStringList{"--objective", "job-cost", "--architectures", "spot-bucket"};

// All that an answer says, apart from what was asked and how long it took.
QByteArray said(const QString& text) {
    auto document = QJsonDocument::fromJson(text.toUtf8()).object();
    if (document.isEmpty()) return text.toUtf8();
    for (const char* key :
         {"created", "request", "question", "proof", "elapsed", "milliseconds", "lifetimes"})
        document.remove(QLatin1String(key));
    return QJsonDocument(document).toJson();
}

}  // namespace

class TestIdleOptions : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

    // An unusual value of each; empty for those that are the question itself.
    QStringList example(const QString& option) const {
        static const QHash<QString, QStringList> examples{{"--preset", {"corrected"}},
                                                          {"--architectures", {"tiering"}},
                                                          {"--objective", {"job-time"}},
                                                          {"--workload", {"bert-large-squad"}},
                                                          {"--precision", {"fp32"}},
                                                          {"--utilisation", {"0.31"}},
                                                          {"--overlap", {"0.4"}},
                                                          {"--hosts", {"any"}},
                                                          {"--min-efficiency", {"0.9"}},
                                                          {"--observed-prices-only", {}},
                                                          {"--max-nodes", {"2"}},
                                                          {"--top", {"2"}},
                                                          {"--checkpoint-size-100mb", {"3"}},
                                                          {"--buffer-size", {"0.7"}},
                                                          {"--checkpoint-gib", {"5"}},
                                                          {"--buffer-depth", {"3"}},
                                                          {"--spot-quota", {"G=8"}},
                                                          {"--on-demand-quota", {"G=8"}},
                                                          {"--epochs", {"7"}},
                                                          {"--samples", {"150,000"}},
                                                          {"--flop", {"1e18"}},
                                                          {"--deadline", {"90 hours"}},
                                                          {"--confidence", {"0.8"}},
                                                          {"--revocations", {"high"}},
                                                          {"--monthly-revocations", {"30"}},
                                                          {"--lifetimes", {"k80"}},
                                                          {"--disk-gbs", {"3"}},
                                                          {"--store-gbs", {"0.2"}},
                                                          {"--store-price", {"0.1"}},
                                                          {"--provisioning", {"700"}}};
        if (option == "--workloads")
            return {deepvm.write("own.csv",
                                 "workload,display_name,parameters,flop_per_sample,batch_per_accelerator,"
                                 "gradient_bytes_per_parameter,state_bytes_per_parameter,"
                                 "checkpoint_bytes_per_parameter,samples_per_epoch,epochs,precision,note\n"
                                 "mine,Mine,1000000,1e9,32,2,16,12,1000,4,tensor,\n")};
        if (option == "--measurements")
            return {deepvm.write("runs.csv",
                                 "instance_type,nodes,epoch_seconds\ng4dn.xlarge,1,4400\ng4dn.xlarge,2,2500\n"
                                 "g4dn.xlarge,4,1400\n")};
        return examples.value(option, {"no example"});
    }

    void effectOrWord(const QStringList& asked, const QStringList& others, const QString& option, int* silent,
                      int* told) const {
        const auto value = example(option);
        QVERIFY2(value != QStringList{"no example"}, qPrintable(option + " has no example here; add one"));
        QStringList without = asked;
        // The question's own value gives way, or the program refuses two of them.
        if (const auto at = without.indexOf(option); at >= 0) without.remove(at, 2);
        if (option == "--max-nodes") without << option << "3";
        QStringList with = without;
        if (option == "--max-nodes") with.remove(with.size() - 2, 2);
        // Most options leave the question as it is, which is asked once.
        static QHash<QString, Answer> known;
        const QString key = without.join(' ');
        if (!known.contains(key)) known.insert(key, deepvm(without));
        const auto plain = known.value(key);
        const auto asked_with = with + QStringList{option} + value;
        const auto set = deepvm(asked_with);
        if (set.code != 0) {  // refused, or there is nothing left to export: another answer, and a word
            QVERIFY(deepvm::tests::is_one_line(set.err));
            return;
        }
        QCOMPARE(plain.code, 0);
        for (const auto& format : others) {
            auto other = asked_with;
            other[other.indexOf("--format") + 1] = format;
            QCOMPARE(deepvm(other).err, set.err);
        }
        const bool differs = said(plain.out) != said(set.out);
        const bool word = set.err.contains("deepvm: " + option + " changes nothing in this answer");
        QVERIFY2(differs != word,
                 qPrintable(QString("%1 of \"%2\": the answer %3, and the program says: %4")
                                .arg(option, asked.join(' '), differs ? "differs" : "is the same", set.err)));
        ++*(word ? told : silent);
    }

  private slots:
    void every_option_counts_or_is_said_not_to_data() {
        QTest::addColumn<QStringList>("asked");
        QTest::addColumn<QStringList>("others");  // formats in which the same is to be said
        const QStringList json{"--format", "json"};
        const QStringList none;
        QTest::newRow("plan of a job") << QStringList{"plan", "--budget", "9"} + json + job << none;
        QTest::newRow("plan on demand")
            << QStringList{"plan", "--budget", "9", "--architectures", "on-demand"} + json + aws
            << QStringList{"text"};
        QTest::newRow("plan of the paper")
            << QStringList{"plan", "--budget", "2.9"} + json << QStringList{"text"};
        QTest::newRow("frontier") << QStringList{"frontier", "--from", "1", "--to", "9"} + json
                                  << QStringList{"text", "csv"};
        QTest::newRow("flopp") << QStringList{"flopp"} + json + aws << QStringList{"text", "csv"};
        QTest::newRow("speeds") << QStringList{"speeds"} + json + aws << QStringList{"text", "csv"};
        QTest::newRow("simulate") << QStringList{"simulate", "--runs", "1000", "--budget", "9"} + json +
                                         bucket
                                  << none;
        QTest::newRow("simulate the paper")
            << QStringList{"simulate", "--budget", "2.9"} + json << QStringList{"text"};
        QTest::newRow("program") << QStringList{"export", "--as", "mps", "--budget", "2.9"} << none;
        QTest::newRow("launch") << QStringList{"export", "--as", "launch", "--budget", "9"} + bucket << none;
    }
    void every_option_counts_or_is_said_not_to() {
        QFETCH(QStringList, asked);
        QFETCH(QStringList, others);
        static const QRegularExpression name("^ +(?:-\\w,)?(--[a-z0-9-]+)",
                                             QRegularExpression::MultilineOption);
        // What is asked, and where it is asked.
        const QStringList question{
            "--help",    "--budget",           "--from",   "--to",      "--format", "--as",
            "--dataset", "--provider",         "--region", "--catalog", "--rank",   "--output",
            "--bucket",  "--checkpoint-every", "--runs",   "--seed"};
        int options = 0;
        int silent = 0;
        int told = 0;
        for (auto each = name.globalMatch(deepvm({asked.front(), "--help"}).out); each.hasNext();) {
            const auto option = each.next().captured(1);
            if (question.contains(option)) continue;
            // A provider has but this one.
            if (option == "--preset" && asked.contains("--provider")) continue;
            ++options;
            // Each option asks twice, which a sanitizer makes minutes of.
            if (deepvm::tests::share_of_cases() < 1 && options % 6 != 0) continue;
            effectOrWord(asked, options % 3 == 0 ? others : QStringList(), option, &silent, &told);
            if (QTest::currentTestFailed()) return;
        }
        QVERIFY2(options >= 31, qPrintable(QString::number(options)));
        if (deepvm::tests::share_of_cases() == 1) QVERIFY2(told > 0, "no question has a use for all options");
    }

    void what_only_one_command_has_is_said_too_data() {
        QTest::addColumn<QStringList>("asked");
        QTest::addColumn<QString>("option");
        QTest::newRow("bucket of machines that keep nothing")
            << QStringList{"export",          "--as",      "launch",   "--budget", "9",
                           "--architectures", "on-demand", "--bucket", "mine"} +
                   aws
            << "";
        QTest::newRow("seed of nothing drawn")
            << QStringList{"simulate", "--budget", "2.9", "--seed", "4"} << "--seed";
        QTest::newRow("runs of nothing drawn")
            << QStringList{"simulate", "--budget", "2.9", "--runs", "300"} << "--runs";
        QTest::newRow("a catalog where none is read")
            << QStringList{"validate", "--catalog", "nowhere.db"} << "--catalog";
    }
    void what_only_one_command_has_is_said_too() {
        QFETCH(QStringList, asked);
        QFETCH(QString, option);
        const auto answer = deepvm(asked);
        QCOMPARE(answer.code, 0);
        if (option.isEmpty())
            QVERIFY2(answer.out.contains("mine") != answer.err.contains("--bucket"), qPrintable(answer.err));
        else
            QVERIFY2(answer.err.contains(option + " changes nothing"), qPrintable(answer.err));
    }

    // Who says what would be so anyway is not told off.
    void a_usual_value_is_not_said() {
        const auto answer = deepvm(
            QStringList{"plan",       "--budget",         "9",    "--top",         "3",      "--objective",
                        "throughput", "--confidence",     "0.95", "--revocations", "middle", "--hosts",
                        "x86",        "--min-efficiency", "0.5",  "--overlap",     "0",      "--precision",
                        "tensor",     "--provisioning",   "300",  "--epochs",      "90"} +
            aws);
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.err, QString());
        const auto samples =
            deepvm(QStringList{"plan", "--budget", "9", "--samples", "115,305,030"} + bucket);  // 90 epochs
        QCOMPARE(samples.code, 0);
        QCOMPARE(samples.err, QString());
    }
};

}  // namespace test_idle_options

DEEPVM_TEST(test_idle_options, TestIdleOptions)
#include "test_idle_options.moc"
