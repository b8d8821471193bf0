// SPDX-License-Identifier: GPL-3.0-or-later
// The planner from the command line: what scripts read must be the plan, and bad input must be refused in one
// line.
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>
#include <algorithm>

#include "app/command.h"
#include "test_program.h"

namespace test_plan_command {

using deepvm::tests::is_one_line;
using deepvm::tests::object;

class TestPlanCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

  private slots:
    void the_plans_of_the_paper() {
        const auto answer = deepvm({"plan", "--budget", "2.9", "--format", "json"});
        QVERIFY2(answer.code == 0 && answer.err.isEmpty(), qPrintable(answer.err));
        const auto decision = object(answer.out)["decision"].toArray();
        QCOMPARE(decision.size(), 3);
        const QStringList remotes{"c5.xlarge", "m6i.xlarge", "c5n.xlarge"};
        const double prices[] = {2.8526, 2.8746, 2.8986};
        for (int i = 0; i < 3; ++i) {
            const auto plan = decision[i].toObject();
            QCOMPARE(plan["rank"].toInt(), i + 1);
            QCOMPARE(plan["worker"].toString(), "g4dn.xlarge");
            QCOMPARE(plan["nodes"].toInt(), 17);
            QCOMPARE(plan["remote"].toString(), remotes[i]);
            QCOMPARE(plan["hourly_price"].toDouble(), prices[i]);
        }
        QCOMPARE(decision[0].toObject()["next_step"].toObject()["hourly_price"].toDouble(), 3.0104);
    }

