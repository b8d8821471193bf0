// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson is written by hand: what is wrong must be said with its place, and nothing may have no effect.
#include <QRegularExpression>
#include <QtTest>

#include "lessons/attempt.h"
#include "lessons/lesson.h"
#include "test_program.h"

namespace test_lesson_file {

using namespace deepvm;
using namespace deepvm::lessons;

class TestLessonFile : public QObject {
    Q_OBJECT

  private slots:
    void the_template_is_a_lesson() {
        const auto lesson = read_lesson(lesson_template("mine"), "mine.json");
        QVERIFY2(lesson.has_value(), lesson ? "" : lesson.error().message.c_str());
        QCOMPARE(lesson->id, std::string("mine"));
        QCOMPARE(lesson->steps.size(), std::size_t(4));
    }

    void slips_have_their_place_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("by");
        QTest::addColumn<QString>("said");
        QTest::newRow("schema") << "deepvm-lesson/1"
                                << "deepvm-lesson/2"
                                << "schema is not deepvm-lesson/1";
        QTest::newRow("kind") << "\"kind\": \"say\""
                              << "\"kind\": \"tell\""
                              << "steps[0].kind: unknown kind of step";
        QTest::newRow("goal") << "budget >= wanted"
                              << "budget >= want"
                              << "steps[2].goal: ";
        QTest::newRow("goal is a number") << "budget >= wanted and budget <= wanted + 0.05"
                                          << "wanted"
                                          << "steps[2].goal is a number; it must be a truth";
        QTest::newRow("place in a text") << "{plan.machines}"
                                         << "{plan.machine}"
                                         << "steps[0].text: ";
        QTest::newRow("member") << "\"hints\""
                                << "\"hint\""
                                << "steps[2]: unknown member \"hint\"";
        QTest::newRow("part") << "\"points\": \"frontier\""
                              << "\"points\": \"border\""
                              << "steps[1].points";
        QTest::newRow("page") << "\"page\": \"explore\""
                              << "\"page\": \"explorer\""
                              << "did you mean \"explore\"?";
        QTest::newRow("setting") << "\"solution\": {\"budget\""
                                 << "\"solution\": {\"bugdet\""
                                 << "did you mean \"budget\"?";
        QTest::newRow("start asks for a plan") << "\"start\": {\"budget\": 3"
                                               << "\"start\": {\"budget\": \"plan.price\""
                                               << "start.budget asks for a plan";
        QTest::newRow("place of the start")
            << "\"start\": {\"budget\": 3"
            << "\"start\": {\"region\": \"us-west-1\", \"budget\": 3"
            << "start.region would play every market of the lesson in that one";
        QTest::newRow("hidden name") << "\"keep\": {\"wanted\""
                                     << "\"keep\": {\"budget\""
                                     << "there is a quantity of this name";
        QTest::newRow("hidden quantity with arguments") << "\"keep\": {\"wanted\""
                                                        << "\"keep\": {\"price\""
                                                        << "there is a quantity of this name";
        QTest::newRow("hidden function") << "\"keep\": {\"wanted\""
                                         << "\"keep\": {\"min\""
                                         << "there is a quantity of this name";
        QTest::newRow("hidden word") << "\"keep\": {\"wanted\""
                                     << "\"keep\": {\"and\""
                                     << "there is a quantity of this name";
        QTest::newRow("sign that nobody sees") << "\"kind\": \"say\""
                                               << "\"kind\": \"s\\u202eay\""
                                               << "\"s\\u202eay\"";
        QTest::newRow("what may be changed") << "\"solution\": {"
                                             << "\"may\": [\"epoch\"], \"solution\": {"
                                             << "did you mean \"epochs\"";
        QTest::newRow("no JSON") << "\"steps\": ["
                                 << "\"steps\": [[["
                                 << "is no JSON: it breaks off or goes wrong at byte";
        QTest::newRow("kind of member") << "\"minutes\": 10"
                                        << "\"minutes\": \"ten\""
                                        << "minutes must be a number";
        QTest::newRow("range") << "\"budget\": [2, 8]"
                               << "\"budget\": [8, 2]"
                               << "exercise.budget must rise";
    }
    void slips_have_their_place() {
        QFETCH(QString, what);
        QFETCH(QString, by);
        QFETCH(QString, said);
        auto text = QString::fromStdString(lesson_template("mine"));
        QVERIFY(text.contains(what));
        text.replace(what, by);
        const auto lesson = read_lesson(text.toStdString(), "mine.json");
        QVERIFY(!lesson.has_value());
        const auto message = QString::fromStdString(lesson.error().message);
        QVERIFY2(message.startsWith("mine.json") && message.contains(said), qPrintable(message));
    }

    void a_name_is_kept_once() {
        auto text = QString::fromStdString(lesson_template("mine"));
        text.replace("\"goal\": \"budget", "\"keep\": {\"wanted\": \"budget\"}, \"goal\": \"budget");
        const auto lesson = read_lesson(text.toStdString(), "mine.json");
        QVERIFY(!lesson.has_value());
        QVERIFY2(lesson.error().message.find("steps[2].keep.wanted: this name is kept already") !=
                     std::string::npos,
                 lesson.error().message.c_str());
    }

    void bombs_are_refused() {
        QVERIFY(!read_lesson(std::string(100'000, '['), "bomb").has_value());
        QVERIFY(!read_lesson(std::string(2'000'000, ' '), "blank").has_value());
        QVERIFY(!read_attempt(std::string(100'000, '['), "bomb").has_value());
    }

    void an_attempt_comes_back_as_it_was() {
        Attempt attempt;
        attempt.lesson = "mine";
        attempt.seed = 7;
        attempt.student = "Ada \"the first\" Ünlü";
        attempt.prices_as_of = "2026-07-20";
        attempt.answers.resize(3);
        attempt.answers[0].done = true;
        attempt.answers[1].guess = 0.1 + 0.2;
        attempt.answers[1].hints = 2;
        attempt.answers[2].chosen = {2, 0};
        attempt.answers[2].exploration = session::first_exploration();
        const auto again = read_attempt(attempt_json(attempt), "answers.json");
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QCOMPARE(*again == attempt, true);
    }
};

}  // namespace test_lesson_file

DEEPVM_TEST(test_lesson_file, TestLessonFile)
#include "test_lesson_file.moc"
