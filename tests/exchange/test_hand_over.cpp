// SPDX-License-Identifier: GPL-3.0-or-later
// A plan handed over must rent what was planned, and find its own checkpoints again: else a person pays for
// other machines, or for the same work twice.
#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include "exchange/launch_note.h"
#include "exchange/skypilot/judge.h"
#include "exchange/skypilot_text.h"
#include "test_program.h"

namespace test_hand_over {

using namespace deepvm;
using base::Money;
using exchange::HandOver;
using exchange::launch_note;
using exchange::Role;
using exchange::roles;
using exchange::skypilot_yaml;
using problem::Architecture;

namespace {

model::InstanceType type(const std::string& provider, const std::string& name, int accelerators) {
    model::InstanceType made;
    made.provider = provider;
    made.name = name;
    made.vcpus = 4;
    made.memory_gib = 16;
    if (accelerators > 0) made.accelerator = model::Accelerator{"t4", "NVIDIA T4", 8.1, 65, 16};
    made.accelerator_count = accelerators;
    return made;
}

problem::Problem problem(const problem::Plan& plan) {
    auto market = std::make_shared<model::Market>();
    market->name = "test";
    market->title = "Test market";
    market->kind = plan.provider.empty() ? model::MarketKind::published : model::MarketKind::provider;
    market->types = {type(plan.provider, plan.worker, 4)};
    if (!plan.remote.empty()) market->types.push_back(type(plan.provider, plan.remote, 0));
    problem::Problem made;
    made.market = market;
    return made;
}

problem::Plan plan(Architecture architecture) {
    problem::Plan made;
    made.architecture = architecture;
    made.provider = "aws";
    made.region = "us-east-1";
    made.worker = "g4dn.12xlarge";
    made.nodes = 9;
    made.hourly_price = Money::from_usd(2.8526);
    if (architecture == Architecture::single_anchor) {
        made.anchors = 1;
        made.spot_workers = 8;
    } else if (architecture == Architecture::tiering) {
        made.remote = "c5.xlarge";
        made.remotes = 2;
        made.spot_workers = 9;
    }
    return made;
}

/// No architecture has it yet; the hand-over knows it all the same.
problem::Plan all_spot() {
    auto made = plan(Architecture::on_demand);
    made.spot_workers = made.nodes;
    return made;
}

const Money budget = Money::from_usd(2.9);

QByteArray skypilot(const problem::Plan& plan, const HandOver& settings = {}) {
    return QByteArray::fromStdString(skypilot_yaml(problem(plan), plan, budget, settings).value());
}

QByteArray note(const problem::Plan& plan, const HandOver& settings = {}) {
    return QByteArray::fromStdString(launch_note(problem(plan), plan, budget, settings).value());
}

/// Programs that only say with what they were called, in place of those of a training machine.
class Machine {
  public:
    Machine() {
        for (const char* program : {"torchrun", "pip", "checkpoints"})
            stand_in(program, QByteArray("echo \"") + program + " $*\" >> \"$CALLS\"");
        // Somebody answers at 10.0.0.7 alone.
        stand_in(
            "python3",
            "case $* in *10.0.0.7*) exit 0;; *10.*) exit 1;; *) echo \"python3 $*\" >> \"$CALLS\";; esac");
        stand_in("sleep", "echo 10.0.0.7 > \"$CHECKPOINT_DIR/addresses\"");
    }

    QString checkpoints() const { return folder_.filePath("checkpoints-of-mine"); }

    /// What was called; the exit code and stderr where it failed.
    QString run(const QByteArray& script, const QStringList& arguments, const QStringList& environment = {}) {
        QFile::remove(folder_.filePath("calls"));
        QProcess shell;
        auto variables = QProcessEnvironment::systemEnvironment();
        variables.insert("PATH", folder_.path() + ":" + variables.value("PATH"));
        variables.insert("CALLS", folder_.filePath("calls"));
        variables.insert("CHECKPOINT_DIR", checkpoints());
        for (const auto& pair : environment)
            variables.insert(pair.section('=', 0, 0), pair.section('=', 1));
        shell.setProcessEnvironment(variables);
        shell.start("/bin/sh", QStringList{"-s", "--"} + arguments);
        if (!shell.waitForStarted()) return "no shell";
        shell.write(script);
        shell.closeWriteChannel();
        if (!shell.waitForFinished(30'000)) return "hangs";
        if (shell.exitCode() != 0)
            return QString::number(shell.exitCode()) + ": " + shell.readAllStandardError();
        QFile calls(folder_.filePath("calls"));
        return calls.open(QIODevice::ReadOnly) ? QString::fromUtf8(calls.readAll()) : QString();
    }

  private:
    void stand_in(const QString& program, const QByteArray& script) {
        QFile file(folder_.filePath(program));
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + script + "\n") < 0)
            qFatal("cannot write a stand-in");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QTemporaryDir folder_;
};

QByteArray run_of(const QJsonValue& task) {
    return task.toObject()["run"].toString().toUtf8();
}

}  // namespace

class TestHandOver : public QObject {
    Q_OBJECT

