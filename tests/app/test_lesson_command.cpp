// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons from the command line, as a teacher uses it: written, checked, handed out, graded.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>
#include <functional>

#include "app/command.h"
#include "test_program.h"

namespace test_lesson_command {

using deepvm::tests::is_one_line;
using deepvm::tests::object;

namespace {

const QString lesson_schema = QStringLiteral("deepvm-lesson-1.schema.json");
const QString shipped = QStringLiteral(DEEPVM_SOURCE_DIR "/resources/lessons");

QString read(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString text_of(const QJsonObject& document) {
    return QString::fromUtf8(QJsonDocument(document).toJson());
}

}  // namespace

class TestLessonCommand : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;
    QString mine;     // a lesson out of "new", in a folder of its own
    QString lessons;  // that folder

    // The answers of a student without fault, changed by `change`, as a file.
    QString answers(const QString& name, const std::function<void(QJsonObject&)>& change = {}) const {
        const auto key = deepvm({"lesson", "key", mine, "--seed", "7"});
        auto document = object(key.out);
        document["student"] = name;
        if (change) change(document);
        return deepvm.write(name + ".json", text_of(document).toUtf8());
    }

    QJsonObject grade_of(const QString& file) const {
        const auto answer = deepvm({"lesson", "grade", file, "--lessons", lessons, "--format", "json"});
        return object(answer.out)["grades"].toArray()[0].toObject();
    }

  private slots:
    void init() {
        lessons = deepvm.path("lessons");
        QDir(lessons).removeRecursively();
        QVERIFY(QDir().mkpath(lessons));
        mine = lessons + "/one-step.json";
        const auto made = deepvm({"lesson", "new", mine});
        QVERIFY2(made.code == 0 && made.err.isEmpty(), qPrintable(made.err));
        QVERIFY2(made.out.contains("deepvm lesson check " + mine), qPrintable(made.out));
    }

    void the_shipped_lessons_are_listed_and_keep_their_schema() {
        const auto files = QDir(shipped).entryList({"*.json"});
        const auto text = deepvm({"lesson", "list"});
        QVERIFY2(text.code == 0 && text.err.isEmpty(), qPrintable(text.err));
        QCOMPARE(text.out.count('\n'), files.size());
        const auto json = deepvm({"lesson", "list", "--format", "json"});
        const auto broken = deepvm.broken_of_schema(json.out, "deepvm-lesson-list-1.schema.json");
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
        const auto listed = object(json.out)["lessons"].toArray();
        QCOMPARE(listed.size(), files.size());
        for (qsizetype i = 0; i < files.size(); ++i) {
            const auto document = read(shipped + "/" + files[i]);
            const auto id = object(document)["id"].toString();
            QVERIFY2(text.out.contains(
                         QRegularExpression("^" + id + " +\\d+ min", QRegularExpression::MultilineOption)),
                     qPrintable(text.out));
            QCOMPARE(listed[i].toObject()["id"].toString(), id);
            const auto wrong = deepvm.broken_of_schema(document, lesson_schema);
            QVERIFY2(wrong.isEmpty(), qPrintable(files[i] + ": " + wrong));
        }
    }

    void the_schema_knows_a_slip_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("by");
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("kind") << "\"kind\": \"say\""
                              << "\"kind\": \"tell\"";
        QTest::newRow("member") << "\"hints\""
                                << "\"hint\"";
        QTest::newRow("setting") << "\"solution\": {\"budget\""
                                 << "\"solution\": {\"bugdet\"";
        QTest::newRow("page") << "\"page\": \"explore\""
                              << "\"page\": \"explorer\"";
        QTest::newRow("goal") << "\"goal\": \"budget"
                              << "\"aim\": \"budget";
        QTest::newRow("start") << "\"start\": {\"budget\": 3"
                               << "\"start\": {\"budget\": true";
    }
    // An editor that reads the schema marks what the program refuses.
    void the_schema_knows_a_slip() {
        QFETCH(QString, what);
        QFETCH(QString, by);
        auto text = read(mine);
        QVERIFY(text.contains(what));
        if (!what.isEmpty()) text.replace(what, by);
        const auto file = deepvm.write("slip.json", text.toUtf8());
        const auto answer = deepvm({"lesson", "check", file});
        QCOMPARE(deepvm.broken_of_schema(text, lesson_schema).isEmpty(), what.isEmpty());
        QCOMPARE(answer.code, what.isEmpty() ? 0 : 1);
        QVERIFY2(what.isEmpty() || (is_one_line(answer.err) && answer.err.contains(file)),
                 qPrintable(answer.err));
    }