    void json_keeps_its_schema_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("schema");
        const QString plan = "deepvm-plan-1.schema.json";
        QTest::newRow("plan") << QStringList{"plan", "--budget", "2.9"} << plan;
        QTest::newRow("nothing fits") << QStringList{"plan", "--budget", "0.01"} << plan;
        QTest::newRow("provider") << QStringList{"plan",     "--budget",  "20",          "--provider", "aws",
                                                 "--region", "us-east-1", "--max-nodes", "9"}
                                  << plan;
        QTest::newRow("quotas") << QStringList{"plan", "--budget",          "20",        "--provider",
                                               "aws",  "--region",          "us-east-1", "--spot-quota",
                                               "G=64", "--on-demand-quota", "Standard=0"}
                                << plan;
        QTest::newRow("on-demand without spot prices")
            << QStringList{"plan",       "--budget",        "50",        "--provider",
                           "azure",      "--region",        "westindia", "--objective",
                           "throughput", "--architectures", "on-demand"}
            << plan;
        QTest::newRow("any provider")
            << QStringList{"plan", "--budget", "20", "--provider", "any", "--spot-quota", "aws/G=64"} << plan;
        QTest::newRow("flopp of any provider")
            << QStringList{"flopp", "--provider", "any", "--workload", "llama2-7b-finetune"}
            << "deepvm-flopp-1.schema.json";
        QTest::newRow("frontier") << QStringList{"frontier", "--from", "1", "--to", "9"}
                                  << "deepvm-frontier-1.schema.json";
        QTest::newRow("flopp")
            << QStringList{"flopp",      "--provider",        "gcp", "--region", "us-central1",
                           "--workload", "llama2-7b-finetune"}
            << "deepvm-flopp-1.schema.json";
    }
    void json_keeps_its_schema() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, schema);
        const auto answer = deepvm(arguments + QStringList{"--format", "json"});
        QVERIFY2(answer.code == 0 && answer.err.isEmpty(), qPrintable(answer.err));
        const auto broken = deepvm.broken_of_schema(answer.out, schema);
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
    }

    // With any region, a plan without its region could not be rented.
    void any_region_names_the_region() {
        const auto answer = deepvm({"plan", "--budget", "5", "--provider", "gcp", "--region", "any"});
        const auto json =
            deepvm({"plan", "--budget", "5", "--provider", "gcp", "--region", "any", "--format", "json"});
        const auto region = object(json.out)["decision"].toArray()[0].toObject()["region"].toString();
        QVERIFY(!region.isEmpty());
        QVERIFY(answer.out.contains(" in " + region));
    }

    // With any provider, too: the provider is in every form of the answer, and only there it takes a column.
    void any_provider_names_the_provider() {
        const QStringList asked{"--budget", "5", "--provider", "any"};
        const auto text = deepvm(QStringList{"plan"} + asked);
        const auto json = object(deepvm(QStringList{"plan", "--format", "json"} + asked).out);
        const auto csv = deepvm(QStringList{"export", "--as", "csv"} + asked).out.split('\n');
        QCOMPARE(json["catalog"].toObject()["provider"].toString(), "any");
        QCOMPARE(json["catalog"].toObject()["region"].toString(), "any");
        const auto plan = json["decision"].toArray()[0].toObject();
        const auto provider = plan["provider"].toString();
        QVERIFY2(text.out.contains(QRegularExpression(" provider +machines ")), qPrintable(text.out));
        QVERIFY(
            text.out.contains(QRegularExpression(" " + provider + " .* in " + plan["region"].toString())));
        QVERIFY(!deepvm({"plan", "--budget", "5", "--provider", "gcp", "--region", "any"})
                     .out.contains(" provider "));
        QVERIFY2(csv[0].startsWith("rank,architecture,provider,region,") &&
                     csv[1].split(',')[2] == provider && csv[1].split(',')[3] == plan["region"].toString(),
                 qPrintable(csv[1]));
        // No provider alone does better.
        for (const auto* one : {"aws", "azure", "gcp", "lambda"}) {
            const auto other = object(deepvm({"plan", "--format", "json", "--budget", "5", "--provider", one,
                                              "--region", "any"})
                                          .out)["decision"]
                                   .toArray()[0]
                                   .toObject();
            if (one == provider)
                QCOMPARE(plan["objective"], other["objective"]);
            else
                QVERIFY(plan["objective"].toDouble() >= other["objective"].toDouble());
        }
        const auto flopp = object(deepvm({"flopp", "--provider", "any", "--format", "json"}).out);
        QVERIFY(!flopp["instance_types"].toArray()[0].toObject()["provider"].toString().isEmpty());
        QVERIFY(deepvm({"flopp", "--provider", "any"}).out.contains("azure eastus"));
    }

    // What a person asks the provider for, in words and for scripts; what was not named is said to have no
    // limit.
    void quotas_say_what_more_of_them_brings() {
        const QStringList asked{"plan",      "--budget",     "12",   "--provider",        "aws", "--region",
                                "us-east-1", "--spot-quota", "g=32", "--on-demand-quota", "g=8"};
        const auto json = object(deepvm(asked + QStringList{"--format", "json"}).out);
        const auto gains = json["quota_gains"].toArray();
        QCOMPARE(gains.size(), 2);
        const auto spot = gains[0].toObject();
        QCOMPARE(spot["quota_class"].toString(), "G");
        QCOMPARE(spot["vcpus"].toInt(), 32);
        const auto text = deepvm(asked).out;
        QVERIFY2(text.contains("G spot: 32 vCPUs, ") && text.contains(spot["words"].toString()),
                 qPrintable(text));
        QVERIFY(text.contains("no limit given: P spot, P on-demand, Standard spot, Standard on-demand"));
        const auto least = spot["least"].toObject();
        QVERIFY(least["more_vcpus"].toInt() > 0);
        auto raised = asked;
        raised.replace(raised.indexOf("g=32"), QString("G=%1").arg(32 + least["more_vcpus"].toInt()));
        const auto anew = object(deepvm(raised + QStringList{"--format", "json"}).out);
        const auto plan = least["plan"].toObject();
        const auto best = anew["decision"].toArray()[0].toObject();
        for (const char* key : {"worker", "nodes", "remote", "hourly_price", "objective"})
            QCOMPARE(plan[key], best[key]);
    }

    void any_provider_refuses_what_names_one_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        QTest::newRow("region") << QStringList{"--region", "us-central1"} << "choose its provider, gcp";
        QTest::newRow("class") << QStringList{"--spot-quota", "G=64"} << "did you mean \"aws/G\"";
        QTest::newRow("data set") << QStringList{"--preset", "published"} << "use \"corrected\"";
    }
    void any_provider_refuses_what_names_one() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const auto answer = deepvm(QStringList{"plan", "--budget", "5", "--provider", "any"} + arguments);
        QCOMPARE(answer.code, 1);
        QVERIFY2(is_one_line(answer.err) && answer.err.contains(says), qPrintable(answer.err));
    }

    // An empty answer explains itself, and is an answer: exit code 0.
    void nothing_fits_names_the_cheapest() {
        const auto answer = deepvm({"plan", "--budget", "0.1"});
        QCOMPARE(answer.code, 0);
        QVERIFY(answer.out.contains("No cluster fits $0.10/h. The cheapest is 1 x g4dn.xlarge"));
        QVERIFY(answer.out.contains("$0.2242/h more than the budget"));
        const auto json = object(deepvm({"plan", "--budget", "0.1", "--format", "json"}).out);
        QVERIFY(json["decision"].toArray().isEmpty());
        const auto price = json["cheapest"].toObject()["hourly_price"].toDouble();
        const auto there = deepvm({"plan", "--budget", QString::number(price, 'f', 6), "--format", "json"});
        QVERIFY(!object(there.out)["decision"].toArray().isEmpty());
    }

    // What a script reads as the frontier must be what a plan at that budget says.
    void frontier_steps_are_plans() {
        const auto lines =
            deepvm({"frontier", "--from", "2", "--to", "4", "--format", "csv"}).out.split('\n');
        const auto columns = lines.front().split(',');
        int compared = 0;
        for (const auto& line : lines) {
            const auto fields = line.split(',');
            if (fields.front() != "overall") continue;
            const auto field = [&](const char* column) { return fields.value(columns.indexOf(column)); };
            const auto budget = std::max(field("hourly_price_usd").toDouble(), 2.0);
            const auto plan =
                object(deepvm({"plan", "--budget", QString::number(budget, 'f', 6), "--format", "json"})
                           .out)["decision"]
                    .toArray()[0]
                    .toObject();
            QCOMPARE(plan["worker"].toString(), field("worker"));
            QCOMPARE(plan["nodes"].toInt(), field("nodes").toInt());
            QCOMPARE(plan["hourly_price"].toDouble(), field("hourly_price_usd").toDouble());
            ++compared;
        }
        QVERIFY(compared > 5);
    }

    void bad_input_is_refused_in_one_line_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        const auto plan = [](const QStringList& more) { return QStringList{"plan"} + more; };
        QTest::newRow("no budget") << plan({}) << 2 << "--budget";
        QTest::newRow("negative") << plan({"--budget", "-1"}) << 1 << "negative";
        QTest::newRow("nan") << plan({"--budget", "nan"}) << 1 << "nan";
        QTest::newRow("huge") << plan({"--budget", "1e308"}) << 1 << "1e308";
        QTest::newRow("too large") << plan({"--budget", "1000001"}) << 1 << "more than";
        QTest::newRow("word") << plan({"--budget", "abc"}) << 1 << "abc";
        QTest::newRow("too precise") << plan({"--budget", "2.1234567"}) << 1 << "6 decimal places";
        QTest::newRow("data set") << plan({"--budget", "2", "--dataset", "deepvm-papre"}) << 1
                                  << "did you mean \"deepvm-paper\"";
        QTest::newRow("provider") << plan({"--budget", "2", "--provider", "aw"}) << 1
                                  << "did you mean \"aws\"";
        QTest::newRow("region") << plan({"--budget", "2", "--provider", "gcp", "--region", "us-centrall1"})
                                << 1 << "did you mean \"us-central1\"";
        QTest::newRow("no region") << plan({"--budget", "2", "--provider", "gcp"}) << 1 << "--region";
        QTest::newRow("region alone")
            << plan({"--budget", "2", "--region", "us-east-1"}) << 1 << "--provider";
        QTest::newRow("both") << plan({"--budget", "2", "--provider", "aws", "--region", "us-east-1",
                                       "--dataset", "deepvm-paper"})
                              << 2 << "--dataset";
        QTest::newRow("architecture")
            << plan({"--budget", "2", "--architectures", "teiring"}) << 1 << "did you mean \"tiering\"";
        QTest::newRow("objective") << plan({"--budget", "2", "--objective", "speed"}) << 1 << "throughput";
        QTest::newRow("workload") << plan({"--budget", "2", "--workload", "resnet"}) << 1 << "did you mean";
        QTest::newRow("preset") << plan({"--budget", "2", "--provider", "aws", "--region", "us-east-1",
                                         "--preset", "published"})
                                << 1 << "corrected";
        QTest::newRow("utilisation") << plan({"--budget", "2", "--utilisation", "inf"}) << 1
                                     << "--utilisation";
        QTest::newRow("nodes") << plan({"--budget", "2", "--max-nodes", "0"}) << 1 << "--max-nodes";
        QTest::newRow("quota") << plan({"--budget", "2", "--spot-quota", "G"}) << 1 << "CLASS=VCPUS";
        QTest::newRow("quota class") << plan({"--budget", "2", "--spot-quota", "Q=3"}) << 1 << "did you mean";
        QTest::newRow("hosts of a data set")
            << plan({"--budget", "2", "--hosts", "any"}) << 1 << "--hosts has no meaning";
        QTest::newRow("prices of a data set") << plan({"--budget", "2", "--observed-prices-only"}) << 1
                                              << "--observed-prices-only has no meaning";
        QTest::newRow("foreign rule")
            << plan({"--budget", "2", "--checkpoint-gib", "3"}) << 1 << "no meaning";
        QTest::newRow("format") << plan({"--budget", "2", "--format", "xml"}) << 1 << "json";
        QTest::newRow("catalog") << plan({"--budget", "2", "--catalog", "/nowhere"}) << 1 << "/nowhere";
        QTest::newRow("blank") << plan({"--budget", "2", "--catalog", ""}) << 2 << "--catalog";
        QTest::newRow("blank region")
            << plan({"--budget", "2", "--provider", "aws", "--region", ""}) << 2 << "--region";
        QTest::newRow("two lines") << plan({"--budget", "2\n9"}) << 1 << "2\\x0a9";
        QTest::newRow("no program") << QStringList{"export", "--as", "lp", "--budget", "0.01"} << 1
                                    << "no cluster fits";
        const auto launch = [](const QStringList& more) {
            return QStringList{"export", "--as", "skypilot", "--budget", "2.9"} + more;
        };
        QTest::newRow("nothing to launch")
            << QStringList{"export", "--as", "launch", "--budget", "0.01"} << 1 << "nothing to launch";
        QTest::newRow("no machines") << launch({"--dataset", "deepvm-simulated"}) << 1 << "nobody rents out";
        QTest::newRow("bucket") << launch({"--bucket", "My Bucket"}) << 1 << "bucket";
        QTest::newRow("checkpoints") << launch({"--checkpoint-every", "0"}) << 1 << "--checkpoint-every";
        QTest::newRow("no bucket in it")
            << QStringList{"export", "--as", "csv", "--budget", "2.9", "--bucket", "abc"} << 1 << "--bucket";
        QTest::newRow("far") << QStringList{"frontier", "--from", "0", "--to", "20000"} << 1 << "20000";
        QTest::newRow("option") << plan({"--budget", "2", "--frobnicate"}) << 2 << "--frobnicate";
        QTest::newRow("rank") << QStringList{"export", "--as", "json", "--budget", "2.9", "--rank", "9"} << 1
                              << "rank 9";
        QTest::newRow("kind") << QStringList{"export", "--as", "pdf", "--budget", "2.9"} << 1 << "json";
        QTest::newRow("output") << QStringList{"export", "--as",     "json",      "--budget",
                                               "2.9",    "--output", "/nowhere/x"}
                                << 1 << "/nowhere/x";
        QTest::newRow("reversed") << QStringList{"frontier", "--from", "3", "--to", "2"} << 1 << "above";
    }
    void bad_input_is_refused_in_one_line() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, part);
        const auto answer = deepvm(arguments);
        QCOMPARE(answer.code, code);
        QVERIFY2(is_one_line(answer.err) && answer.err.contains(part), qPrintable(answer.err));
        QVERIFY(answer.out.isEmpty());
    }
};

}  // namespace test_plan_command

DEEPVM_TEST(test_plan_command, TestPlanCommand)
#include "test_plan_command.moc"