  private slots:
    void roles_are_the_machines_of_the_plan() {
        QCOMPARE(roles(plan(Architecture::single_anchor)),
                 (std::vector<Role>{{"anchor", "g4dn.12xlarge", 1, false, true},
                                    {"workers", "g4dn.12xlarge", 8, true, true}}));
        QCOMPARE(roles(plan(Architecture::tiering)),
                 (std::vector<Role>{{"remotes", "c5.xlarge", 2, false, false},
                                    {"workers", "g4dn.12xlarge", 9, true, true}}));
        QCOMPARE(roles(plan(Architecture::on_demand)),
                 (std::vector<Role>{{"workers", "g4dn.12xlarge", 9, false, true}}));
        QCOMPARE(roles(all_spot()), (std::vector<Role>{{"workers", "g4dn.12xlarge", 9, true, true}}));
    }

    void skypilot_rents_what_was_planned_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("single anchor") << 0;
        QTest::newRow("tiering") << 1;
        QTest::newRow("on demand") << 2;
        QTest::newRow("all spot") << 3;
    }
    void skypilot_rents_what_was_planned() {
        QFETCH(int, which);
        const auto planned =
            which < 3 ? plan(problem::all_architectures[static_cast<std::size_t>(which)]) : all_spot();
        const auto file = tests::read_skypilot(skypilot(planned, {.checkpoint_interval_seconds = 313.4}));
        QVERIFY2(!file.documents.isEmpty(), file.refusal.constData());
        const auto wanted = roles(planned);
        const auto first = file.documents.size() - static_cast<qsizetype>(wanted.size());
        QCOMPARE(first, wanted.size() > 1 ? 1 : 0);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto task = file.documents[first + static_cast<qsizetype>(i)].toObject();
            const auto resources = task["resources"].toObject();
            QCOMPARE(task["num_nodes"].toInt(), wanted[i].machines);
            QCOMPARE(resources["instance_type"].toString().toStdString(), wanted[i].type);
            QCOMPARE(resources["use_spot"].toBool(), wanted[i].spot);
            QCOMPARE(resources["infra"].toString(), "aws/us-east-1");
            // One path: where it is mounted is where the script saves and looks.
            const auto folder = task["envs"].toObject()["CHECKPOINT_DIR"].toString();
            QCOMPARE(task["file_mounts"].toObject().keys(), QStringList(folder));
            QCOMPARE(task["envs"].toObject()["CHECKPOINT_EVERY_S"].toString(), "313");
            const auto script =
                "export CHECKPOINT_DIR CHECKPOINT_EVERY_S SKYPILOT_NODE_IPS SKYPILOT_NODE_RANK\n" +
                run_of(task);
            QCOMPARE(tests::shell_findings("#!/bin/sh\n" + script), QByteArray());
        }
    }

    void skypilot_says_what_it_cannot_express() {
        const auto single = skypilot(plan(Architecture::on_demand));
        for (const char* words : {"max_hourly_cost", "budget of 2.90 USD/h", "2.8526 USD/h",
                                  "MOUNT_CACHED uploads", "interval", "placeholder", "fewer machines"})
            QVERIFY2(single.contains(words), words);
        QVERIFY(!single.contains("job group"));
        const auto group = skypilot(plan(Architecture::tiering));
        for (const char* words : {"job group", "Kubernetes only", "recovers on its own", "ratio"})
            QVERIFY2(group.contains(words), words);
        QVERIFY(!skypilot(plan(Architecture::tiering), {.checkpoint_interval_seconds = 60})
                     .contains("placeholder"));
    }

    void a_published_plan_is_of_aws_without_a_region() {
        auto published = plan(Architecture::tiering);
        published.provider = published.region = "";
        const auto text = skypilot(published);
        QVERIFY(text.contains("names no provider and no region"));
        const auto file = tests::read_skypilot(text);
        QVERIFY2(!file.documents.isEmpty(), file.refusal.constData());
        QCOMPARE(file.documents[1].toObject()["resources"].toObject()["infra"].toString(), "aws");
    }