    void a_new_lesson_can_be_played_at_once() {
        const auto answer = deepvm({"lesson", "check", mine});
        QVERIFY2(answer.code == 0 && answer.err.isEmpty(), qPrintable(answer.err));
        QCOMPARE(answer.out, QString("one-step: 4 steps, every one can be done, in aws us-east-1\n"));
        const auto again = deepvm({"lesson", "new", mine});
        QCOMPARE(again.code, 1);
        QVERIFY2(is_one_line(again.err) && again.err.contains("is there already"), qPrintable(again.err));
        const auto other = deepvm({"lesson", "new", deepvm.path("notes.txt")});
        QVERIFY2(other.code == 1 && is_one_line(other.err), qPrintable(other.err));
        QVERIFY(!QFile::exists(deepvm.path("notes.txt")));
        const auto spaced = deepvm({"lesson", "new", deepvm.path("My lesson.json")});
        QVERIFY2(spaced.code == 1 && spaced.err.contains("id must have"), qPrintable(spaced.err));
        QVERIFY(!QFile::exists(deepvm.path("My lesson.json")));
    }

    void what_cannot_be_done_is_said_with_its_step() {
        auto text = read(mine);
        text.replace("\"solution\": {\"budget\": \"wanted\"}", "\"solution\": {\"budget\": \"wanted + 1\"}");
        const auto file = deepvm.write("short.json", text.toUtf8());
        const auto answer = deepvm({"lesson", "check", file});
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.out.contains("step 3: the solution does not reach the goal"), qPrintable(answer.out));
        const auto json = deepvm({"lesson", "check", file, "the-anchor", "--format", "json"});
        QCOMPARE(json.code, 1);
        const auto broken = deepvm.broken_of_schema(json.out, "deepvm-lesson-check-1.schema.json");
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
        const auto checked = object(json.out)["lessons"].toArray();
        QCOMPARE(checked.size(), 2);
        QCOMPARE(checked[0].toObject()["sound"].toBool(), false);
        QCOMPARE(checked[0].toObject()["findings"].toArray()[0].toObject()["step"].toInt(), 3);
        QVERIFY(checked[0].toObject()["market"].isNull());
        QCOMPARE(checked[1].toObject()["sound"].toBool(), true);
    }

    // What is wrong with an exercise is said of the exercise, not of the lesson as it is.
    void a_seed_is_checked_by_itself() {
        auto document = object(read(mine));
        auto markets = document["markets"].toArray();
        markets.prepend(QJsonObject{{"market", "venus"}});
        document["markets"] = markets;
        document["exercise"] = QJsonObject{{"markets", QJsonArray{QJsonObject{{"market", "mars"}}}}};
        const auto file = deepvm.write("mars.json", text_of(document).toUtf8());
        const auto whole = deepvm({"lesson", "check", file});
        QVERIFY2(whole.code == 0 && whole.out.contains("not in venus: step 1: "), qPrintable(whole.out));
        const auto answer = deepvm({"lesson", "check", file, "--seed", "7"});
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.out.contains("\"mars\"") && !answer.out.contains("venus"), qPrintable(answer.out));
    }

    void a_key_has_all_points_and_keeps_its_schema() {
        const auto file = deepvm.path("key.json");
        const auto written = deepvm({"lesson", "key", mine, "--seed", "7", "--output", file});
        QVERIFY2(written.code == 0 && written.out.isEmpty() && written.err.isEmpty(),
                 qPrintable(written.err));
        QCOMPARE(read(file), deepvm({"lesson", "key", mine, "--seed", "7"}).out);
        const auto broken = deepvm.broken_of_schema(read(file), "deepvm-answers-1.schema.json");
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
        const auto answer = deepvm({"lesson", "grade", file, "--lessons", lessons});
        QVERIFY2(answer.code == 0 && answer.err.isEmpty(), qPrintable(answer.err));
        QVERIFY2(answer.out.contains("one-step with seed 7: 2 of 2 points\n"), qPrintable(answer.out));
        QVERIFY(answer.out.endsWith(
            "The files are signed with nothing: who hands one in can have written it by hand.\n"));
    }

    void what_was_not_done_is_worth_less() {
        QCOMPARE(grade_of(answers("whole"))["points"].toDouble(), 2.0);
        // "done" is no proof of it: the settings that were handed in are.
        const auto claimed = grade_of(answers("claimed", [](QJsonObject& document) {
            auto steps = document["answers"].toArray();
            auto step = steps[2].toObject();
            step["exploration"] = document["start"];
            steps[2] = step;
            document["answers"] = steps;
        }));
        QCOMPARE(claimed["points"].toDouble(), 1.0);
        QCOMPARE(claimed["student"].toString(), QString("claimed"));
        const auto second = grade_of(answers("second", [](QJsonObject& document) {
            auto steps = document["answers"].toArray();
            auto step = steps[3].toObject();
            step["chosen"] = QJsonArray{2, 1};
            steps[3] = step;
            document["answers"] = steps;
        }));
        QCOMPARE(second["points"].toDouble(), 1.5);
        const auto elsewhere = grade_of(answers("elsewhere", [](QJsonObject& document) {
            auto start = document["start"].toObject();
            start["budget_usd_per_hour"] = start["budget_usd_per_hour"].toDouble() + 1;
            document["start"] = start;
        }));
        QVERIFY(elsewhere["remarks"].toArray()[0].toString().contains("begins elsewhere"));
    }

    void one_bad_file_keeps_nobody_from_a_grade() {
        const auto bad = deepvm.write("bad.json", "{\"schema\": \"deepvm-answers/1\"");
        const auto other = answers("other", [](QJsonObject& document) { document["lesson"] = "one-stop"; });
        const QStringList files{bad, answers("=Ada, \"first\""), other, deepvm.path("gone.json"),
                                answers("Ben")};
        const QStringList grade = QStringList{"lesson", "grade"} + files + QStringList{"--lessons", lessons};
        const auto json = deepvm(grade + QStringList{"--format", "json"});
        QCOMPARE(json.code, 1);
        QCOMPARE(json.err.count('\n'), 3);
        QVERIFY2(json.err.contains(bad) && json.err.contains("did you mean \"one-step\"?") &&
                     json.err.contains("gone.json"),
                 qPrintable(json.err));
        const auto broken = deepvm.broken_of_schema(json.out, "deepvm-grades-1.schema.json");
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
        QCOMPARE(object(json.out)["grades"].toArray().size(), 2);
        const auto csv = deepvm(grade + QStringList{"--format", "csv"});
        QCOMPARE(csv.code, 1);
        const auto lines = csv.out.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0], QString("file,student,lesson,seed,points,of,remarks"));
        // No spreadsheet takes a name for a formula.
        QVERIFY2(lines[1].endsWith(",\"'=Ada, \"\"first\"\"\",one-step,7,2,2,"), qPrintable(lines[1]));
        QVERIFY2(lines[2].endsWith("Ben.json,Ben,one-step,7,2,2,"), qPrintable(lines[2]));
    }

    // A lesson that cannot be read is said, and the others are there.
    void a_broken_lesson_of_a_folder_is_left_out() {
        QVERIFY(!deepvm.write("lessons/broken.json", "{}").isEmpty());
        const auto listed = deepvm({"lesson", "list", "--lessons", lessons});
        QCOMPARE(listed.code, 0);
        QVERIFY2(is_one_line(listed.err) && listed.err.contains("broken.json"), qPrintable(listed.err));
        QVERIFY2(listed.out.startsWith("one-step ") && listed.out.count('\n') == 1, qPrintable(listed.out));
        QCOMPARE(deepvm({"lesson", "check", "--lessons", lessons}).code, 1);
    }

    void bad_input_is_refused_in_one_line_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("lesson") << QStringList{"check", "flop-dolar"} << 1 << "did you mean \"flop-dollar\"?";
        QTest::newRow("file") << QStringList{"check", "gone.json"} << 1 << "gone.json";
        QTest::newRow("seed") << QStringList{"key", "tiering", "--seed", "-1"} << 1 << "--seed";
        QTest::newRow("no exercise") << QStringList{"key", "deepcheck", "--seed", "1"} << 1 << "no exercise";
        QTest::newRow("folder") << QStringList{"list", "--lessons", "/nowhere"} << 1 << "/nowhere";
        QTest::newRow("answers") << QStringList{"grade", "gone.json"} << 1 << "gone.json";
        QTest::newRow("format") << QStringList{"check", "--format", "csv"} << 2 << "json";
        QTest::newRow("nothing to grade") << QStringList{"grade"} << 2 << "files";
        QTest::newRow("no subcommand") << QStringList{} << 2 << "subcommand";
        QTest::newRow("subcommand") << QStringList{"play"} << 2 << "play";
    }
    void bad_input_is_refused_in_one_line() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, part);
        const auto answer = deepvm(QStringList{"lesson"} + arguments);
        QCOMPARE(answer.code, code);
        QVERIFY2(is_one_line(answer.err) && answer.err.contains(part), qPrintable(answer.err));
    }

    // A teacher has nothing but the guide.
    void the_guide_names_all_that_there_is() {
        const auto guide = read(shipped + "/README.md");
        const auto help = deepvm({"lesson", "quantities"}).out;
        const auto settings = help.mid(0, help.indexOf("\nQuantities:"));
        const QRegularExpression name("^  (\\w+) ", QRegularExpression::MultilineOption);
        qsizetype told = 0;
        for (const auto& setting : name.globalMatch(settings)) {
            QVERIFY2(guide.contains("`" + setting.captured(1) + "`"), qPrintable(setting.captured(1)));
            ++told;
        }
        QVERIFY(told >= 19);
        const auto steps =
            object(read(DEEPVM_SOURCE_DIR "/resources/schemas/" + lesson_schema))["$defs"].toObject();
        for (const char* kind : {"read", "guess", "guessed_choice", "do", "explain"}) {
            const auto members = steps[kind].toObject()["properties"].toObject();
            const auto named = members.keys();
            for (const auto& member : named)
                QVERIFY2(guide.contains("`" + member + "`"), qPrintable(member));
            for (const char* listed : {"page", "points", "widget"}) {
                const auto known = members[listed].toObject()["enum"].toArray();
                QVERIFY(!known.isEmpty());
                for (const auto& value : known)
                    QVERIFY2(guide.contains("`" + value.toString() + "`"), qPrintable(value.toString()));
            }
        }
        // Whatever it writes as a quantity is one.
        const QRegularExpression quantity("`([a-z][a-z_0-9.]*)[^`]*`");
        auto table = guide.mid(guide.indexOf("| about | names |"));
        table.truncate(table.indexOf("\n\n"));
        QVERIFY(table.count('`') > 80);
        for (const auto& each : quantity.globalMatch(table)) {
            const QRegularExpression line("^  " + QRegularExpression::escape(each.captured(1)) + "[ (]",
                                          QRegularExpression::MultilineOption);
            QVERIFY2(each.captured(1) == "plan." || help.contains(line), qPrintable(each.captured(1)));
        }
    }
};

}  // namespace test_lesson_command

DEEPVM_TEST(test_lesson_command, TestLessonCommand)
#include "test_lesson_command.moc"
