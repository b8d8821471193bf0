// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs, risk and futures from the command line: what a person reads must follow from what was asked, and what
// is not known must be said.
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include "app/command.h"
#include "test_program.h"

namespace test_job_command {

using deepvm::tests::is_one_line;
using deepvm::tests::object;

namespace {

// Few nodes, so that six architectures are made ready quickly, also under sanitizers.
const QStringList aws{"--provider", "aws", "--region", "us-east-1", "--budget", "40", "--max-nodes", "6"};

QJsonObject first(const QJsonObject& document) {
    return document["decision"].toArray()[0].toObject();
}

}  // namespace

class TestJobCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

    QJsonObject plan(const QStringList& options) const {
        const auto answer = deepvm(QStringList{"plan", "--format", "json"} + options);
        return answer.code == 0 ? object(answer.out) : QJsonObject();
    }

  private slots:
    void documents_keep_their_schemas_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("schema");
        const QString plan = "deepvm-plan-1.schema.json";
        const QString simulate = "deepvm-simulate-1.schema.json";
        QTest::newRow("cost") << QStringList{"plan", "--objective", "job-cost"} + aws << plan;
        QTest::newRow("time with a deadline")
            << QStringList{"plan", "--objective",           "job-time", "--deadline",
                           "3",    "--monthly-revocations", "25"} +
                   aws
            << plan;
        QTest::newRow("all six")
            << QStringList{"plan", "--architectures",
                           "single-anchor,tiering,on-demand,spot-bucket,parameter-server,"
                           "mixed-workers"} +
                   aws
            << plan;
        QTest::newRow("futures") << QStringList{"simulate", "--runs", "200", "--deadline", "3"} + aws
                                 << simulate;
        QTest::newRow("futures by lifetimes")
            << QStringList{"simulate", "--runs", "200", "--lifetimes", "k80"} + aws << simulate;
        QTest::newRow("unknown futures") << QStringList{"simulate", "--budget", "2.9"} << simulate;
        QTest::newRow("no futures") << QStringList{"simulate", "--budget", "0.01"} << simulate;
    }
    void documents_keep_their_schemas() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, schema);
        const auto answer = deepvm(arguments + QStringList{"--format", "json"});
        // Nothing but a word on an option without effect.
        const bool quiet = answer.err.isEmpty() || answer.err.contains("changes nothing in this answer");
        QVERIFY2(answer.code == 0 && quiet, qPrintable(answer.err));
        const auto broken = deepvm.broken_of_schema(answer.out, schema);
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
    }

    // Whoever has to pay must be able to multiply: dollars are the price an hour times the expected hours.
    void the_cost_is_the_price_times_the_hours() {
        const auto best =
            first(plan(QStringList{"--objective", "job-cost", "--monthly-revocations", "10"} + aws));
        const double hours = best["job"]["expected"]["hours"].toDouble();
        QVERIFY(hours > 0);
        QVERIFY(qFuzzyCompare(best["objective"].toDouble(), hours * best["hourly_price"].toDouble()));
        QVERIFY(qFuzzyCompare(best["job"]["expected_usd"].toDouble(), best["objective"].toDouble()));
    }

    void twice_the_epochs_take_at_least_twice_as_long() {
        // Beside what every job needs to begin.
        const QStringList same{"--objective", "job-time", "--monthly-revocations", "5", "--provisioning", "1",
                               "--disk-gbs",  "100"};
        const auto once = first(plan(same + QStringList{"--epochs", "10"} + aws));
        const auto twice = first(plan(same + QStringList{"--epochs", "20"} + aws));
        const auto samples = first(plan(same + QStringList{"--samples", "12811670"} + aws));
        QVERIFY(twice["objective"].toDouble() >= 2 * once["objective"].toDouble() - 1.1 / 3600);
        QCOMPARE(samples["objective"].toDouble(), once["objective"].toDouble());  // 10 epochs of 1,281,167
    }

    // A guess where nothing is known would be a promise.
    void what_is_unknown_is_said() {
        const QStringList gcp{"--provider", "gcp", "--region", "us-central1", "--budget", "20"};
        const auto unknown = first(plan(gcp));
        QVERIFY(unknown["job"]["expected"].isNull());
        QVERIFY(unknown["job"]["unknown"].toString().contains("revocation rate"));
        const auto text = deepvm(QStringList{"plan"} + gcp).out;
        QVERIFY(text.contains("The revocation rate is not known; set one by hand"));
        const auto known = first(plan(gcp + QStringList{"--monthly-revocations", "5"}));
        QVERIFY(known["job"]["expected"].isObject() && known["job"]["unknown"].isNull());
        const auto job = plan(gcp + QStringList{"--objective", "job-cost"});
        for (const auto one : job["decision"].toArray())
            QCOMPARE(one.toObject()["architecture"].toString(), "on-demand");
        const auto paper = first(plan({"--budget", "2.9"}));
        QVERIFY(paper["job"]["unknown"].toString().contains("measured epoch times"));
    }

    // "0.0 h" or a guess at quotas would send a person the wrong way.
    void an_impossible_job_says_why() {
        const QStringList cost{"plan", "--objective", "job-cost"};
        const auto hurried = deepvm(cost + QStringList{"--deadline", "0.001"} + aws).out;
        QVERIFY(hurried.contains("within 3.6 s"));
        const auto endless = deepvm(cost + QStringList{"--epochs", "1e30"} + aws).out;
        QVERIFY(endless.contains("more than a hundred years"));
    }

    void a_band_is_a_range() {
        double before = -1;
        for (const char* point : {"low", "middle", "high"}) {
            const auto best =
                first(plan(QStringList{"--revocations", point, "--architectures", "tiering"} + aws));
            const double rate = best["job"]["revocations_per_hour"].toDouble(-1);
            QVERIFY(rate > before);
            before = rate;
        }
    }

    void measurements_make_the_paper_s_types_a_job() {
        const QString runs = DEEPVM_SOURCE_DIR "/resources/validation/deepvm_scaling_runs.csv";
        const auto best =
            first(plan({"--budget", "2.9", "--measurements", runs, "--monthly-revocations", "10"}));
        QCOMPARE(best["scaling"].toString(), "measured");
        QVERIFY(best["job"]["expected"]["hours"].toDouble() > 0);
        QCOMPARE(first(plan({"--budget", "2.9"}))["scaling"].toString(), "published");
        QCOMPARE(first(plan(aws))["scaling"].toString(), "assumed");
        const auto refused =
            deepvm({"plan", "--budget", "2.9", "--measurements",
                    deepvm.write("runs.csv", "instance_type,nodes,epoch_seconds\ng4dn.xlarge,1,-5\n")});
        QCOMPARE(refused.code, 1);
        QVERIFY(is_one_line(refused.err) && refused.err.contains("runs.csv line 2"));
    }

    void own_workloads_are_known_beside_the_catalog_s() {
        const auto own =
            deepvm.write("own.csv",
                         "workload,display_name,parameters,flop_per_sample,batch_per_accelerator,"
                         "gradient_bytes_per_parameter,state_bytes_per_parameter,"
                         "checkpoint_bytes_per_parameter,samples_per_epoch,epochs,precision,note\n"
                         "mine,\"My net, large\",1000000,1e9,32,2,16,12,1000,4,tensor,\n");
        const auto answer = deepvm(QStringList{"plan", "--workloads", own, "--workload", "mine"} + aws);
        QCOMPARE(answer.code, 0);
        QVERIFY(answer.out.contains("My net, large, 4 epochs"));
        const auto bad = deepvm.write("bad.csv", QFile(own).exists() ? "workload\nmine\n" : "");
        const auto refused = deepvm(QStringList{"plan", "--workloads", bad} + aws);
        QCOMPARE(refused.code, 1);
        QVERIFY(is_one_line(refused.err));
    }

    void futures_are_the_same_for_a_seed_and_hold_the_closed_form() {
        const QStringList asked =
            QStringList{"simulate", "--runs",      "4000",    "--monthly-revocations", "25", "--epochs",
                        "5000",     "--objective", "job-time"} +
            aws;
        const auto once = deepvm(asked);
        QCOMPARE(once.code, 0);
        QCOMPARE(deepvm(asked).out, once.out);
        QVERIFY(deepvm(asked + QStringList{"--seed", "2"}).out != once.out);
        QVERIFY(once.out.contains(QRegularExpression("Closed form .*, inside")));
        QVERIFY(once.out.contains("cheaper than 2 in "));
        const auto json = object(deepvm(asked + QStringList{"--format", "json"}).out);
        const auto plans = json["plans"].toArray();
        QVERIFY(plans.size() > 1);
        const double there = plans[0]["cheaper_in_100_futures_than"].toArray()[1].toDouble();
        const double back = plans[1]["cheaper_in_100_futures_than"].toArray()[0].toDouble();
        QVERIFY(qAbs(there + back - 100) < 1e-9);
    }

    // Whoever starts what was exported must get the machines of the plan, in their roles.
    void every_architecture_can_be_handed_over_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QStringList>("roles");
        QTest::newRow("spot-bucket") << "spot-bucket" << QStringList{"workers"};
        QTest::newRow("parameter-server") << "parameter-server" << QStringList{"servers", "workers"};
        QTest::newRow("mixed-workers") << "mixed-workers" << QStringList{"anchor", "other-workers"};
    }
    void every_architecture_can_be_handed_over() {
        QFETCH(QString, architecture);
        QFETCH(QStringList, roles);
        const QStringList asked = QStringList{"--architectures", architecture} + aws;
        const auto best = first(plan(asked));
        const auto launch = deepvm(QStringList{"export", "--as", "launch"} + asked);
        const auto sky = deepvm(QStringList{"export", "--as", "skypilot"} + asked);
        QVERIFY2(launch.code == 0 && sky.code == 0, qPrintable(launch.err + sky.err));
        for (const auto& role : roles) {
            QVERIFY(launch.out.contains("\n" + role + ")\n"));
            if (roles.size() > 1) QVERIFY(sky.out.contains("name: " + role + "\n"));
        }
        for (const QString type : {"worker", "other_worker", "remote"})
            if (const auto name = best[type].toString(); !name.isEmpty())
                QVERIFY(sky.out.contains("instance_type: " + name + "\n"));
    }

    // The plan's own interval, where it is known, is better than a placeholder.
    void the_interval_of_the_plan_is_handed_over() {
        const QStringList asked =
            QStringList{"--architectures",       "spot-bucket", "--workload", "llama2-7b-finetune",
                        "--monthly-revocations", "25",          "--epochs",   "300"} +
            aws;
        const auto best = first(plan(asked));
        const auto seconds = best["job"]["expected"]["interval_seconds"].toDouble();
        const auto sky = deepvm(QStringList{"export", "--as", "skypilot"} + asked).out;
        QVERIFY(sky.contains(QString("CHECKPOINT_EVERY_S: \"%1\"").arg(qRound64(seconds))));
        QVERIFY(!sky.contains("placeholder"));
    }

    // A person says "three days"; a date without a time of day could mean either end of the day.
    void a_deadline_is_a_time() {
        const auto with = [&](const char* deadline) {
            return deepvm(
                QStringList{"plan", "--format", "json", "--objective", "job-cost", "--deadline", deadline} +
                aws);
        };
        const auto hours = object(with("72").out);
        QVERIFY(!hours["decision"].toArray().isEmpty());
        for (const auto* same : {"72h", "3d", "2d 24h", "4320min"})
            QCOMPARE(object(with(same).out)["decision"], hours["decision"]);
        const auto date = with("2026-12-01");
        QCOMPARE(date.code, 1);
        QVERIFY2(date.err.contains("hours") && date.err.contains("72h"), qPrintable(date.err));
    }

    void a_file_may_be_a_pipe() {
        QFile file(
            deepvm.write("own.csv",
                         "workload,display_name,parameters,flop_per_sample,batch_per_accelerator,gradient_"
                         "bytes_per_parameter,"
                         "state_bytes_per_parameter,checkpoint_bytes_per_parameter,samples_per_epoch,epochs,"
                         "precision,note\n"
                         "mine,Mine,25600000,2.46e10,64,2,16,12,1281167,90,tensor,\n"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto asked = [&](const QString& from, const QByteArray& input) {
            return deepvm(
                QStringList{"plan", "--format", "json", "--workload", "mine", "--workloads", from} + aws,
                input);
        };
        const auto of_file = object(asked(file.fileName(), {}).out);
        QVERIFY(!of_file["decision"].toArray().isEmpty());
        QCOMPARE(object(asked("/dev/stdin", file.readAll()).out)["decision"], of_file["decision"]);
        const auto device = asked("/dev/zero", {});
        QCOMPARE(device.code, 1);
        QVERIFY2(device.err.contains("neither a file nor a pipe"), qPrintable(device.err));
    }

    void refusals_name_the_option_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("named");
        QTest::newRow("share") << QStringList{"--monthly-revocations", "100"} << "--monthly-revocations";
        QTest::newRow("deadline") << QStringList{"--deadline", "0"} << "--deadline";
        QTest::newRow("confidence") << QStringList{"--confidence", "1"} << "--confidence";
        QTest::newRow("not a number") << QStringList{"--epochs", "nan"} << "--epochs";
        QTest::newRow("no such GPU") << QStringList{"--lifetimes", "k8"} << "k80";
        QTest::newRow("no such point") << QStringList{"--revocations", "most"} << "rate point";
        QTest::newRow("measured type that is not there")
            << QStringList{"--measurements",
                           deepvm.write("typo.csv",
                                        "instance_type,nodes,epoch_seconds\ng4dn.xlrge,1,1400\n"
                                        "g4dn.xlrge,2,800\ng4dn.xlrge,4,450\n")}
            << "\"g4dn.xlrge\"; did you mean \"g4dn.xlarge\"?";
        QTest::newRow("no such file") << QStringList{"--measurements", "nowhere.csv"} << "nowhere.csv";
        QTest::newRow("speed") << QStringList{"--disk-gbs", "0"} << "--disk-gbs";
    }
    void refusals_name_the_option() {
        QFETCH(QStringList, options);
        QFETCH(QString, named);
        const auto answer = deepvm(QStringList{"plan"} + options + aws);
        QCOMPARE(answer.code, 1);
        QVERIFY2(is_one_line(answer.err) && answer.err.contains(named), qPrintable(answer.err));
        QVERIFY(answer.out.isEmpty());
    }
};

}  // namespace test_job_command

DEEPVM_TEST(test_job_command, TestJobCommand)
#include "test_job_command.moc"