    // A catalog of one's own may hold any name; each must come back as the text that it is.
    void odd_names_stay_names_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"no",  "Null",    "1e3",      "0x1F", "600", "2024-01-03", "~",   "a: b", "# c", "'",
              "\"",  "a\nb: c", "- d",      "{e}",  "&f",  "*g",         "!h",  "%i",   "@j",  "k\tl",
              "\\n", " m ",     "12:30:45", "<<",   "=",   "...",        "---", "ö"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void odd_names_stay_names() {
        QFETCH(QString, name);
        auto odd = plan(Architecture::tiering);
        odd.worker = odd.remote = name.toStdString();
        odd.region = name.toStdString();
        const auto file = tests::read_skypilot(skypilot(odd));
        QVERIFY2(file.documents.size() == 3, file.refusal.constData());
        const auto resources = file.documents[2].toObject()["resources"].toObject();
        QCOMPARE(resources["instance_type"].toString(), name);
        QCOMPARE(resources["infra"].toString(), "aws/" + name);
        QCOMPARE(tests::shell_findings(note(odd)), QByteArray());
        Machine machine;
        QVERIFY(machine.run(note(odd), {"workers", "10.0.0.7", "3"}).contains("torchrun"));
    }

    // Commands are the person's own, in as many lines as they like.
    void commands_are_kept_as_they_are() {
        HandOver settings;
        settings.setup = "  first\n\n# second \"quoted\"\n\ttab\n";
        settings.train = "my/train.py --lr 1e-3";
        const auto file = tests::read_skypilot(skypilot(plan(Architecture::on_demand), settings));
        QVERIFY2(!file.documents.isEmpty(), file.refusal.constData());
        const auto task = file.documents[0].toObject();
        QCOMPARE(task["setup"].toString(), "  first\n\n# second \"quoted\"\n\ttab");
        QVERIFY(task["run"].toString().contains("  my/train.py --lr 1e-3 --checkpoint-dir"));
    }

    // What SkyPilot would start, started.
    void skypilot_runs_meet_at_the_first_machine() {
        Machine machine;
        const QStringList environment{"CHECKPOINT_EVERY_S=60", "SKYPILOT_NODE_IPS=10.0.0.5\n10.0.0.6"};
        const auto single = tests::read_skypilot(skypilot(plan(Architecture::on_demand))).documents;
        auto calls = machine.run(run_of(single[0]), {}, environment + QStringList{"SKYPILOT_NODE_RANK=0"});
        QVERIFY2(calls.startsWith("torchrun --nnodes=9 --nproc-per-node=4 "), qPrintable(calls));
        QVERIFY2(calls.contains("--rdzv-endpoint=10.0.0.5:29400 --rdzv-conf=is_host=true train.py"),
                 qPrintable(calls));
        QVERIFY2(calls.contains("--checkpoint-dir " + machine.checkpoints() +
                                " --checkpoint-every 60 --resume latest"),
                 qPrintable(calls));
        calls = machine.run(run_of(single[0]), {}, environment + QStringList{"SKYPILOT_NODE_RANK=1"});
        QVERIFY2(calls.contains("10.0.0.5:29400 --rdzv-conf=is_host=false"), qPrintable(calls));
    }

    // Workers of a group wait until the address in the bucket answers, whatever an earlier job left there.
    void skypilot_workers_do_not_believe_an_old_address() {
        Machine machine;
        const auto group = tests::read_skypilot(skypilot(plan(Architecture::tiering))).documents;
        const QStringList environment{"CHECKPOINT_EVERY_S=60", "SKYPILOT_NODE_IPS=10.0.0.5\n10.0.0.6",
                                      "SKYPILOT_NODE_RANK=0"};
        auto calls = machine.run(run_of(group[1]), {}, environment);  // leaves 10.0.0.5, which is no more
        QVERIFY2(calls.contains("checkpoint_server.py"), qPrintable(calls));
        QTRY_VERIFY(QFile::exists(machine.checkpoints() + "/addresses"));
        calls = machine.run(run_of(group[2]), {}, environment);
        QVERIFY2(calls.contains("torchrun --nnodes=1:9") && calls.contains("10.0.0.7:29400"),
                 qPrintable(calls));
    }

    void a_note_names_what_to_rent_and_starts_every_role() {
        Machine machine;
        const auto text = note(plan(Architecture::tiering));
        QCOMPARE(tests::shell_findings(text), QByteArray());
        QVERIFY(QString(text).contains(
            QRegularExpression("remotes +2 x c5.xlarge, on demand, in aws us-east-1")));
        QVERIFY(QString(text).contains(QRegularExpression("workers +9 x g4dn.12xlarge, spot")));
        QVERIFY(text.contains("When a spot machine is taken away"));
        auto calls = machine.run(text, {"workers", "10.0.0.7", "3"});
        QVERIFY2(
            calls.contains("torchrun --nnodes=1:9 --nproc-per-node=4") && calls.contains("is_host=false"),
            qPrintable(calls));
        QVERIFY2(calls.contains("--checkpoint-every 600"), qPrintable(calls));
        calls = machine.run(text, {"remotes", "10.0.0.7", "1"}, {"CHECKPOINT_EVERY_S=5"});
        QVERIFY2(calls.contains("checkpoint_server.py") && !calls.contains("torchrun"), qPrintable(calls));
        QVERIFY(machine.run(text, {"anchor", "10.0.0.7", "0"}).startsWith("2: no role \"anchor\""));
        QVERIFY(machine.run(text, {"workers"}).startsWith("2: usage"));

        const auto anchored = note(plan(Architecture::single_anchor));
        QVERIFY(machine.run(anchored, {"anchor", "10.0.0.7", "0"}).contains("is_host=true"));
        QVERIFY(machine.run(anchored, {"workers", "10.0.0.7", "0"}).contains("is_host=false"));
        const auto fixed = note(plan(Architecture::on_demand));
        QVERIFY(machine.run(fixed, {"workers", "10.0.0.7", "0"}).contains("--nnodes=9 "));
        QVERIFY(!fixed.contains("spot machine is taken"));
        QVERIFY(note(all_spot()).contains("If it was number 0"));
    }

    // Hours of training must not go by before the first checkpoint cannot be written.
    void a_path_that_cannot_be_written_is_refused_at_the_start() {
        Machine machine;
        QFile file(machine.checkpoints());
        QVERIFY(file.open(QIODevice::WriteOnly));  // a file where the folder should be
        const auto calls = machine.run(note(plan(Architecture::on_demand)), {"workers", "10.0.0.7", "0"});
        QVERIFY2(calls.startsWith("1: ") && !calls.contains("torchrun"), qPrintable(calls));
    }

    void refuses_what_cannot_be_launched() {
        const auto refusal = [](const problem::Plan& planned, const HandOver& settings = {}) {
            const auto yaml = skypilot_yaml(problem(planned), planned, budget, settings);
            return yaml ? QString() : QString::fromStdString(yaml.error().message);
        };
        const auto bucket_named = [](const char* name) {
            HandOver settings;
            settings.bucket = name;
            return settings;
        };
        const auto fine = plan(Architecture::on_demand);
        QVERIFY(refusal(fine).isEmpty());
        for (const char* bucket : {"", "ab", "My-Bucket", "a_b", "-abc", "a..b", "x y", "a\nb"})
            QVERIFY2(refusal(fine, bucket_named(bucket)).contains("bucket"), bucket);
        // By the rules of the plan's own provider.
        auto on = [&](const char* provider) {
            auto there = fine;
            there.provider = provider;
            return there;
        };
        QVERIFY(refusal(on("aws"), bucket_named("models.example.org")).isEmpty());
        QVERIFY(refusal(on("gcp"), bucket_named("my_bucket")).isEmpty());
        QVERIFY(refusal(on("azure"), bucket_named("models.example.org")).contains("azure"));
        QVERIFY(refusal(on("azure"), bucket_named("a--b")).contains("azure"));
        QVERIFY(refusal(on("aws"), bucket_named("my_bucket")).contains("aws"));
        for (const double seconds : {0.0, -1.0, 1e9, std::nan("")})
            QVERIFY(refusal(fine, {.checkpoint_interval_seconds = seconds}).contains("interval"));
        auto elsewhere = fine;
        elsewhere.provider = "mycloud";
        QVERIFY(refusal(elsewhere).contains("mycloud"));
        QVERIFY(launch_note(problem(elsewhere), elsewhere, budget).has_value());
        auto zone = fine;
        zone.region = "us-east-1/us-east-1a";
        QVERIFY(refusal(zone).contains("cloud/region"));
        auto simulated = fine;
        simulated.provider = simulated.region = "";
        auto market = std::make_shared<model::Market>(*problem(simulated).market);
        market->types[0].memory_gib.reset();
        problem::Problem made;
        made.market = market;
        QVERIFY(!skypilot_yaml(made, simulated, budget) && !launch_note(made, simulated, budget));
    }
};

}  // namespace test_hand_over

DEEPVM_TEST(test_hand_over, TestHandOver)
#include "test_hand_over.moc"
